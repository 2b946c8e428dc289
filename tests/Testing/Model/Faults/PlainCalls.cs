using Sessions;

namespace SessionFunctions.Testing.Model.Faults;

/// <summary>Which call comes next, by chance, and what callers know: ids, tokens, tickets, and what they have asked for before.</summary>
internal sealed partial class PlainCalls(int seed)
{
    private const int MostKnown = 60;
    private const int MostAgain = 8;
    private const int Many = 300;

    public static readonly IReadOnlyList<string> Users = ["ada", "bob", "cyd"];

    private readonly Random _chance = new(seed);

    /// <summary>In the order in which they were made.</summary>
    private readonly List<string> _ids = [];

    /// <summary>By id, the latest last.</summary>
    private readonly Dictionary<string, List<string>> _tokens = new(StringComparer.Ordinal);

    private readonly List<(string Id, string Code)> _tickets = [];
    private readonly List<(string Id, PlainRight Right)> _signIns = [];
    private readonly List<(string Id, string Key, long At)> _keys = [];

    private PlainWorld _world = new();
    private long _now;
    private int _names;

    public bool Repeats() => _chance.Next(10) < 8;

    /// <summary>Most often a moment, and now and then up to a moment at which something changes, or just before or after it.</summary>
    public TimeSpan NextPause(PlainWorld world, long now)
    {
        var pause = _chance.Next(100) switch
        {
            < 70 => _chance.Next(1, 300),
            < 87 => _chance.Next(1, 5_000),
            < 93 => _chance.Next(1, 40_000),
            < 99 => ToAMoment(world, now),
            _ => _chance.Next(1, 400_000),
        };
        return TimeSpan.FromMilliseconds(pause);
    }

    public PlainCall Next(PlainWorld world, long now)
    {
        (_world, _now) = (world, now);
        if (world.Mark > now && _chance.Next(3) == 0)
        {
            return _chance.Next(2) == 0 ? Create() : EndEverything(); // while the mark is ahead of the clock, which is rare
        }

        return _chance.Next(1000) switch
        {
            < 100 => Create(),
            < 190 => Read(),
            < 240 => Touch(),
            < 320 => Patch(),
            < 407 => Count(),
            < 410 => CountManyTimes(),
            < 490 => Rotate(),
            < 570 => Ticket(),
            < 650 => SignInByTicket(),
            < 690 => SignInByIdToken(),
            < 730 => SignInByOperator(),
            < 780 => SignInAgain(),
            < 800 => LogOut(),
            < 820 => OperatorEnds(),
            < 830 => EndUser(),
            < 850 => ListSiblings(),
            < 865 => EndSiblings(),
            < 895 => List(),
            < 897 => EndEverything(),
            < 925 => CleanUp(),
            < 945 => OperatorCounts(),
            < 965 => OperatorPatchesClaims(),
            < 985 => MoveDeadlines(),
            _ => OperatorFinds(),
        };
    }

    /// <summary>Learns what the callers learn: the session that was made, the token that was handed out.</summary>
    public void Made(PlainCall call, Facts facts, string? answer, string? madeId)
    {
        if (madeId is not null && !_ids.Contains(madeId))
        {
            _ids.Add(madeId);
            if (_ids.Count > MostKnown)
            {
                _tokens.Remove(_ids[0]);
                _ids.RemoveAt(0);
            }
        }

        if (answer is not null && !facts.Token.StartsWith("unknown", StringComparison.Ordinal))
        {
            if (call.TicketFor is { } id)
            {
                Remember(_tickets, (id, facts.Token));
            }
            else
            {
                TokensOf(facts.Token.Split('.')[0]).Add(facts.Token);
            }
        }

        if (call.SignIn is { } signIn && !_signIns.Contains(signIn))
        {
            Remember(_signIns, signIn);
        }
    }

    private int ToAMoment(PlainWorld world, long now)
    {
        var moments = new List<long>();
        foreach (var session in _ids.Select(world.Find).OfType<PlainSession>())
        {
            moments.Add(session.Expires);
            moments.AddRange(session.Previous.Select(each => each.GraceEnds));
            moments.AddRange(session.IdTokens.Select(each => each.Ends));
            moments.Add(session.Ticket?.Ends ?? 0);
            moments.Add(session.Seen + (session.Idle / 10));
        }

        moments.RemoveAll(moment => moment <= now + 1 || moment > now + 1_800_000);
        moments.Sort();
        return moments.Count == 0 ? 1 : (int)(moments[_chance.Next(Math.Min(moments.Count, 4))] - now) + _chance.Next(-1, 2);
    }

    /// <summary>Most often one that can be used, and among those one of the latest, so that much happens to it; else what is left of one, or gone.</summary>
    private string AnyId(int leftOf20 = 4)
    {
        var there = _chance.Next(20) switch
        {
            0 => _ids,
            var left when left < leftOf20 => _ids.FindAll(_world.Sessions.ContainsKey),
            _ => _ids.FindAll(IsUsable),
        };
        return there.Count == 0 ? SessionId.New(Shard.Numbered(0)).ToString()
            : there[^(1 + Enumerable.Range(0, 4).Min(_ => _chance.Next(there.Count)))];
    }

    private bool IsUsable(string id) =>
        _world.Find(id) is { IsEnded: false, IsReserved: false, IsMarker: false } session && !_world.IsOver(session, _now);

    /// <summary>Most often the latest token, but also one before, or one that nobody has handed out.</summary>
    private string AnyToken(int leftOf20 = 4)
    {
        var id = AnyId(leftOf20);
        var tokens = TokensOf(id);
        var before = _world.Find(id)?.Previous.FindAll(each => tokens.Contains(each.Token)) ?? [];
        return before.Count > 0 && _chance.Next(6) == 0 ? before[^(1 + Math.Min(_chance.Next(before.Count), _chance.Next(2)))].Token
            : tokens.Count == 0 || _chance.Next(40) == 0 ? SessionToken.New(Parsed(id)).Reveal()
            : _chance.Next(10) switch
            {
                < 6 => tokens[^1],
                < 8 => tokens[^Math.Min(2, tokens.Count)],
                _ => tokens[_chance.Next(tokens.Count)],
            };
    }

    private List<string> TokensOf(string id) => _tokens.TryGetValue(id, out var known) ? known : _tokens[id] = [];

    private string AnyUser() => Users[_chance.Next(Users.Count)];

    private PlainSignIn AnySignIn() => new(
        AnyUser(),
        _chance.Next(2) == 0 ? null : $"c{_chance.Next(3)}",
        _chance.Next(6) switch { 0 => true, 1 => false, _ => null });

    /// <summary>None, a new one, or one that has been used within the last minute.</summary>
    private string? AnyKey(string id)
    {
        _keys.RemoveAll(each => each.At <= _now - 60_000);
        var known = _keys.FindAll(each => each.Id == id);
        switch (_chance.Next(5))
        {
            case < 2:
                return null;

            case 2 when known.Count > 0:
                return known[_chance.Next(known.Count)].Key;

            default:
                _keys.Add((id, $"key{++_names}", _now));
                return _keys[^1].Key;
        }
    }

    private static void Remember<T>(List<T> known, T one)
    {
        known.Add(one);
        if (known.Count > MostAgain)
        {
            known.RemoveAt(0);
        }
    }

    private static SessionId Parsed(string id) => SessionId.TryParse(id, out var parsed) ? parsed : throw new InvalidOperationException(id);

    private static SessionToken Token(string text) =>
        SessionToken.TryParse(text, out var token) ? token : throw new InvalidOperationException("no token");
}
