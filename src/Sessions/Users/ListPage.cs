namespace Sessions.Users;

/// <summary>A part of a user's list, newest first.</summary>
/// <param name="Sessions">At most <see cref="ListPage.MostSessions"/>.</param>
/// <param name="Next">Where the list goes on; null where this is the end of it.</param>
public sealed record ListPage<T>(IReadOnlyList<T> Sessions, ListPosition? Next);

internal static class ListPage
{
    public const int MostSessions = 100;

    public static ListPage<ListedSession> Of(IEnumerable<ListedSession> sessions, ListPosition? after)
    {
        var left = ListPosition.Order(sessions.Where(session => after?.IsBefore(session) ?? true)).Take(MostSessions + 1).ToList();
        var page = left[..Math.Min(left.Count, MostSessions)];
        return new ListPage<ListedSession>(page, left.Count > MostSessions ? ListPosition.After(page[^1]) : null);
    }
}
