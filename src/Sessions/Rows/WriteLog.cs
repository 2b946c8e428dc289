using System.Buffers.Binary;
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
    private const int HeadBytes = sizeof(long);
    private const int EntryBytes = sizeof(ulong) + sizeof(long);

    /// <summary>Of a row that nobody has written yet.</summary>
    public static readonly WriteLog Empty = new(new byte[HeadBytes]);

    /// <summary>As it is stored: since when the log is complete, and then the entries, newest first. Never changed.</summary>
    private readonly byte[] _stored;

    private WriteLog(byte[] stored) => _stored = stored;

    private long CompleteSince => BinaryPrimitives.ReadInt64LittleEndian(_stored);

    private int Count => (_stored.Length - HeadBytes) / EntryBytes;

    public static ulong NewId()
    {
        Span<byte> id = stackalloc byte[sizeof(ulong)];
        RandomNumberGenerator.Fill(id);
        return BinaryPrimitives.ReadUInt64LittleEndian(id);
    }

    /// <summary>
    /// The log with a new write in front, without those at its end that are too old to be repeated. (One that a clock ahead has put before
    /// younger ones stays until they go.)
    /// </summary>
    public WriteLog With(ulong id, DateTimeOffset at)
    {
        var now = at.ToUnixTimeMilliseconds();
        var oldest = now - (long)Window.TotalMilliseconds;
        var (kept, completeSince) = (Math.Min(Count, Most - 1), CompleteSince);
        for (var n = kept; n < Count; n++)
        {
            completeSince = Math.Max(completeSince, TimeOf(n) + 1);
        }

        while (kept > 0 && TimeOf(kept - 1) <= oldest)
        {
            completeSince = Math.Max(completeSince, TimeOf(--kept) + 1);
        }

        var next = GC.AllocateUninitializedArray<byte>(HeadBytes + ((kept + 1) * EntryBytes));
        BinaryPrimitives.WriteInt64LittleEndian(next, completeSince);
        BinaryPrimitives.WriteUInt64LittleEndian(next.AsSpan(HeadBytes), id);
        BinaryPrimitives.WriteInt64LittleEndian(next.AsSpan(HeadBytes + sizeof(ulong)), now);
        _stored.AsSpan(HeadBytes, kept * EntryBytes).CopyTo(next.AsSpan(HeadBytes + EntryBytes));
        return new WriteLog(next);
    }

    /// <summary>Whether that write is in the log, no more than a minute before; a caller's key may be used for something else after that.</summary>
    public bool Has(ulong id, DateTimeOffset now)
    {
        var oldest = now.ToUnixTimeMilliseconds() - (long)Window.TotalMilliseconds;
        for (var n = 0; n < Count; n++)
        {
            if (IdOf(n) == id && TimeOf(n) > oldest)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether a write made then would be in the log, had it happened.</summary>
    public bool ReachesBackTo(DateTimeOffset time) => CompleteSince <= time.ToUnixTimeMilliseconds();

    /// <summary>A missing column is one without writes: the row isn't one of ours.</summary>
    public static WriteLog FromStored(byte[]? stored) => stored is { Length: >= HeadBytes } ? new WriteLog(stored) : Empty;

    /// <summary>Not a copy: nobody changes what is stored.</summary>
    public byte[] ToStored() => _stored;

    private ulong IdOf(int n) => BinaryPrimitives.ReadUInt64LittleEndian(_stored.AsSpan(HeadBytes + (n * EntryBytes)));

    private long TimeOf(int n) => BinaryPrimitives.ReadInt64LittleEndian(_stored.AsSpan(HeadBytes + (n * EntryBytes) + sizeof(ulong)));
}
