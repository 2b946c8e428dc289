using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using SessionFunctions.Entry;
using Sessions;
using Sessions.Data;

namespace SessionFunctions.Data;

/// <summary>
/// Which key an address names: what routing decodes. Servers and clients disagree on what becomes of a slash, of %2F and of dot segments
/// on the
/// way here, so a key with one of them has no address; a patch reaches every key there is.
/// </summary>
internal static class KeyInPath
{
    public static readonly Problem NoAddress = Problem.Of(Refusal.NotAllowed(
        $"A key in an address has 1 to {JsonRules.MaxNameChars} characters, without a slash or %2F, and isn't '.' or '..'. PATCH of /sessions/current/data reaches every other key."));

    public static Outcome<DataKey> Parse(string name) =>
        name is "." or ".." || name.Contains('/', StringComparison.Ordinal) || name.Contains("%2F", StringComparison.OrdinalIgnoreCase)
        || !DataKey.Parse(name).Succeeded(out var key, out _)
            ? NoAddress
            : key;
}

/// <summary>Calls whose key took several segments of the address, since a slash in it was decoded on the way.</summary>
public sealed class KeysWithSlash(EntryStep entry)
{
    private const string Route = "sessions/current/data/{key}/{*rest:minlength(1)}";
    private const string Increment = "increment";

    [Function("KeyWithSlash")]
    public Task<IResult> Refuse(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "put", "post", "delete", Route = Route)] HttpRequest request, string rest) =>
        rest == Increment
            ? entry.OpenAsync(request, _ => Task.FromResult<IResult>(Problem.WrongMethod(HttpMethods.Post)))
            : entry.HolderAsync(request, _ => Task.FromResult<IResult>(KeyInPath.NoAddress));
}
