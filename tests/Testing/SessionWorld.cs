using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
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

/// <summary>The domain over a table, put together as an app puts it together, with time standing still until told to move.</summary>
public sealed class SessionWorld
{
    /// <summary>32 zero bytes: a key for tests.</summary>
    public const string TestKey = "k1:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=";

    private readonly ServiceProvider _services;

    /// <param name="table">Keeps the sessions.</param>
    /// <param name="configure">Changes the settings.</param>
    /// <param name="clock">The time.</param>
    /// <param name="markClock">
    /// Counts the age of what is known of the table's own row: the real clock, unless given. By ours, a test that moves time on would see the mark read
    /// again, and count a request more.
    /// </param>
    /// <param name="logs">Where the lines go that are logged; nowhere, unless given.</param>
    public SessionWorld(
        ITable table,
        Action<WorldSettings>? configure = null,
        TestClock? clock = null,
        TimeProvider? markClock = null,
        ILoggerFactory? logs = null)
    {
        var settings = new WorldSettings();
        configure?.Invoke(settings);
        (Table, Clock, Shards) = (table, clock ?? new TestClock(), settings.Shards);
        _services = new ServiceCollection()
            .AddSingleton(table)
            .AddSingleton<TimeProvider>(Clock)
            .AddSingleton(logs ?? NullLoggerFactory.Instance)
            .AddSingleton(typeof(ILogger<>), typeof(Logger<>))
            .AddSessions(settings.AsConfiguration())
            .AddSingleton(provider => new KnownTable(provider.GetRequiredService<TableRow>(), markClock ?? TimeProvider.System))
            .BuildServiceProvider();
    }

    public ITable Table { get; }
    public TestClock Clock { get; }
    public int Shards { get; }
    internal LifetimeOptions Lifetimes => Get<IOptions<LifetimeOptions>>().Value;

    public NotBeforeMark NotBefore => Get<NotBeforeMark>();
    public TableReadiness Readiness => Get<TableReadiness>();
    public SessionCreation Creation => Get<SessionCreation>();
    public HolderSessions Holder => Get<HolderSessions>();
    public HolderData Data => Get<HolderData>();
    public Siblings Siblings => Get<Siblings>();
    public Tickets Tickets => Get<Tickets>();
    public SessionSignIn SignIn => Get<SessionSignIn>();
    public OperatorSessions Operator => Get<OperatorSessions>();
    public UserSessions Users => Get<UserSessions>();
    public EndEverything EndEverything => Get<EndEverything>();
    public CleanupRun Cleanup => Get<CleanupRun>();

    public static SessionData DataOf(string json) => Value(SessionData.Parse(Encoding.UTF8.GetBytes(json)));

    public static string Json(SessionData data) => Encoding.UTF8.GetString(data.Utf8);

    public static T Value<T>(Result<T> result) =>
        result.Succeeded(out var value, out var refusal) ? value : throw new InvalidOperationException($"Refused: {refusal}");

    public static User Named(string name) =>
        User.TryParse(name, out var user) ? user : throw new InvalidOperationException($"No user: {name}");

    public ValueTask<UserKey> KeyOfAsync(string user) => Get<UserKeys>().OfAsync(Named(user), default);

    public async Task<IssuedSession> CreateAsync(NewSession? wanted = null) =>
        Value(await Creation.CreateAsync(wanted ?? new NewSession(), default));

    public Task<IssuedSession> CreateAsync(string user) => CreateAsync(new NewSession { User = Named(user) });

    public async Task<IReadOnlyList<IssuedSession>> CreateAsync(int count, NewSession wanted)
    {
        var sessions = new List<IssuedSession>();
        while (sessions.Count < count)
        {
            sessions.Add(await CreateAsync(wanted));
        }

        return sessions;
    }

    public Task<Result<Session>> ReadAsync(SessionToken token) => Holder.ReadAsync(token, slide: true, default);

    public async Task<bool> IsLetInAsync(SessionToken token) => (await Holder.ReadAsync(token, slide: false, default)).Refusal is null;

    public Task<Result<Session>> PatchAsync(SessionToken token, string patch) =>
        Data.ChangeAsync(token, VersionCondition.None, data => MergePatch.Apply(data, DataOf(patch)), default);

    public async Task<SessionToken> RotateAsync(SessionToken token) => Value(await Holder.RotateAsync(token, default)).Token;

    /// <summary>The first page, which is all that most users have.</summary>
    public async Task<IReadOnlyList<ListedSession>> ListAsync(string user) => (await Users.ListAsync(Named(user), after: null, default)).Sessions;

    /// <summary>Signs in as the operator does who holds no token.</summary>
    public Task<Result<IssuedSession>> SignInAsync(SessionId id, string user) =>
        SignIn.SignInAsync(id, SignInRights.ByOperator(id, new SignInAs(Named(user)), token: null), agent: null, default);

    /// <summary>Signs in with a ticket, from both ends.</summary>
    public async Task<Result<IssuedSession>> SignInAsync(SessionToken token, string user, string claims = "{}", bool? persistent = null)
    {
        var signInAs = new SignInAs(Named(user)) { Claims = DataOf(claims), Persistent = persistent };
        return await (await Tickets.IssueAsync(token.Id, signInAs, default)).ThenAsync(issued => RedeemAsync(token, issued.Code));
    }

    public async Task<string> TicketAsync(SessionId id, string user) =>
        Value(await Tickets.IssueAsync(id, new SignInAs(Named(user)), default)).Code;

    public Task<Result<IssuedSession>> RedeemAsync(SessionToken token, string code)
    {
        Assert.True(TicketCode.TryParse(code, out var ticket));
        return SignIn.SignInAsync(token.Id, SignInRights.ByTicket(token, ticket), agent: null, default);
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
        foreach (var shard in Shard.All(Shards))
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

    private T Get<T>()
        where T : notnull => _services.GetRequiredService<T>();
}
