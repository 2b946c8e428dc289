using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Sessions;
using Sessions.Storage;

namespace SessionFunctions.Testing;

/// <summary>The domain put together over a table, with time standing still until told to move.</summary>
public sealed class SessionWorld
{
    /// <summary>32 zero bytes: a key for tests.</summary>
    public const string TestKey = "k1:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=";

    public SessionWorld(ITable table, Action<SessionOptions>? configure = null, TestClock? clock = null, TimeProvider? markClock = null)
    {
        // Azurite looks at every row for each range read, so tests keep to few shards.
        Settings = new SessionOptions { Shards = 4, EncryptionKeys = TestKey };
        configure?.Invoke(Settings);
        Clock = clock ?? new TestClock();
        Table = table;
        var options = Options.Create(Settings);
        Assert.True(KeyRing.TryParse(Settings.EncryptionKeys, out var ring, out _));
        Store = new SessionStore(table, new SessionRow(new PayloadCodec(ring)));
        // The mark's age is counted by the real clock: a test that moves time on would else see it read again, and count a request more.
        NotBefore = new NotBefore(table, markClock ?? TimeProvider.System);
        Principals = new PrincipalStore(table);
        var writer = new SessionWriter(Store, NotBefore, Clock, NullLogger<SessionWriter>.Instance);
        var admission = new Admission(Store, Principals, NotBefore, options, Clock, NullLogger<Admission>.Instance);
        Factory = new SessionFactory(Store, admission, new IdempotencyStore(table), options, Clock, NullLogger<SessionFactory>.Instance);
        Sessions = new SessionService(writer, Principals, options, Clock, NullLogger<SessionService>.Instance);
        Manager = new SessionManager(writer, Principals, NotBefore, options, Clock, NullLogger<SessionManager>.Instance);
        SignIn = new SignIn(writer, Store, admission, options, Clock, NullLogger<SignIn>.Instance);
        Sweeper = new Sweeper(table, options, Clock, NullLogger<Sweeper>.Instance) { Parallelism = 2 };
    }

    public SessionOptions Settings { get; }

    public TestClock Clock { get; }

    public ITable Table { get; }

    public SessionStore Store { get; }

    public NotBefore NotBefore { get; }

    public PrincipalStore Principals { get; }

    public SessionFactory Factory { get; }

    public SessionService Sessions { get; }

    public SessionManager Manager { get; }

    public SignIn SignIn { get; }

    public Sweeper Sweeper { get; }

    public static SessionData Data(string json) => Value(SessionData.Parse(Encoding.UTF8.GetBytes(json)));

    public static string Json(SessionData data) => Encoding.UTF8.GetString(data.Utf8);

    public static T Value<T>(Result<T> result) =>
        result.Succeeded(out var value, out var refusal) ? value : throw new InvalidOperationException($"Refused: {refusal}");

    public async Task<IssuedSession> CreateAsync(NewSession? wanted = null) => Value(await Factory.CreateAsync(wanted ?? new NewSession(), default));

    public Task<Result<Session>> ReadAsync(SessionToken token) => Sessions.ReadAsync(token, slide: true, default);

    public async Task<bool> IsLetInAsync(SessionToken token) => (await Sessions.ReadAsync(token, slide: false, default)).Refusal is null;

    public Task<Result<Session>> PatchAsync(SessionToken token, string patch) =>
        Sessions.ChangeDataAsync(token, VersionCondition.None, data => MergePatch.Apply(data, Data(patch)), default);

    public async Task<SessionToken> RotateAsync(SessionToken token) => Value(await Sessions.RotateAsync(token, default)).Token;

    public static Principal Named(string name) => Principal.TryParse(name, out var principal) ? principal : throw new InvalidOperationException($"No principal: {name}");

    /// <summary>Binds as the operator does who holds the token.</summary>
    public Task<Result<IssuedSession>> BindAsync(SessionId id, string name) =>
        SignIn.BindAsync(id, (session, _) => session is null ? SessionManager.Unknown : new Binding(Named(name)), agent: null, default);

    /// <summary>Signs in with a ticket, from both ends.</summary>
    public async Task<Result<IssuedSession>> SignInAsync(SessionToken token, string name, string claims = "{}", bool? persistent = null)
    {
        var binding = new Binding(Named(name)) { Claims = Data(claims), Persistent = persistent };
        return await (await Manager.IssueTicketAsync(token.Id, binding, default)).ThenAsync(issued => RedeemAsync(token, issued.Code));
    }

    public Task<Result<IssuedSession>> RedeemAsync(SessionToken token, string code)
    {
        Assert.True(TicketCode.TryParse(code, out var ticket));
        return SignIn.BindAsync(token.Id, (session, now) => SignInRules.ByTicket(session, token, ticket, now), agent: null, default);
    }

    /// <summary>Calls that begin at the same instant.</summary>
    public static async Task<T[]> AtOnceAsync<T>(int count, Func<int, Task<T>> call)
    {
        using var barrier = new Barrier(count);
        return await Task.WhenAll(Enumerable.Range(0, count).Select(n => Task.Factory.StartNew(
            () =>
            {
                barrier.SignalAndWait();
                return call(n);
            },
            TaskCreationOptions.LongRunning).Unwrap()));
    }

    /// <summary>Every row of the table.</summary>
    public async Task<IReadOnlyList<Row>> RowsAsync()
    {
        var rows = new List<Row>();
        foreach (var shard in Shard.All(Settings.Shards))
        {
            await foreach (var page in Table.RangeAsync(new RowRange(shard.ToString(), "0", "~", []), default))
            {
                foreach (var row in page)
                {
                    rows.Add((await Table.FindAsync(row.Partition, row.Key, default))!);
                }
            }
        }

        return rows;
    }
}
