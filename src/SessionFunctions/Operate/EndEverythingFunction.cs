using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using SessionFunctions.Entry;
using Sessions;
using Sessions.Operate;

namespace SessionFunctions.Operate;

/// <summary>
/// <c>POST /manage/end-everything</c>: ends every session there is. The body says so once more: <c>{"confirm":"end-everything"}</c>.
/// </summary>
public sealed class EndEverythingFunction(EntryStep entry, EndEverything endEverything)
{
    private const int MaxBytes = 1024;
    private const string Meant = "end-everything";

    private static readonly string[] Known = ["confirm"];

    [Function("EndEverything")]
    public Task<IResult> Run([HttpTrigger(AuthorizationLevel.Function, "post", Route = "manage/end-everything")] HttpRequest request) =>
        entry.OpenAsync(request, EndAsync);

    private async Task<IResult> EndAsync(OpenCall call)
    {
        if (!(await RequestBody.ReadJsonAsync(call.Request, MaxBytes, ParseConfirmation)).Succeeded(out _, out var problem))
        {
            return problem;
        }

        await endEverything.RunAsync(call.Cancellation);
        return NoAnswer.Done;
    }

    private static Result<string> ParseConfirmation(ReadOnlyMemory<byte> body) =>
        BodyFields.Read(body, Known, fields => fields.Required("confirm", fields.OneOf("confirm", Meant)));
}
