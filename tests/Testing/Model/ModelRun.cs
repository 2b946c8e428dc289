using Sessions;
using Sessions.Cleanup;
using Sessions.Create;
using Sessions.Data;

namespace SessionFunctions.Testing.Model;

/// <summary>Carries out a script on a world and on the model, and compares every answer.</summary>
internal sealed class ModelRun(SessionWorld world)
{
    public const int MaxDataBytes = 400;

    private readonly List<ModelSession> _sessions = [];
    private readonly SortedDictionary<string, int> _outcomes = new(StringComparer.Ordinal);

    /// <summary>How often each kind of outcome came about: where nothing of a kind happened, nothing was proved about it.</summary>
    public IReadOnlyDictionary<string, int> Outcomes => _outcomes;

    public int Operations { get; private set; }

    public IReadOnlyList<ModelSession> Sessions => _sessions;

    private long Now => world.Clock.GetUtcNow().ToUnixTimeMilliseconds();

    /// <summary>The times are the defaults, which the model has in figures of its own.</summary>
    public static void Configure(WorldSettings settings) => (settings.Shards, settings.MaxDataBytes) = (2, MaxDataBytes);

    public async Task RunAsync(Script script)
    {
        foreach (var operation in script.Operations)
        {
            var before = Now;
            try
            {
                await CarryOutAsync(operation);
            }
            catch (Exception e)
            {
                throw new InvalidOperationException($"Operation {Operations} ({operation}) at {before}: {e.Message}", e);
            }

            Operations++;
        }
    }

    private Task CarryOutAsync(Operation operation) => operation switch
    {
        Create create => CreateAsync(create),
        Read read => UseAsync(
            read.Who,
            token => world.Holder.ReadAsync(token, read.Slide, default),
            session =>
            {
                if (read.Slide)
                {
                    session.Slide(Now);
                }
            }),
        Patch p => ChangeAsync(p.Who, p.If, JsonOf(p), data => data.Patched(p.Name, p.Inner, p.Value), (data, patch) => MergePatch.Apply(data, patch)),
        Replace r => ChangeAsync(
            r.Who, r.If, $$"""{"{{r.Name}}":{{r.Value}}}""", _ => ModelData.With(r.Name, r.Value), (_, sent) => sent),
        Touch touch => UseAsync(touch.Who, token => world.Holder.TouchAsync(token, default), session => session.SlideNow(Now)),
        Rotate rotate => RotateAsync(rotate.Who),
        LogOut logOut => LogOutAsync(logOut.Who),
        Pass pass => PassAsync(TimeSpan.FromMilliseconds(pass.Milliseconds)),
        PassToExpiry pass => PassToExpiryAsync(pass),
        CleanUp => CleanUpAsync(),
        _ => throw new InvalidOperationException($"No way to carry out {operation}."),
    };

    private async Task CreateAsync(Create create)
    {
        var (maxIdle, maxLifetime) = create.Persistent ? (14 * 86_400, 90 * 86_400) : (20 * 60, 8 * 3600);
        var data = create.DataChars == 0 ? new ModelData() : ModelData.With("made", $"\"{new string('d', create.DataChars)}\"");
        List<RefusalKind> faults = [];
        if (create.IdleSeconds < 1 || create.IdleSeconds > maxIdle || create.LifetimeSeconds < 1 || create.LifetimeSeconds > maxLifetime)
        {
            faults.Add(RefusalKind.NotAllowed);
        }

        if (data.Size > MaxDataBytes)
        {
            faults.Add(RefusalKind.TooLarge);
        }

        var result = await world.Creation.CreateAsync(
            new NewSession
            {
                Persistent = create.Persistent,
                IdleTimeout = Seconds(create.IdleSeconds),
                Lifetime = Seconds(create.LifetimeSeconds),
                Data = SessionWorld.DataOf(data.ToString()),
            },
            default);

        Assert.True(
            result.Refusal is { Kind: var kind } ? faults.Contains(kind) : faults.Count == 0,
            $"{result.Refusal}, for: {string.Join(", ", faults)}");
        Note($"create {result.Refusal?.Kind.ToString() ?? "made"}");
        if (result.Succeeded(out var issued, out _))
        {
            var token = issued.Token.Reveal();
            Assert.Equal(issued.Session.Id.ToString(), token.Split('.')[0]);
            var (idle, lifetime) = (1000L * (create.IdleSeconds ?? maxIdle), 1000L * (create.LifetimeSeconds ?? maxLifetime));
            var made = new ModelSession(token, Now, idle, lifetime, create.Persistent, data);
            _sessions.Add(made);
            Assert.Equal(made.Describe(), ModelSession.Describe(issued.Session));
        }

        static TimeSpan? Seconds(int? seconds) => seconds is { } some ? TimeSpan.FromSeconds(some) : null;
    }

