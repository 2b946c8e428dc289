using System.Buffers;

namespace Sessions.Data;

/// <summary>
/// RFC 7396: members of the patch replace those of the target, null removes, objects merge, all else replaces whole. Done on the text itself:
/// no tree is built, and what the patch doesn't name keeps its place and its spelling.
/// </summary>
public static class MergePatch
{
    /// <summary>
    /// Merging adds no level to the deeper of the two, and no name twice: what has passed the rules for JSON passes them afterwards.
    /// </summary>
    public static SessionData Apply(SessionData target, SessionData patch) => SessionData.FromStored(Apply(target.Utf8, patch.Utf8));

    /// <summary>The RFC's function for any target and patch, both in compact JSON; data is always an object.</summary>
    internal static byte[] Apply(ReadOnlySpan<byte> target, ReadOnlySpan<byte> patch)
    {
        var result = new ArrayBufferWriter<byte>(target.Length + patch.Length);
        Merge(target, patch, result);
        return result.WrittenSpan.ToArray();
    }

    private static void Merge(ReadOnlySpan<byte> target, ReadOnlySpan<byte> patch, ArrayBufferWriter<byte> result)
    {
        if (!IsObject(patch))
        {
            result.Write(patch);
            return;
        }

        var changes = new Changes(patch);
        var members = new Members(IsObject(target) ? target : "{}"u8);
        result.Write("{"u8);
        var separator = ""u8;
        while (members.Next())
        {
            if (changes.Take(ref members) is not { } change)
            {
                result.Write(separator);
                result.Write(members.Text);
            }
            else if (change.Removes)
            {
                continue;
            }
            else
            {
                result.Write(separator);
                result.Write(members.Name);
                Merge(members.Value, patch[change.Value], result);
            }

            separator = ","u8;
        }

        foreach (var change in changes.Left)
        {
            result.Write(separator);
            result.Write(patch[change.Name]);
            Merge("{}"u8, patch[change.Value], result); // into an empty object: nulls inside a patch never reach the data
            separator = ","u8;
        }

        result.Write("}"u8);
    }

    private static bool IsObject(ReadOnlySpan<byte> json) => json[0] == '{';

    /// <summary>The members of a patch, each taken by at most one of the target's.</summary>
    private sealed class Changes
    {
        /// <summary>Of more than these, a table finds a name sooner than a look at each.</summary>
        private const int Few = 8;

        private readonly List<Change> _all = [];
        private readonly Dictionary<string, Change>? _byName;

        public Changes(ReadOnlySpan<byte> patch)
        {
            var members = new Members(patch);
            while (members.Next())
            {
                _all.Add(new Change(members.Key, members.NameRange, members.ValueRange, members.Value.SequenceEqual("null"u8)));
            }

            _byName = _all.Count > Few ? _all.ToDictionary(change => change.Key, StringComparer.Ordinal) : null;
        }

        /// <summary>Those that no member of the target has taken, and that add something.</summary>
        public IEnumerable<Change> Left => _all.Where(change => !change.IsTaken && !change.Removes);

        public Change? Take(ref Members members)
        {
            var change = _byName is null ? Find(ref members) : _byName.GetValueOrDefault(members.Key);
            if (change is not null)
            {
                change.IsTaken = true;
            }

            return change;
        }

        private Change? Find(ref Members members)
        {
            foreach (var change in _all)
            {
                if (members.Is(change.Key))
                {
                    return change;
                }
            }

            return null;
        }
    }

    /// <param name="Key">The member's name, unescaped.</param>
    /// <param name="Name">Where the name stands in the patch, with its quotes and colon.</param>
    /// <param name="Value">Where the value stands.</param>
    /// <param name="Removes">Whether it is null.</param>
    private sealed record Change(string Key, Range Name, Range Value, bool Removes)
    {
        public bool IsTaken { get; set; }
    }
}
