using System.Buffers.Binary;

namespace Sessions.Rows;

/// <summary>Hashes with their times in one column: 32 bytes and then 8 for each, the time in milliseconds since 1970.</summary>
internal static class TimedHashes
{
    private const int EntryBytes = SecretHash.Length + sizeof(long);

    /// <summary>Null where there are none: no column.</summary>
    public static byte[]? ToStored(IReadOnlyList<TimedHash> hashes)
    {
        if (hashes.Count == 0)
        {
            return null;
        }

        var stored = new byte[hashes.Count * EntryBytes];
        for (var n = 0; n < hashes.Count; n++)
        {
            var entry = stored.AsSpan(n * EntryBytes, EntryBytes);
            hashes[n].Hash.Bytes.CopyTo(entry);
            BinaryPrimitives.WriteInt64LittleEndian(entry[SecretHash.Length..], hashes[n].Time.ToUnixTimeMilliseconds());
        }

        return stored;
    }

    /// <summary>What isn't whole is left out.</summary>
    public static IReadOnlyList<TimedHash> FromStored(byte[]? stored)
    {
        if (stored is null)
        {
            return [];
        }

        var hashes = new TimedHash[stored.Length / EntryBytes];
        for (var n = 0; n < hashes.Length; n++)
        {
            var entry = stored.AsSpan(n * EntryBytes, EntryBytes);
            hashes[n] = new TimedHash(
                SecretHash.FromStored(entry[..SecretHash.Length].ToArray())!,
                DateTimeOffset.FromUnixTimeMilliseconds(BinaryPrimitives.ReadInt64LittleEndian(entry[SecretHash.Length..])));
        }

        return hashes;
    }
}
