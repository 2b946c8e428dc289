using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Sessions;
using Sessions.Cleanup;
using Sessions.Create;
using Sessions.Data;
using Sessions.Operate;
using Sessions.Rows;
using Sessions.SignIn;
using Sessions.Table;
using Sessions.Use;
using Sessions.Users;

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
        Store = new SessionRows(table, new SessionRow(new PayloadCodec(ring)));
        // The mark's age is counted by the real clock: a test that moves time on would else see it read again, and count a request more.
        NotBefore = new NotBefore(table, markClock ?? TimeProvider.System);
        Users = new UserRows(table);
        var writer = new LiveSessions(Store, NotBefore, Clock, NullLogger<LiveSessions>.Instance);
        var admission = new UserLimit(Store, Users, NotBefore, options, Clock, NullLogger<UserLimit>.Instance);
        Factory = new SessionCreation(Store, admission, new IdempotencyStore(table), options, Clock, NullLogger<SessionCreation>.Instance);
        Sessions = new HolderSessions(writer, Users, options, Clock, NullLogger<HolderSessions>.Instance);
        Manager = new OperatorSessions(writer, Users, NotBefore, options, Clock, NullLogger<OperatorSessions>.Instance);
        SignIn = new SessionSignIn(writer, Store, admission, options, Clock, NullLogger<SessionSignIn>.Instance);
        CleanupRun = new CleanupRun(table, options, Clock, NullLogger<CleanupRun>.Instance) { Parallelism = 2 };
    }

    public SessionOptions Settings { get; }

    public TestClock Clock { get; }

    public ITable Table { get; }

    public SessionRows Store { get; }

    public NotBefore NotBefore { get; }

    public UserRows Users { get; }

    public SessionCreation Factory { get; }

    public HolderSessions Sessions { get; }

    public OperatorSessions Manager { get; }

    public SessionSignIn SignIn { get; }

    public CleanupRun CleanupRun { get; }

    public static SessionData DataOf(string json) => Value(SessionData.Parse(Encoding.UTF8.GetBytes(json)));

    public static string Json(SessionData data) => Encoding.UTF8.GetString(data.Utf8);

    public static T Value<T>(Result<T> result) =>
        result.Succeeded(out var value, out var refusal) ? value : throw new InvalidOperationException($"Refused: {refusal}");

    public async Task<IssuedSession> CreateAsync(NewSession? wanted = null) => Value(await Factory.CreateAsync(wanted ?? new NewSession(), default));

    public Task<Result<Session>> ReadAsync(SessionToken token) => Sessions.ReadAsync(token, slide: true, default);

    public async Task<bool> IsLetInAsync(SessionToken token) => (await Sessions.ReadAsync(token, slide: false, default)).Refusal is null;

    public Task<Result<Session>> PatchAsync(SessionToken token, string patch) =>
        Sessions.ChangeDataAsync(token, VersionCondition.None, data => MergePatch.Apply(data, DataOf(patch)), default);

    public async Task<SessionToken> RotateAsync(SessionToken token) => Value(await Sessions.RotateAsync(token, default)).Token;

    public static User Named(string name) => User.TryParse(name, out var user) ? user : throw new InvalidOperationException($"No user: {name}");

    /// <summary>Binds as the operator does who holds the token.</summary>
    public Task<Result<IssuedSession>> SignInAsync(SessionId id, string name) =>
        SignIn.SignInAsync(id, (session, _) => session is null ? OperatorSessions.Unknown : new SignInAs(Named(name)), agent: null, default);

    /// <summary>Signs in with a ticket, from both ends.</summary>
    public async Task<Result<IssuedSession>> SignInAsync(SessionToken token, string name, string claims = "{}", bool? persistent = null)
    {
        var binding = new SignInAs(Named(name)) { Claims = DataOf(claims), Persistent = persistent };
        return await (await Manager.IssueTicketAsync(token.Id, binding, default)).ThenAsync(issued => RedeemAsync(token, issued.Code));
    }

    public Task<Result<IssuedSession>> RedeemAsync(SessionToken token, string code)
    {
        Assert.True(TicketCode.TryParse(code, out var ticket));
        return SignIn.SignInAsync(token.Id, (session, now) => SignInRights.ByTicket(session, token, ticket, now), agent: null, default);
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
