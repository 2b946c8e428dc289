using System.Text.Json;

namespace Sessions.Data;

/// <summary>The members of an object in compact JSON, one after the other.</summary>
internal ref struct Members
{
    private static readonly JsonReaderOptions Depth = new() { MaxDepth = JsonRules.MaxDepth + 1 };

    private readonly ReadOnlySpan<byte> _json;
    private Utf8JsonReader _reader;
    private Utf8JsonReader _atName;
    private int _name;
    private int _value;

    public Members(ReadOnlySpan<byte> json)
    {
        _json = json;
        _reader = new Utf8JsonReader(json, Depth);
        _reader.Read();
    }

    /// <summary>The name, unescaped.</summary>
    public readonly string Key => _atName.GetString()!;

    /// <summary>The name as it is spelt, with its quotes and colon.</summary>
    public readonly Range NameRange => _name.._value;

    public readonly Range ValueRange => _value..(int)_reader.BytesConsumed;

    public readonly ReadOnlySpan<byte> Name => _json[NameRange];

    public readonly ReadOnlySpan<byte> Value => _json[ValueRange];

    /// <summary>Name and value.</summary>
    public readonly ReadOnlySpan<byte> Text => _json[_name..(int)_reader.BytesConsumed];

    public readonly bool Is(string name) => _atName.ValueTextEquals(name);

    public bool Next()
    {
        _reader.Read();
        if (_reader.TokenType != JsonTokenType.PropertyName)
        {
            return false;
        }

        _name = (int)_reader.TokenStartIndex;
        _atName = _reader;
        _reader.Read();
        _value = (int)_reader.TokenStartIndex;
        _reader.Skip();
        return true;
    }
}
