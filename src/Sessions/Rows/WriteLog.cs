using System.Security.Cryptography;

namespace Sessions.Rows;

/// <summary>
/// The last writes of a row, each by an id of its own, newest first. A write whose answer was lost is sent again by the client
/// below us and meets its own work: its id in the log tells that from a conflict with somebody else, even where others have written since.
/// </summary>
internal readonly record struct WriteLog
{
    /// <summary>Writes that others may add while one is being retried.</summary>
    private const int Kept = 16;
    private const int IdBytes = 8;
    private const int IdChars = IdBytes * 2;

    private readonly string? _ids;

    private WriteLog(string? ids) => _ids = ids;

    /// <summary>The log with a new write in front.</summary>
    public WriteLog Next()
    {
        var older = _ids ?? "";
        return new(RandomNumberGenerator.GetHexString(IdChars, lowercase: true) + older[..Math.Min(older.Length, (Kept - 1) * IdChars)]);
    }

    public static WriteLog FromStored(string? ids) => new(ids);

    public string ToStored() => _ids ?? "";

    /// <summary>Whether the newest write of the other log happened to this row.</summary>
    public bool HasNewestOf(WriteLog other)
    {
        var mine = ToStored();
        var newest = other.ToStored().AsSpan(0, IdChars);
        for (var at = 0; at + IdChars <= mine.Length; at += IdChars)
        {
            if (mine.AsSpan(at, IdChars).SequenceEqual(newest))
            {
                return true;
            }
        }

        return false;
    }
}
