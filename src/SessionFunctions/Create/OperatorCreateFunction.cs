using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Options;
using SessionFunctions.Entry;
using Sessions;
using Sessions.Create;

namespace SessionFunctions.Create;

/// <summary><c>POST /manage/sessions</c>: where the operator makes a session, for a user and with claims if it likes.</summary>
public sealed class OperatorCreateFunction(EntryStep entry, SessionCreation creation, IOptions<SizeOptions> sizes)
{
    [Function("OperatorCreateSession")]
    public Task<IResult> Run([HttpTrigger(AuthorizationLevel.Function, "post", Route = "manage/sessions")] HttpRequest request) =>
        entry.OpenAsync(request, CreateAsync);

    private async Task<IResult> CreateAsync(OpenCall call)
    {
        var most = sizes.Value.MaxDataBytes + sizes.Value.MaxClaimsBytes;
        if (!(await RequestBody.ReadJsonAsync(call.Request, most, CreateRequest.ParseOperators)).Succeeded(out var wanted, out var problem))
        {
            return problem;
        }

        Outcome<IssuedSession> created = await creation.CreateAsync(wanted.Session, call.Cancellation);
        return created.Succeeded(out var issued, out problem)
            ? new SessionAnswer(issued.Session, StatusCodes.Status201Created)
            {
                Token = issued.Token,
                Location = $"/api/manage/sessions/{issued.Session.Id}",
            }
            : problem;
    }
}
