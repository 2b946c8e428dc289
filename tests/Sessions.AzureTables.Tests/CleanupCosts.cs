using SessionFunctions.Testing;
using Sessions.Cleanup;
using Sessions.Rows;
using Sessions.Table;

namespace Sessions.AzureTables.Tests;

/// <summary>A cleanup costs what it removes, whatever else is in the table.</summary>
public sealed class CleanupCosts
{
    /// <summary>How many have expired in each shard: none, few, just one batch, and more.</summary>
    private static readonly int[] Expired = [0, 15, 50, 135];

    private readonly RequestCounter _requests = new();

    /// <summary>A range read for each 1,000 due in a shard, and one where none is; a batch for each 100 rows, so 50 sessions.</summary>
    private static int Formula => Expired.Sum(due => Math.Max(1, Pages(due, 1000)) + Pages(due * 2, 100));

    [Theory]
    [InlineData(50)]
    [InlineData(2000)]
    public async Task Two_hundred_expired_cost_the_same_among_50_live_ones_and_among_2000(int live)
    {
        Assert.Equal((200, 9), (Expired.Sum(), Formula));
        var world = new SessionWorld(
            AzuriteTable.New(_requests.Options()), settings => (settings.Shards, settings.EncryptionKeys) = (Expired.Length, null));
        await InsertAsync(world, [.. Expired.SelectMany((count, shard) => Many(world, shard, count, from: 0, TimeSpan.FromSeconds(10)))]);
        await InsertAsync(world, [.. Expired.SelectMany((_, at) => Many(world, at, LiveIn(at), from: 1000, TimeSpan.FromMinutes(20)))]);
        world.Clock.Advance(TimeSpan.FromSeconds(11));

        var report = new CleanupReport();
        var requests = await _requests.CountAsync(async () => report = await world.Cleanup.RunAsync(default));

        Assert.Equal(new CleanupReport { Deleted = 200, Shards = Expired.Length, Complete = true }, report);
        Assert.Equal(Formula, requests);
        Assert.Equal(live, await CountSessionsAsync(world));

        int LiveIn(int shard) => (live / Expired.Length) + (shard < live % Expired.Length ? 1 : 0);
    }

    [Fact]
    public async Task With_nothing_due_it_is_one_request_a_shard()
    {
        var world = new SessionWorld(AzuriteTable.New(_requests.Options()), settings => settings.Shards = 4);
        await world.CreateAsync();

        Assert.Equal(4, await _requests.CountAsync(() => world.Cleanup.RunAsync(default)));
    }

    /// <summary>Sessions whose ids are the same in every run.</summary>
    private static IEnumerable<Session> Many(SessionWorld world, int shard, int count, int from, TimeSpan idleTimeout) =>
        Enumerable.Range(from, count).Select(number => new Session
        {
            Id = SessionId.From(Shard.All(Expired.Length).ElementAt(shard), [.. BitConverter.GetBytes(number), .. new byte[12]]),
            Secrets = new Secrets(SecretHash.Of(BitConverter.GetBytes(number)), world.Clock.GetUtcNow()),
            Lifetime = Lifetime.Start(world.Clock.GetUtcNow(), idleTimeout, TimeSpan.FromHours(8), 0.1),
        });

    /// <summary>As the domain does it, but 50 in a batch.</summary>
    private static async Task InsertAsync(SessionWorld world, IReadOnlyList<Session> sessions)
    {
        var rows = new SessionRow(new PayloadCodec(KeyRing.Empty), new SizeOptions());
        foreach (var chunk in sessions.GroupBy(each => each.Id.Shard).SelectMany(shard => shard.Chunk(TableLimits.BatchOperations / 2)))
        {
            var batch = new RowBatch(chunk[0].Id.Shard.ToString());
            foreach (var session in chunk)
            {
                batch.Insert(RowKeys.Session(session.Id), rows.Encode(session, WriteLog.Empty)!);
                SessionIndexes.Add(batch, session, reserved: false);
            }

            Assert.Null((await world.Table.SubmitAsync(batch, default)).Conflict);
        }
    }

    private static async Task<int> CountSessionsAsync(SessionWorld world)
    {
        var count = 0;
        foreach (var shard in Shard.All(world.Shards))
        {
            await foreach (var page in world.Table.RangeAsync(new RowRange(shard.ToString(), "s:", "s;", []), default))
            {
                count += page.Count;
            }
        }

        return count;
    }

    private static int Pages(int things, int each) => (things + each - 1) / each;
}
