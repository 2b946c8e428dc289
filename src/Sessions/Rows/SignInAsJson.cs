using System.Buffers;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace Sessions.Rows;

/// <summary>What a ticket allows, as the row keeps it.</summary>
internal static class SignInAsJson
{
    public static byte[] Write(SignInAs signInAs)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("user", signInAs.User.Name);
            json.WritePropertyName("claims");
            json.WriteRawValue(signInAs.Claims.Utf8, skipInputValidation: true);
            if (signInAs.Persistent is { } persistent)
            {
                json.WriteBoolean("persistent", persistent);
            }

            json.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>Null where it isn't what <see cref="Write"/> gave.</summary>
    public static SignInAs? Read(ReadOnlyMemory<byte> utf8)
    {
        using var json = JsonDocument.Parse(utf8);
        var root = json.RootElement;
        return User.TryParse(root.GetProperty("user").GetString(), out var user)
            ? new SignInAs(user)
            {
                Claims = SessionData.FromStored(JsonMarshal.GetRawUtf8Value(root.GetProperty("claims")).ToArray()),
                Persistent = root.TryGetProperty("persistent", out var persistent) ? persistent.GetBoolean() : null,
            }
            : null;
    }
}
