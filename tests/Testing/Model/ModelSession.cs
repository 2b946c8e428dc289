using System.Globalization;
using Sessions;

namespace SessionFunctions.Testing.Model;

/// <summary>
/// A session as docs/design.md describes it, in the plainest way: fields that change in place, times as milliseconds, tokens as text. Knows
/// nothing of rows, hashes or conflicts, and shares no code with what it is compared to.
/// </summary>
internal sealed class ModelSession
{
    private const long Grace = 30_000;
    private const int MostSecrets = 16;

    private readonly long _created;
    private readonly long _idle;
    private readonly long _step;
    private readonly long _ends;
    private readonly bool _persistent;

    private string _current;
    private List<string> _pending = [];
    private List<(string Token, long GraceEnds)> _previous = [];
    private long _seen;

    public ModelSession(string token, long now, long idle, long lifetime, bool persistent, ModelData data)
    {
        (_current, _created, _seen, _idle, _persistent, Data) = (token, now, now, idle, persistent, data);
        _step = idle / 10;
        _ends = now + lifetime;
        Expires = Math.Min(now + idle + _step, _ends);
        Tokens.Add(token);
    }

    /// <summary>Every token ever issued for it.</summary>
    public List<string> Tokens { get; } = [];

    public string Id => _current.Split('.')[0];

    public ModelData Data { get; private set; }

    public long Version { get; private set; } = 1;

    public long Expires { get; private set; }

    /// <summary>Whether the table still has it, over or not.</summary>
    public bool Stored { get; private set; } = true;

    /// <summary>The current one, those handed out and not used yet, and those before: the latest first.</summary>
    public (string Current, IReadOnlyList<string> Pending, IReadOnlyList<string> Previous) Secrets =>
        (_current, _pending, [.. _previous.Select(each => each.Token)]);

    public void Remove() => Stored = false;

    /// <summary>Which of its secrets a token is now; <see cref="SecretMatch.None"/> also where the session is over.</summary>
    public SecretMatch Role(string token, long now) =>
        !Stored || now >= Expires ? SecretMatch.None
        : token == _current ? SecretMatch.Current
        : _pending.Contains(token) ? SecretMatch.Pending
        : !_previous.Exists(each => each.Token == token) ? SecretMatch.None
        : now < _previous.Find(each => each.Token == token).GraceEnds ? SecretMatch.InGrace
        : SecretMatch.Replayed;

    /// <summary>Any of its secrets ends it, also one in replay. What is over is left to the cleanup.</summary>
    public void LogOut(string token, long now) => Stored &= Role(token, now) == SecretMatch.None;

    public void Use(string token, long now)
    {
        if (_pending.Remove(token))
        {
            _previous = [(_current, now + Grace), .. _previous.FindAll(each => now < each.GraceEnds).Take(MostSecrets - 1)];
            _current = token;
        }
    }

    public void Slide(long now)
    {
        if (now - _seen >= _step)
        {
            SlideNow(now);
        }
    }

    public void SlideNow(long now)
    {
        var deadline = Math.Min(now + _idle + _step, _ends);
        if (deadline > Expires)
        {
            (Expires, _seen) = (deadline, now);
        }
    }

    public void Change(ModelData data) => (Data, Version) = (data, Version + 1);

    public void Rotated(string next)
    {
        _pending = [next, .. _pending.Take(MostSecrets - 1)];
        Tokens.Add(next);
    }

    /// <summary>What an answer must say of it.</summary>
    public string Describe() => Line(Id, Version, _persistent, _created, _seen, Expires, _ends, _idle, Data.ToString());

    public static string Describe(Session session) => Line(
        session.Id.ToString(),
        session.Version,
        session.Persistent,
        Milliseconds(session.Lifetime.Created),
        Milliseconds(session.Lifetime.Seen),
        Milliseconds(session.Lifetime.Expires),
        Milliseconds(session.Lifetime.Ends),
        (long)session.Lifetime.IdleTimeout.TotalMilliseconds,
        ModelData.Canonical(session.Data));

    /// <summary>The keys of its rows.</summary>
    public IEnumerable<string> Keys()
    {
        var expires = DateTimeOffset.FromUnixTimeMilliseconds(Expires).ToString("yyyyMMddHHmmssfff", CultureInfo.InvariantCulture);
        return [$"{Id[..2]}/s:{Id}", $"{Id[..2]}/x:{expires}:{Id}"];
    }

    private static long Milliseconds(DateTimeOffset time) => time.ToUnixTimeMilliseconds();

    private static string Line(
        string id, long version, bool persistent, long created, long seen, long expires, long ends, long idle, string data) =>
        $"{id} v{version} persistent:{persistent} created:{created} seen:{seen} expires:{expires} ends:{ends} idle:{idle} {data}";
}
