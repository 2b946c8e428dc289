using System.Collections.Immutable;

namespace SessionFunctions.Testing.Model.Faults;

/// <summary>All that the table holds. Immutable, so that what was before a write is still there after it.</summary>
internal sealed record PlainWorld
{
    private long _stamps;

    /// <summary>By id.</summary>
    public ImmutableDictionary<string, PlainSession> Sessions { get; private init; } = ImmutableDictionary<string, PlainSession>.Empty;

    /// <summary>By user.</summary>
    public ImmutableDictionary<string, PlainLimit> Limits { get; private init; } = ImmutableDictionary<string, PlainLimit>.Empty;

    /// <summary>Whoever was born then or before is over.</summary>
    public long Mark { get; private init; } = long.MinValue;

    public PlainSession? Find(string id) => Sessions.GetValueOrDefault(id);

    public PlainLimit? LimitOf(string user) => Limits.GetValueOrDefault(user);

    public PlainWorld With(PlainSession session) =>
        this with { Sessions = Sessions.SetItem(session.Id, session with { Stamp = _stamps + 1 }), _stamps = _stamps + 1 };

    public PlainWorld Without(PlainSession session) => this with { Sessions = Sessions.Remove(session.Id) };

    public PlainWorld With(string user, long limitExpires) =>
        this with { Limits = Limits.SetItem(user, new PlainLimit(limitExpires, _stamps + 1)), _stamps = _stamps + 1 };

    public PlainWorld WithoutLimit(string user) => this with { Limits = Limits.Remove(user) };

    public PlainWorld Marked(long mark) => this with { Mark = mark };

    /// <summary>Whether there is nothing to tell it from another, if not that rows were written once more.</summary>
    public bool Shows(PlainWorld other) =>
        Mark == other.Mark
        && Sessions.Count == other.Sessions.Count
        && Sessions.Values.All(session => other.Find(session.Id) is { } known && known with { Stamp = session.Stamp } == session)
        && Limits.Count == other.Limits.Count
        && Limits.All(limit => other.LimitOf(limit.Key)?.Expires == limit.Value.Expires);

    /// <summary>Every row that is in a list of the user's.</summary>
    public IEnumerable<PlainSession> ListOf(string user) => Sessions.Values.Where(session => session.ListedOf == user);

    public bool IsOver(PlainSession session, long now) => now >= session.Expires || session.Born <= Mark;

    /// <summary>Those of a user that are neither over nor ended.</summary>
    public IEnumerable<PlainSession> LiveOf(string user, long now) => ListOf(user).Where(session => !session.IsEnded && !IsOver(session, now));
}

/// <summary>The row that keeps a user's limit.</summary>
internal sealed record PlainLimit(long Expires, long Stamp);
