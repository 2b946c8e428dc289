using System.Runtime.InteropServices;
using System.Text.Json;

namespace Sessions.Data;

/// <summary>Any JSON value, null included, kept as compact UTF-8: what one key of the data holds.</summary>
public sealed class DataValue
{
    private readonly byte[] _utf8;

    internal DataValue(byte[] compactUtf8) => _utf8 = compactUtf8;

    public ReadOnlyMemory<byte> Utf8 => _utf8;

    public bool IsNumber => _utf8[0] is (byte)'-' or (>= (byte)'0' and <= (byte)'9');

    /// <summary>Takes a value from outside. The object it will stand in counts for the depth of the data.</summary>
    public static Result<DataValue> Parse(ReadOnlyMemory<byte> utf8) =>
        JsonRules.Check(utf8.Span, extraDepth: -1) is { } refusal ? refusal : new DataValue(CompactJson.Of(utf8.Span));

    /// <summary>Takes an element of a body that <see cref="JsonRules"/> has passed.</summary>
    public static DataValue From(JsonElement element) => new(CompactJson.Of(JsonMarshal.GetRawUtf8Value(element)));
}
