using System.Buffers;
using System.Buffers.Binary;
using System.Buffers.Text;
using System.Text;

namespace Sessions.Users;

/// <summary>
/// A place in a user's list, newest first: after one session and before the next. Both parts of it stay what they are for as long as a
/// session lives, so a list that is read page by page has each session that lives throughout once, whatever comes and goes meanwhile.
/// </summary>
public readonly record struct ListPosition
{
    private const int TimeBytes = sizeof(long);
    private const int Bytes = TimeBytes + SessionId.Length;

    private readonly DateTimeOffset _created;
    private readonly SessionId _id;

    private ListPosition(DateTimeOffset created, SessionId id) => (_created, _id) = (created, id);

    internal static ListPosition After(ListedSession session) => new(session.Created, session.Id);

    internal static IEnumerable<ListedSession> Order(IEnumerable<ListedSession> sessions) =>
        sessions.OrderByDescending(session => session.Created).ThenBy(session => session.Id.ToString(), StringComparer.Ordinal);

    internal bool IsBefore(ListedSession session) =>
        session.Created < _created || (session.Created == _created && string.CompareOrdinal(session.Id.ToString(), _id.ToString()) > 0);

    /// <summary>As callers send it back: nothing for them to look into.</summary>
    public override string ToString()
    {
        Span<byte> bytes = stackalloc byte[Bytes];
        BinaryPrimitives.WriteInt64BigEndian(bytes, _created.ToUnixTimeMilliseconds());
        Encoding.ASCII.GetBytes(_id.ToString(), bytes[TimeBytes..]);
        return Base64Url.EncodeToString(bytes);
    }

    public static bool TryParse(string? text, out ListPosition position)
    {
        position = default;
        Span<byte> bytes = stackalloc byte[Bytes];
        // Not TryDecodeFromChars: that throws on a character outside of the alphabet.
        if (Base64Url.DecodeFromChars(text, bytes, out _, out var written) != OperationStatus.Done
            || written != Bytes
            || !SessionId.TryParse(Encoding.ASCII.GetString(bytes[TimeBytes..]), out var id)
            || BinaryPrimitives.ReadInt64BigEndian(bytes) is var time && (time < 0 || time > DateTimeOffset.MaxValue.ToUnixTimeMilliseconds()))
        {
            return false;
        }

        position = new ListPosition(DateTimeOffset.FromUnixTimeMilliseconds(time), id);
        return true;
    }
}
