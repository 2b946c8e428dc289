using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;
using SessionFunctions.Entry;
using Sessions;
using Sessions.Use;

namespace SessionFunctions.Data;

/// <summary>What changes the data. Done again on newer data where another write comes in between.</summary>
public delegate Result<SessionData> DataChange(SessionData data);

/// <summary>
/// What all changes of data have in common: the version they are meant for, a body of limited length, and how much of an answer is wanted.
/// </summary>
public sealed class DataChanges(HolderSessions sessions, IOptions<SessionOptions> options)
{
    /// <param name="holder">Who changes it.</param>
    /// <param name="parse">Makes a change of the body.</param>
    /// <param name="answer">Shows the session as changed, unless the caller prefers to see nothing.</param>
    public async Task<IResult> ApplyAsync(HolderCall holder, Func<ReadOnlyMemory<byte>, Result<DataChange>> parse, Func<Session, IResult> answer)
    {
        var request = holder.Request;
        if (options.Value.RequireIfMatch && request.Headers.IfMatch.Count == 0)
        {
            return Problem.VersionRequired();
        }

        if (!EntityTag.IfMatch(request).Succeeded(out var condition, out var refusal)
            || !(await RequestBody.ReadAsync(request, options.Value.MaxDataBytes)).Succeeded(out var body, out refusal)
            || !parse(body).Succeeded(out var change, out refusal)
            || !(await sessions.ChangeDataAsync(holder.Token, condition, change.Invoke, holder.Cancellation)).Succeeded(out var session, out refusal))
        {
            return Problem.Of(refusal);
        }

        return Preference.WantsMinimal(request) ? new NoContent(session.Version) { AsPreferred = true } : answer(session);
    }
}
