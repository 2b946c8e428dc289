using Microsoft.AspNetCore.Http;
using Sessions;
using Sessions.Create;

namespace SessionFunctions.Create;

/// <summary>The Idempotency-Key of a call (draft-ietf-httpapi-idempotency-key-header): a quoted string; without quotes it is taken too, as most senders have it.</summary>
internal sealed record IdempotencyHeader(IdempotencyKey? Value)
{
    private const string Name = "Idempotency-Key";

    private static readonly IdempotencyHeader None = new(Value: null);

    public static Result<IdempotencyHeader> Read(HttpRequest request)
    {
        var header = request.Headers[Name];
        if (header.Count == 0)
        {
            return None;
        }

        return header is [{ } text] && IdempotencyKey.TryParse(Unquoted(text), out var key)
            ? new IdempotencyHeader(key)
            : Refusal.Malformed($"{Name} must be one string of {IdempotencyKey.MinChars} to {IdempotencyKey.MaxChars} visible ASCII characters that nobody can guess, such as a random UUID.");
    }

    private static string Unquoted(string text) => text is ['"', .. var inner, '"'] ? inner : text;
}
