using System.Text.Json;

namespace SessionFunctions.Tests.Fuzz;

/// <summary>What a lane has learnt from the answers so far.</summary>
internal sealed class FuzzMemory(int lane, FuzzText text)
{
    private const int Remembered = 60;
    private const int RememberedTickets = 10;

    private readonly Dictionary<string, FuzzSession> _bySid = new(StringComparer.Ordinal);
    private readonly List<FuzzSession> _sessions = [];
    private readonly List<(FuzzSession Session, string Code)> _tickets = [];

    /// <summary>This lane's alone.</summary>
    public IReadOnlyList<string> Users { get; } =
        [$"ada {lane}", $"bob{lane}@example.com", $"{lane}/../o'brien \"x\" %2F & 🦊?#+", $"https://idp/{lane}", $"{lane}\0", $"{lane}{new string('é', 255)}"];

    public IReadOnlyList<FuzzSession> Sessions => _sessions;

    /// <summary>A recent one that lives, mostly.</summary>
    public FuzzSession? Any()
    {
        var recent = text.Chance(0.9) ? _sessions.TakeLast(Remembered).Where(session => session.State != FuzzState.Ended).ToList() : _sessions;
        return recent.Count == 0 ? null : text.Pick(recent);
    }

    /// <summary>Another of the same user.</summary>
    public FuzzSession? Sibling(FuzzSession? session) =>
        _sessions.FindLast(other => other != session && other.User is not null && other.User == session?.User && other.State != FuzzState.Ended);

    /// <summary>A session that was given a ticket, with the ticket.</summary>
    public (FuzzSession Session, string Code)? Ticket() => _tickets.Count == 0 ? null : text.Pick(_tickets);

    public FuzzSession? Find(string? sid) => sid is null ? null : _bySid.GetValueOrDefault(sid);

    public void AddTicket(FuzzSession session, string code)
    {
        _tickets.RemoveAll(known => known.Session == session);
        _tickets.Add((session, code));
        _tickets.RemoveRange(0, Math.Max(0, _tickets.Count - RememberedTickets));
    }

    /// <summary>A token that was handed over: of a new session, or a new one of a session that is known.</summary>
    public void Add(string token, string? user)
    {
        if (Find(token.Split('.')[0]) is { } known)
        {
            if (known.Token != token)
            {
                known.OldTokens.Add(known.Token);
                known.Token = token;
            }

            return;
        }

        // Past the limit, one more session of a user takes the place of another. And other lanes may use a user that came about by chance.
        var others = _sessions.Where(session => user is not null && session.User == user && session.State != FuzzState.Ended).ToList();
        if (others.Count >= FuzzHost.MaxPerUser)
        {
            others.ForEach(session => session.State = FuzzState.Unsure);
        }

        var added = new FuzzSession(token, user) { State = user is null || Users.Contains(user) ? FuzzState.Live : FuzzState.Unsure };
        _sessions.Add(added);
        _bySid.Add(added.Sid, added);
    }

    public void End(Predicate<FuzzSession> which) => _sessions.FindAll(which).ForEach(session => session.State = FuzzState.Ended);

    /// <summary>Between the quotes of a JSON string.</summary>
    public static string InJson(string value) => JsonSerializer.Serialize(value)[1..^1];
}

/// <summary>What a lane knows of a session that it has made.</summary>
internal sealed class FuzzSession(string token, string? user)
{
    public string Sid => Token.Split('.')[0];

    /// <summary>The token given last.</summary>
    public string Token { get; set; } = token;

    public List<string> OldTokens { get; } = [];

    public string? User { get; } = user;

    /// <summary>No sooner than this does it end by itself.</summary>
    public DateTimeOffset Expires { get; set; }

    public FuzzState State { get; set; }

    public bool IsSurelyLive(DateTimeOffset now) => State == FuzzState.Live && now < Expires;
}

internal enum FuzzState
{
    Live,

    /// <summary>Something was done to it that may have ended it.</summary>
    Unsure,

    Ended,
}