    private async Task RotateAsync(Who who)
    {
        SessionToken? next = null;
        await UseAsync(
            who,
            async token => (await world.Holder.RotateAsync(token, default)).Then<Session>(issued =>
            {
                next = issued.Token;
                return issued.Session;
            }),
            session =>
            {
                session.SlideNow(Now);
                session.Rotated(next!.Reveal());
            });
    }

    private Task ChangeAsync(
        Who who,
        IfMatch condition,
        string json,
        Func<ModelData, ModelData> change,
        Func<SessionData, SessionData, Result<SessionData>> apply)
    {
        var version = Pick(who.Session)?.Version ?? 1;
        var sent = SessionWorld.DataOf(json);
        return UseAsync(
            who,
            token => world.Data.ChangeAsync(
                token,
                condition switch
                {
                    IfMatch.Current => VersionCondition.OneOf([version, version + 7]),
                    IfMatch.Older => VersionCondition.OneOf([version - 1]),
                    _ => VersionCondition.None,
                },
                data => apply(data, sent),
                default),
            session =>
            {
                session.Change(change(session.Data));
                session.Slide(Now);
            },
            session =>
                condition == IfMatch.Older ? RefusalKind.Stale
                : change(session.Data).Size > MaxDataBytes ? RefusalKind.TooLarge
                : null);
    }

    private async Task LogOutAsync(Who who)
    {
        if (Token(who) is ({ } session, { } token))
        {
            await world.Holder.EndAsync(Parsed(token), default);
            var stored = session.Stored;
            session.LogOut(token, Now);
            Note($"log out {(stored == session.Stored ? "of nothing" : "done")}");
        }
    }

    private async Task CleanUpAsync()
    {
        var due = _sessions.Where(session => session.Stored && session.Expires <= Now).ToList();
        due.ForEach(session => session.Remove());

        var report = await world.Cleanup.RunAsync(default);

        Assert.Equal(new CleanupReport { Deleted = due.Count, Shards = 2, Complete = true }, report);
        Note("cleaned up", due.Count);
    }

    /// <summary>Only to one that is near: a leap of days would end all the others too.</summary>
    private Task PassToExpiryAsync(PassToExpiry pass)
    {
        var wait = (Pick(pass.Session)?.Expires ?? 0) + pass.Milliseconds - Now;
        return wait is >= 0 and < 25 * 60_000 ? PassAsync(TimeSpan.FromMilliseconds(wait)) : Task.CompletedTask;
    }

    private Task PassAsync(TimeSpan time)
    {
        world.Clock.Advance(time);
        return Task.CompletedTask;
    }

    /// <summary>
    /// A call with a token: who is let in, and in what role, is decided here; what the call does then, by <paramref name="act"/>. A call
    /// that <paramref name="refuse"/> stops changes nothing, not even who was here last.
    /// </summary>
    private async Task UseAsync(
        Who who, Func<SessionToken, Task<Result<Session>>> call, Action<ModelSession> act, Func<ModelSession, RefusalKind?>? refuse = null)
    {
        if (Token(who) is not ({ } session, { } token))
        {
            return;
        }

        var role = session.Role(token, Now);
        var over = session.Stored && Now >= session.Expires;
        var result = await call(Parsed(token));

        RefusalKind? expected = RefusalKind.NotAuthenticated;
        if (role is SecretMatch.Replayed)
        {
            session.Remove();
        }
        else if (role is not SecretMatch.None)
        {
            expected = refuse?.Invoke(session);
            if (expected is null)
            {
                session.Use(token, Now);
                act(session);
            }
        }

        Note(over ? "use of one that is over" : $"use {role}");
        Note($"answer {expected?.ToString() ?? "given"}");
        Assert.Equal(expected, result.Refusal?.Kind);
        if (result.Succeeded(out var answer, out _))
        {
            Assert.Equal(session.Describe(), ModelSession.Describe(answer));
        }
    }

    /// <summary>Most often one that is stored, and now and then one that may be long gone.</summary>
    private ModelSession? Pick(int number)
    {
        var stored = _sessions.FindAll(session => session.Stored);
        var among = number % 5 == 0 || stored.Count == 0 ? _sessions : stored;
        return among.Count == 0 ? null : among[^(1 + (number % Math.Min(among.Count, Script.Sessions)))];
    }

    private (ModelSession? Session, string? Token) Token(Who who) =>
        Pick(who.Session) is not { } session ? (null, null)
        : who.Token == Who.Stranger ? (session, SessionToken.New(Parsed(session.Tokens[0]).Id).Reveal())
        : (session, session.Tokens[^(1 + (who.Token % session.Tokens.Count))]);

    private static SessionToken Parsed(string text) =>
        SessionToken.TryParse(text, out var token) ? token : throw new InvalidOperationException("no token");

    private static string JsonOf(Patch patch)
    {
        var value = patch.Value ?? "null";
        return $$"""{"{{patch.Name}}":{{(patch.Inner is null ? value : $$"""{"{{patch.Inner}}":{{value}}}""")}}}""";
    }

    private void Note(string outcome, int times = 1) => _outcomes[outcome] = _outcomes.GetValueOrDefault(outcome) + times;
}
