using System.Collections.Immutable;
using System.Globalization;
using Sessions;

namespace SessionFunctions.Testing.Model.Faults;

/// <summary>
/// A session's rows as the design describes them, in the plainest way: times as milliseconds, secrets as the tokens themselves. Shares no
/// code with what it is compared to.
/// </summary>
internal sealed record PlainSession
{
    private const long Grace = 30_000;
    private const long LogWindow = 60_000;
    private const int MostInLog = 256;
    private const int MostSecrets = 16;

    public required string Id { get; init; }

    /// <summary>Another one with every write, as an ETag.</summary>
    public long Stamp { get; init; }

    public string? User { get; init; }
    public bool Persistent { get; init; }
    public long Version { get; init; } = 1;
    public required ModelData Data { get; init; }
    public required ModelData Claims { get; init; }
    public required long Created { get; init; }
    public required long Born { get; init; }
    public required long Seen { get; init; }
    public required long Expires { get; init; }
    public required long Ends { get; init; }
    public required long Idle { get; init; }
    public required string Current { get; init; }

    /// <summary>The newest first.</summary>
    public ImmutableList<string> Pending { get; init; } = [];

    /// <summary>Each with the end of its grace, the latest first.</summary>
    public ImmutableList<(string Token, long GraceEnds)> Previous { get; init; } = [];

    public PlainTicket? Ticket { get; init; }
    public ImmutableList<(string Name, long Ends)> IdTokens { get; init; } = [];

    /// <summary>The writes of the last minute, those of callers with their keys.</summary>
    public ImmutableList<(string? Key, long At)> Log { get; init; } = [];

    public bool IsReserved { get; init; }
    public bool IsEnded { get; init; }

    /// <summary>Where it went by which right, where only a marker is left.</summary>
    public (string Id, string Right)? Successor { get; init; }

    public bool IsMarker => Successor is not null;

    /// <summary>The user whose list has it.</summary>
    public string? ListedOf => IsMarker ? null : User;

    private long Step => Idle / 10;

    public static PlainSession Begun(string id, string token, long now, long born, long idle, long lifetime) => new()
    {
        Id = id,
        Current = token,
        Data = new ModelData(),
        Claims = new ModelData(),
        Created = now,
        Born = born,
        Seen = now,
        Idle = idle,
        Ends = now + lifetime,
        Expires = Math.Min(now + idle + (idle / 10), now + lifetime),
    };

    public Role RoleOf(string token, long now) =>
        token == Current ? Role.Current
        : Pending.Contains(token) ? Role.Pending
        : !Previous.Exists(each => each.Token == token) ? Role.None
        : now < Previous.Find(each => each.Token == token).GraceEnds ? Role.InGrace
        : Role.Replayed;

    public bool Admits(string token, long now) => RoleOf(token, now) is Role.Current or Role.Pending or Role.InGrace;

    public PlainSession Promoted(string token, long now) => this with
    {
        Current = token,
        Pending = Pending.Remove(token),
        Previous = [(Current, now + Grace), .. Previous.FindAll(each => now < each.GraceEnds).Take(MostSecrets - 1)],
    };

    public PlainSession Rotated(string next) => this with { Pending = [next, .. Pending.Take(MostSecrets - 1)] };

    public PlainSession Slid(long now) => now - Seen >= Step ? SlidNow(now) : this;

    public PlainSession SlidNow(long now)
    {
        var deadline = Math.Min(now + Idle + Step, Ends);
        return deadline > Expires ? this with { Seen = now, Expires = deadline } : this;
    }

    public PlainSession Activated(long now) => this with { IsReserved = false, Seen = now, Expires = Math.Min(now + Idle + Step, Ends) };

    /// <summary>With this write in its log.</summary>
    public PlainSession Written(long now, string? key = null) =>
        this with { Log = [(key, now), .. Log.Take(MostInLog - 1).Where(each => each.At > now - LogWindow)] };

    public bool Knows(string? key) => key is not null && Log.Exists(each => each.Key == key);

    /// <summary>What an answer must say of it.</summary>
    public string Describe() =>
        Line(Id, Version, User, Persistent, Created, Born, Seen, Expires, Ends, Idle, Data.ToString(), Claims.ToString());

    public static string Describe(Session session) => Line(
        session.Id.ToString(),
        session.Version,
        session.User?.Name,
        session.Persistent,
        session.Lifetime.Created.ToUnixTimeMilliseconds(),
        session.Lifetime.Born.ToUnixTimeMilliseconds(),
        session.Lifetime.Seen.ToUnixTimeMilliseconds(),
        session.Lifetime.Expires.ToUnixTimeMilliseconds(),
        session.Lifetime.Ends.ToUnixTimeMilliseconds(),
        (long)session.Lifetime.IdleTimeout.TotalMilliseconds,
        ModelData.Canonical(session.Data),
        ModelData.Canonical(session.Claims));

    /// <summary>What a list must say of it.</summary>
    public string DescribeListed() => Line(Id, Created, Born, Seen, Expires, Persistent);

    public static string Describe(ListedSession session) => Line(
        session.Id.ToString(),
        session.Created.ToUnixTimeMilliseconds(),
        session.Born.ToUnixTimeMilliseconds(),
        session.Seen.ToUnixTimeMilliseconds(),
        session.Expires.ToUnixTimeMilliseconds(),
        session.Persistent);

    private static string Line(params object?[] values) =>
        string.Join(' ', values.Select(value => Convert.ToString(value, CultureInfo.InvariantCulture)));
}

internal sealed record PlainTicket(string Code, long Ends, PlainSignIn For);

/// <summary>Whom a session is to be signed in as.</summary>
internal sealed record PlainSignIn(string User, string? Claim = null, bool? Persistent = null);

internal enum Role
{
    None,
    Current,
    Pending,
    InGrace,
    Replayed,
}
