using System.Text.Json.Serialization;
using SessionFunctions.Entry;
using Sessions;
using Sessions.Users;

namespace SessionFunctions.Users;

/// <summary>A user's sessions, as a person looks at them: when, with what, until when.</summary>
internal sealed record SessionList(IReadOnlyList<SessionListEntry> Sessions, string? Continuation)
{
    public static JsonAnswer<SessionList> Answer(ListPage<ListedSession> page) => Answer(page, SessionListEntry.Of);

    public static JsonAnswer<SessionList> Answer(ListPage<(ListedSession Listed, Session Session)> page) =>
        Answer(page, one => SessionListEntry.Of(one.Listed) with { Data = new(one.Session.Data), Claims = new(one.Session.Claims) });

    private static JsonAnswer<SessionList> Answer<T>(ListPage<T> page, Func<T, SessionListEntry> entryOf) =>
        new(new SessionList([.. page.Sessions.Select(entryOf)], page.Next?.ToString()), UsersJson.Answers.SessionList);
}

internal sealed record SessionListEntry(
    string Sid,
    DateTime CreatedAt,
    DateTime LastSeenAt,
    DateTime ExpiresAt,
    bool Persistent,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] string? UserAgent)
{
    public RawJson? Data { get; init; }

    public RawJson? Claims { get; init; }

    public static SessionListEntry Of(ListedSession session) => new(
        session.Id.ToString(),
        session.Created.UtcDateTime,
        session.Seen.UtcDateTime,
        session.Expires.UtcDateTime,
        session.Persistent,
        session.Agent);
}

internal sealed record EndedSessions(int Ended);

[JsonSerializable(typeof(SessionList))]
[JsonSerializable(typeof(EndedSessions))]
internal sealed partial class UsersJson : JsonSerializerContext
{
    public static readonly UsersJson Answers = new(JsonAnswer.Options);
}
