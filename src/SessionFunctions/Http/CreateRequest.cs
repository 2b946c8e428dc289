using System.Text.Json;
using Sessions;

namespace SessionFunctions.Http;

/// <summary>The body of a create call.</summary>
internal sealed record CreateRequest(NewSession Session, Transport Transport)
{
    private const int BodyDepth = 1;

    public static readonly CreateRequest Default = new(new NewSession(), Transport.Cookie);

    /// <summary>A name that isn't known is refused: a misspelt idleTimeout would otherwise be a longer one than was asked for.</summary>
    public static Result<CreateRequest> Parse(ReadOnlyMemory<byte> body)
    {
        if (body.IsEmpty)
        {
            return Default;
        }

        if (!JsonBody.Parse(body, BodyDepth).Succeeded(out var document, out var refusal))
        {
            return refusal;
        }

        using (document)
        {
            Result<CreateRequest> request = Default;
            foreach (var member in document.RootElement.EnumerateObject())
            {
                request = member.Value.ValueKind == JsonValueKind.Null ? request : request.Then(known => known.With(member));
            }

            return request;
        }
    }

    private Result<CreateRequest> With(JsonProperty member)
    {
        var value = member.Value;
        return member.Name switch
        {
            "data" => JsonBody.DataOf(value).Then<CreateRequest>(data => this with { Session = Session with { Data = data } }),
            "persistent" => value.ValueKind is JsonValueKind.True or JsonValueKind.False
                ? this with { Session = Session with { Persistent = value.GetBoolean() } }
                : Refusal.NotAllowed("persistent must be true or false."),
            "idleTimeout" => Seconds(value, member.Name).Then<CreateRequest>(time => this with { Session = Session with { IdleTimeout = time } }),
            "lifetime" => Seconds(value, member.Name).Then<CreateRequest>(time => this with { Session = Session with { Lifetime = time } }),
            "transport" => value.ValueKind == JsonValueKind.String && value.GetString() is ("cookie" or "bearer")
                ? this with { Transport = value.ValueEquals("cookie") ? Transport.Cookie : Transport.Bearer }
                : Refusal.NotAllowed("transport must be \"cookie\" or \"bearer\"."),
            _ => Refusal.NotAllowed("The body has a member that isn't known. Known are data, persistent, idleTimeout, lifetime and transport."),
        };
    }

    private static Result<TimeSpan> Seconds(JsonElement value, string name) =>
        value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out var seconds) && seconds is > 0 and < 1e9
            ? TimeSpan.FromMilliseconds(Math.Floor(seconds * 1000))
            : Refusal.NotAllowed($"{name} must be a positive number of seconds.");
}
