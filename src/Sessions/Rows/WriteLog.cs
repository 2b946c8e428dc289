using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace Sessions.Rows;

/// <summary>
/// The writes of a row within the last minute, each by an id of its own, newest first. A write whose answer was lost is sent again by the
/// client below us and meets its own work: its id in the log tells that from a conflict with somebody else, even where others have
/// written since. A caller's Idempotency-Key is such an id too.
/// </summary>
internal sealed class WriteLog
{
    public static readonly TimeSpan Window = TimeSpan.FromSeconds(60);

    /// <summary>Of more writes than this in a minute, the oldest are forgotten sooner.</summary>
    private const int Most = 256;
    private const int EntryBytes = sizeof(ulong) + sizeof(long);

    /// <summary>Of a row that nobody has written yet.</summary>
    public static readonly WriteLog Empty = new(0, []);

    private readonly long _completeSince;
    private readonly Entry[] _entries; // newest first

    private WriteLog(long completeSince, Entry[] entries) => (_completeSince, _entries) = (completeSince, entries);

    public static ulong NewId() => BitConverter.ToUInt64(RandomNumberGenerator.GetBytes(sizeof(ulong)));

    /// <summary>The log with a new write in front, without those that are too old to be repeated.</summary>
    public WriteLog With(ulong id, DateTimeOffset at)
    {
        var now = at.ToUnixTimeMilliseconds();
        var kept = new List<Entry>(_entries.Length + 1) { new(id, now) };
        var completeSince = _completeSince;
        foreach (var entry in _entries)
        {
            if (kept.Count < Most && entry.At > now - Window.TotalMilliseconds)
            {
                kept.Add(entry);
            }
            else
            {
                completeSince = Math.Max(completeSince, entry.At + 1);
            }
        }

        return new WriteLog(completeSince, [.. kept]);
    }

    public bool Has(ulong id) => Array.Exists(_entries, entry => entry.Id == id);

    /// <summary>The same for a caller's own key, which may be used for something else once a minute has passed.</summary>
    public bool Has(ulong id, DateTimeOffset now) =>
        Array.Exists(_entries, entry => entry.Id == id && entry.At > now.ToUnixTimeMilliseconds() - Window.TotalMilliseconds);

    /// <summary>Whether a write made then would be in the log, had it happened.</summary>
    public bool ReachesBackTo(DateTimeOffset time) => _completeSince <= time.ToUnixTimeMilliseconds();

    /// <summary>A missing column is one without writes: the row isn't one of ours.</summary>
    public static WriteLog FromStored(byte[]? stored)
    {
        if (stored is null || stored.Length < sizeof(long))
        {
            return Empty;
        }

        var entries = new Entry[(stored.Length - sizeof(long)) / EntryBytes];
        for (var n = 0; n < entries.Length; n++)
        {
            var entry = stored.AsSpan(sizeof(long) + (n * EntryBytes), EntryBytes);
            entries[n] = new Entry(BinaryPrimitives.ReadUInt64LittleEndian(entry), BinaryPrimitives.ReadInt64LittleEndian(entry[sizeof(ulong)..]));
        }

        return new WriteLog(BinaryPrimitives.ReadInt64LittleEndian(stored), entries);
    }

    public byte[] ToStored()
    {
        var stored = new byte[sizeof(long) + (_entries.Length * EntryBytes)];
        BinaryPrimitives.WriteInt64LittleEndian(stored, _completeSince);
        for (var n = 0; n < _entries.Length; n++)
        {
            var entry = stored.AsSpan(sizeof(long) + (n * EntryBytes), EntryBytes);
            BinaryPrimitives.WriteUInt64LittleEndian(entry, _entries[n].Id);
            BinaryPrimitives.WriteInt64LittleEndian(entry[sizeof(ulong)..], _entries[n].At);
        }

        return stored;
    }

    [StructLayout(LayoutKind.Auto)]
    private readonly record struct Entry(ulong Id, long At);
}
