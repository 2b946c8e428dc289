using System.Text.Encodings.Web;
using System.Text.Json;

namespace Sessions.Data;

/// <summary>
/// One member of the data, found and exchanged in the text itself: no tree is built, and every other member keeps its place and its
/// spelling.
/// </summary>
public static class DataMembers
{
    private static readonly Refusal NoSuchKey = Refusal.Missing("The session's data has no such key.");

    public static Result<DataValue> Find(this SessionData data, DataKey key) =>
        Locate(data.Utf8, key) is { } member ? new DataValue(data.Utf8[member.Value].ToArray()) : NoSuchKey;

    public static SessionData With(this SessionData data, DataKey key, DataValue value)
    {
        var utf8 = data.Utf8;
        var fresh = value.Utf8.Span;
        if (Locate(utf8, key) is { } member)
        {
            return SessionData.FromStored((byte[])[.. utf8[..member.Value.Start.Value], .. fresh, .. utf8[member.Value.End.Value..]]);
        }

        var comma = utf8.Length > 2 ? ","u8 : [];
        return SessionData.FromStored((byte[])[.. utf8[..^1], .. comma, .. NameOf(key), .. ":"u8, .. fresh, .. "}"u8]);
    }

    public static Result<SessionData> Without(this SessionData data, DataKey key)
    {
        var utf8 = data.Utf8;
        if (Locate(utf8, key) is not { } member)
        {
            return NoSuchKey;
        }

        // The comma before it goes along, or the one behind it where it is the first.
        var (from, to) = (member.Start, member.Value.End.Value);
        if (utf8[from - 1] == ',')
        {
            from--;
        }
        else if (utf8[to] == ',')
        {
            to++;
        }

        return SessionData.FromStored((byte[])[.. utf8[..from], .. utf8[to..]]);
    }

    private static (int Start, Range Value)? Locate(ReadOnlySpan<byte> utf8, DataKey key)
    {
        var name = key.ToString();
        var reader = new Utf8JsonReader(utf8, JsonRules.Passed);
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var start = (int)reader.TokenStartIndex;
            var found = reader.ValueTextEquals(name);
            reader.Read();
            var value = (int)reader.TokenStartIndex;
            reader.Skip();
            if (found)
            {
                return (start, value..(int)reader.BytesConsumed);
            }
        }

        return null;
    }

    private static byte[] NameOf(DataKey key) =>
        CompactJson.Of([.. "\""u8, .. JsonEncodedText.Encode(key.ToString(), JavaScriptEncoder.UnsafeRelaxedJsonEscaping).EncodedUtf8Bytes, .. "\""u8]);
}
