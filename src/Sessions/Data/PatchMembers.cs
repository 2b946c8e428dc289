using System.Text.Json;

namespace Sessions.Data;

/// <summary>The members of an object in a merge patch, each taken by at most one member of the target.</summary>
internal sealed class PatchMembers
{
    /// <summary>Of more than these, a table finds a name sooner than a look at each.</summary>
    private const int Few = 8;

    private readonly List<PatchMember> _all = [];
    private Dictionary<string, PatchMember>? _byName;

    private PatchMembers()
    {
    }

    public IReadOnlyList<PatchMember> All => _all;

    /// <summary>Null where the patch isn't an object.</summary>
    public static PatchMembers? Read(ReadOnlySpan<byte> patch)
    {
        var reader = new Utf8JsonReader(patch, JsonRules.Passed);
        reader.Read();
        return reader.TokenType == JsonTokenType.StartObject ? ReadObject(ref reader) : null;
    }

    /// <param name="name">Stands on a name in the target.</param>
    public PatchMember? Take(ref Utf8JsonReader name)
    {
        var member = _all.Count > Few ? Lookup(name.GetString()!) : Look(ref name);
        if (member is not null)
        {
            member.IsTaken = true;
        }

        return member;
    }

    private static PatchMembers ReadObject(ref Utf8JsonReader reader)
    {
        var members = new PatchMembers();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var (key, name) = (reader.GetString()!, (int)reader.TokenStartIndex);
            reader.Read();
            var (type, value) = (reader.TokenType, (int)reader.TokenStartIndex);
            var inner = type == JsonTokenType.StartObject ? ReadObject(ref reader) : null;
            reader.Skip(); // nothing, on the brace that closes an object
            members._all.Add(new PatchMember(key, name..value, value..(int)reader.BytesConsumed, inner, type == JsonTokenType.Null));
        }

        return members;
    }

    private PatchMember? Look(ref Utf8JsonReader name)
    {
        foreach (var member in _all)
        {
            if (name.ValueTextEquals(member.Key))
            {
                return member;
            }
        }

        return null;
    }

    private PatchMember? Lookup(string name)
    {
        _byName ??= _all.ToDictionary(member => member.Key, StringComparer.Ordinal);
        return _byName.GetValueOrDefault(name);
    }
}

/// <param name="key">The member's name, unescaped.</param>
/// <param name="name">Where the name stands in the patch, with its quotes and colon.</param>
/// <param name="value">Where the value stands.</param>
/// <param name="members">The value's own members, where it is an object.</param>
/// <param name="removes">Whether it is null.</param>
internal sealed class PatchMember(string key, Range name, Range value, PatchMembers? members, bool removes)
{
    public string Key => key;

    public Range Name => name;

    public Range Value => value;

    public PatchMembers? Members => members;

    public bool Removes => removes;

    public bool IsTaken { get; set; }
}
