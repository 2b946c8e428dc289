using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Options;
using SessionFunctions.Create;
using SessionFunctions.Entry;
using Sessions;
using Sessions.Create;
using Sessions.Operate;

namespace SessionFunctions.Operate;

/// <summary><c>/manage/sessions</c>: all sessions, for the operator, who comes with a function key. (The host keeps <c>admin</c> for itself.)</summary>
public sealed class OperatorFunctions(EntryStep entry, SessionCreation factory, OperatorSessions manager, IOptions<SessionOptions> options)
{
    private const string All = "manage/sessions";

    [Function("ManageCreateSession")]
    public Task<IResult> CreateAsync([HttpTrigger(AuthorizationLevel.Function, "post", Route = All)] HttpRequest request) =>
        entry.OpenAsync(request, async cancellation =>
        {
            var (wanted, problem) = await JsonRequest.ReadAsync(
                request, options.Value.MaxDataBytes + options.Value.MaxClaimsBytes, CreateRequest.ParseOperators);
            if (wanted is null)
            {
                return problem!;
            }

            return (await factory.CreateAsync(wanted.Session, cancellation)).Succeeded(out var issued, out var refusal)
                ? new SessionAnswer(issued.Session, StatusCodes.Status201Created) { Token = issued.Token, Location = $"/api/manage/sessions/{issued.Session.Id}" }
                : Problem.Of(refusal);
        });

    [Function("ManageReadSession")]
    public Task<IResult> ReadAsync([HttpTrigger(AuthorizationLevel.Function, "get", Route = "manage/sessions/{sid}")] HttpRequest request, string sid) =>
        entry.OpenAsync(request, async cancellation =>
            !(await SessionOf(sid).ThenAsync(id => manager.FindAsync(id, cancellation))).Succeeded(out var session, out var refusal) ? Problem.Of(refusal)
            : EntityTag.IfNoneMatchNames(request, session.Version) ? new NotModified(session.Version)
            : new SessionAnswer(session));

    [Function("ManageRevokeSession")]
    public Task<IResult> RevokeAsync([HttpTrigger(AuthorizationLevel.Function, "delete", Route = "manage/sessions/{sid}")] HttpRequest request, string sid) =>
        entry.OpenAsync(request, async cancellation =>
        {
            if (SessionId.TryParse(sid, out var id))
            {
                await manager.RevokeAsync(id, cancellation);
            }

            return Results.NoContent();
        });

    [Function("ManageEndEverything")]
    public Task<IResult> EndEverythingAsync([HttpTrigger(AuthorizationLevel.Function, "delete", Route = All)] HttpRequest request) =>
        entry.OpenAsync(request, async cancellation =>
        {
            // A backend that forgets the id of the one session it wants to end must not end them all.
            if (!AddressText.IsExactly(request, All))
            {
                return Problem.Of(Refusal.Malformed("To end every session, the address must be written without a slash at the end and without dot segments."));
            }

            await manager.EndEverythingAsync(cancellation);
            return Results.NoContent();
        });

    [Function("ManagePatchClaims")]
    public Task<IResult> PatchClaimsAsync(
        [HttpTrigger(AuthorizationLevel.Function, "patch", Route = "manage/sessions/{sid}/claims")] HttpRequest request, string sid) =>
        entry.OpenAsync(request, async cancellation =>
        {
            if (RequestBody.MediaTypeOf(request) is not ("application/merge-patch+json" or "application/json"))
            {
                return Problem.WrongMediaType("application/merge-patch+json or application/json");
            }

            return EntityTag.IfMatch(request).Succeeded(out var condition, out var refusal)
                && (await RequestBody.ReadAsync(request, options.Value.MaxClaimsBytes)).Succeeded(out var body, out refusal)
                && SessionData.Parse(body, "The body").Succeeded(out var patch, out refusal)
                && (await SessionOf(sid).ThenAsync(id => manager.PatchClaimsAsync(id, condition, patch, cancellation))).Succeeded(out var session, out refusal)
                    ? new SessionAnswer(session)
                    : Problem.Of(refusal);
        });

    private static Result<SessionId> SessionOf(string sid) =>
        SessionId.TryParse(sid, out var id) ? id : OperatorSessions.Unknown;
}
