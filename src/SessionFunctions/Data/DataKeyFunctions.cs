using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using SessionFunctions.Entry;
using SessionFunctions.Use;
using Sessions;
using Sessions.Data;
using Sessions.Use;

namespace SessionFunctions.Data;

/// <summary><c>/sessions/current/data/{key}</c>: one member of the data, whatever else changes at the same time.</summary>
public sealed class DataKeyFunctions(EntryStep entry, HolderSessions sessions, DataChanges changes)
{
    private const string Json = "application/json";

    [Function("ReadKey")]
    public Task<IResult> ReadAsync([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = DataAddress.Route)] HttpRequest request) =>
        entry.HolderAsync(request, async holder =>
        {
            if (!DataAddress.KeyOf(request).Succeeded(out var key, out var refusal)
                || !ReadQuery.Touch(request).Succeeded(out var touch, out refusal)
                || !(await sessions.ReadAsync(holder.Token, slide: touch, holder.Cancellation)).Succeeded(out var session, out refusal)
                || !session.Data.Find(key).Succeeded(out var value, out refusal))
            {
                return Problem.Of(refusal);
            }

            return EntityTag.IfNoneMatchNames(request, session.Version) ? new NotModified(session.Version) : new ValueAnswer(value.Utf8, session.Version);
        });

    /// <summary>Any JSON value. null is one, and is kept; deleting is what DELETE is for.</summary>
    [Function("ReplaceKey")]
    public Task<IResult> ReplaceAsync([HttpTrigger(AuthorizationLevel.Anonymous, "put", Route = DataAddress.Route)] HttpRequest request) =>
        entry.HolderAsync(request, async holder =>
        {
            if (RequestBody.MediaTypeOf(request) != Json)
            {
                return Problem.WrongMediaType(Json);
            }

            return !DataAddress.KeyOf(request).Succeeded(out var key, out var refusal)
                ? Problem.Of(refusal)
                : await changes.ApplyAsync(
                    holder,
                    body => DataValue.Parse(body).Then<DataChange>(value => (DataChange)(data => data.With(key, value))),
                    session => new SessionAnswer(session));
        });

    [Function("DeleteKey")]
    public Task<IResult> DeleteAsync([HttpTrigger(AuthorizationLevel.Anonymous, "delete", Route = DataAddress.Route)] HttpRequest request) =>
        entry.HolderAsync(request, async holder => !DataAddress.KeyOf(request).Succeeded(out var key, out var refusal)
            ? Problem.Of(refusal)
            : await changes.ApplyAsync(
                holder,
                _ => (DataChange)(data => data.Without(key)),
                session => new NoContent(session.Version)));

    /// <summary>POST of <c>{key}/increment</c>. The key may take several segments, so what stands behind it can't be part of the route.</summary>
    [Function("IncrementKey")]
    public Task<IResult> IncrementAsync([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = DataAddress.Route)] HttpRequest request) =>
        entry.HolderAsync(request, async holder =>
        {
            if (!IncrementRequest.IsJsonOrNothing(request))
            {
                return Problem.WrongMediaType(Json);
            }

            return !DataAddress.KeyOf(request, after: "/increment").Succeeded(out var key, out var refusal)
                ? Problem.Of(refusal)
                : await changes.ApplyAsync(
                    holder,
                    body => IncrementRequest.Parse(body).Then<DataChange>(by => (DataChange)(data => Increment.Apply(data, key, by))),
                    session => new ValueAnswer(SumOf(session, key), session.Version));
        });

    private static byte[] SumOf(Session session, DataKey key) =>
        session.Data.Find(key).Succeeded(out var sum, out _)
            ? [.. "{\"value\":"u8, .. sum.Utf8.Span, .. "}"u8]
            : throw new InvalidOperationException("The key that was counted up isn't there.");
}
