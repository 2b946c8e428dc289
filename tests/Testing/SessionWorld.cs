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

    public SessionWorld(ITable table, Action<SessionOptions>? configure = null, TestClock? clock = null)
    {
        // Azurite looks at every row for each range read, so tests keep to few shards.
        Settings = new SessionOptions { Shards = 4, EncryptionKeys = TestKey };
        configure?.Invoke(Settings);
        Clock = clock ?? new TestClock();
        Table = table;
        var options = Options.Create(Settings);
        Assert.True(KeyRing.TryParse(Settings.EncryptionKeys, out var ring, out _));
        Store = new SessionStore(table, new SessionRow(new PayloadCodec(ring)));
        Sessions = new SessionService(Store, options, Clock, NullLogger<SessionService>.Instance);
        Sweeper = new Sweeper(table, options, Clock, NullLogger<Sweeper>.Instance);
    }

    public SessionOptions Settings { get; }

    public TestClock Clock { get; }

    public ITable Table { get; }

    public SessionStore Store { get; }

    public SessionService Sessions { get; }

    public Sweeper Sweeper { get; }

    public static SessionData Data(string json) => Value(SessionData.Parse(Encoding.UTF8.GetBytes(json)));

    public static string Json(SessionData data) => Encoding.UTF8.GetString(data.Utf8);

    public static T Value<T>(Result<T> result) =>
        result.Succeeded(out var value, out var refusal) ? value : throw new InvalidOperationException($"Refused: {refusal}");

    public async Task<IssuedSession> CreateAsync(NewSession? wanted = null) => Value(await Sessions.CreateAsync(wanted ?? new NewSession(), default));

    public Task<Result<Session>> ReadAsync(SessionToken token) => Sessions.ReadAsync(token, slide: true, default);

    public async Task<bool> IsLetInAsync(SessionToken token) => (await Sessions.ReadAsync(token, slide: false, default)).Refusal is null;

    public Task<Result<Session>> PatchAsync(SessionToken token, string patch) =>
        Sessions.ChangeDataAsync(token, VersionCondition.None, data => MergePatch.Apply(data, Data(patch)), default);

    public async Task<SessionToken> RotateAsync(SessionToken token) => Value(await Sessions.RotateAsync(token, default)).Token;

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
