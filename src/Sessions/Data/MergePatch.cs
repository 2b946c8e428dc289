using System.Buffers;
using System.Text.Json;

namespace Sessions.Data;

/// <summary>
/// RFC 7396: members of the patch replace those of the target, null removes, objects merge, all else replaces whole. Done on the text
/// itself: no tree of the data is built, each side is read once, and what the patch doesn't name keeps its place and its spelling.
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
        var changes = PatchMembers.Read(patch);
        if (changes is null)
        {
            return patch.ToArray();
        }

        var result = new ArrayBufferWriter<byte>(target.Length + patch.Length);
        var reader = new Utf8JsonReader(target, JsonRules.Passed);
        reader.Read();
        if (reader.TokenType == JsonTokenType.StartObject)
        {
            new Merge(target, patch, result).Objects(ref reader, changes);
        }
        else
        {
            new Merge(target, patch, result).Fresh(changes);
        }

        return result.WrittenSpan.ToArray();
    }

    /// <summary>One merge: the texts it reads, and the one it writes.</summary>
    private readonly ref struct Merge(ReadOnlySpan<byte> target, ReadOnlySpan<byte> patch, ArrayBufferWriter<byte> result)
    {
        private readonly ReadOnlySpan<byte> _target = target;
        private readonly ReadOnlySpan<byte> _patch = patch;

        /// <param name="reader">Stands on the brace that opens the target's object; afterwards on the one that closes it.</param>
        /// <param name="changes">What to do with its members.</param>
        public void Objects(ref Utf8JsonReader reader, PatchMembers changes)
        {
            result.Write("{"u8);
            var isFirst = true;
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                var (start, change) = ((int)reader.TokenStartIndex, changes.Take(ref reader));
                reader.Read();
                var value = (int)reader.TokenStartIndex;
                if (change is { Members: { } inner } && reader.TokenType == JsonTokenType.StartObject)
                {
                    Begin(ref isFirst, _target[start..value]);
                    Objects(ref reader, inner);
                    continue;
                }

                reader.Skip();
                if (change is null)
                {
                    Begin(ref isFirst, _target[start..(int)reader.BytesConsumed]);
                }
                else if (!change.Removes)
                {
                    Begin(ref isFirst, _target[start..value]);
                    Value(change);
                }
            }

            Add(changes, isFirst);
            result.Write("}"u8);
        }

        /// <summary>As into an empty object: nulls inside a patch never reach the data.</summary>
        public void Fresh(PatchMembers changes)
        {
            result.Write("{"u8);
            Add(changes, isFirst: true);
            result.Write("}"u8);
        }

        /// <summary>What no member of the target has taken.</summary>
        private void Add(PatchMembers changes, bool isFirst)
        {
            foreach (var change in changes.All)
            {
                if (change is { IsTaken: false, Removes: false })
                {
                    Begin(ref isFirst, _patch[change.Name]);
                    Value(change);
                }
            }
        }

        private void Value(PatchMember change)
        {
            if (change.Members is { } inner)
            {
                Fresh(inner);
            }
            else
            {
                result.Write(_patch[change.Value]);
            }
        }

        private void Begin(ref bool isFirst, ReadOnlySpan<byte> text)
        {
            result.Write(isFirst ? ""u8 : ","u8);
            result.Write(text);
            isFirst = false;
        }
    }
}
