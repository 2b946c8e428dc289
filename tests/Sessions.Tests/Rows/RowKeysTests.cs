using SessionFunctions.Testing;
using Sessions.Create;
using Sessions.Table;

namespace Sessions.Tests.Rows;

/// <summary>The keys that a session's rows have in the table, which every later version must still find.</summary>
public sealed class RowKeysTests
{
    private static readonly NewSession Minute = new() { IdleTimeout = TimeSpan.FromMinutes(1) };

    [Fact]
    public async Task A_session_has_one_row_by_its_id_and_one_by_its_expiry()
    {
        var world = WorldAt(new DateTimeOffset(2031, 2, 3, 4, 5, 6, 7, TimeSpan.Zero));
        var issued = await world.CreateAsync(Minute);

        var rows = await world.RowsAsync();

        Assert.Equal([$"s:{issued.Token.Id}", $"x:20310203040606007:{issued.Token.Id}"], rows.Select(row => row.Key));
        Assert.All(rows, row => Assert.Equal(issued.Token.Id.Shard.ToString(), row.Partition));
    }

    [Fact]
    public async Task A_time_in_another_zone_is_written_in_UTC()
    {
        var world = WorldAt(new DateTimeOffset(2031, 1, 1, 1, 0, 0, TimeSpan.FromHours(2)));
        await world.CreateAsync(Minute);

        Assert.StartsWith("x:20301231230100000:", (await world.RowsAsync())[1].Key, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_moment_below_a_millisecond_is_left_out_so_that_row_and_key_agree()
    {
        var world = WorldAt(new DateTimeOffset(2031, 1, 1, 0, 0, 0, TimeSpan.Zero).AddTicks(12_345_678));
        var issued = await world.CreateAsync(Minute);

        Assert.StartsWith("x:20310101000101234:", (await world.RowsAsync())[1].Key, StringComparison.Ordinal);
        Assert.Equal(0, issued.Session.Lifetime.Expires.Ticks % TimeSpan.TicksPerMillisecond);
    }

    [Fact]
    public async Task Index_rows_sort_as_their_times_do()
    {
        var world = WorldAt(new DateTimeOffset(2030, 12, 31, 23, 58, 59, 999, TimeSpan.Zero));
        foreach (var seconds in (int[])[3600, 59, 60, 61, 1, 900])
        {
            await world.CreateAsync(new NewSession { Persistent = true, IdleTimeout = TimeSpan.FromSeconds(seconds) });
        }

        var keys = (await world.RowsAsync()).Select(row => row.Key).Where(key => key[0] == 'x').ToList();

        Assert.Equal(
            ["20301231235900999", "20301231235958999", "20301231235959999", "20310101000000999", "20310101001359999", "20310101005859999"],
            keys.Select(key => key.Split(':')[1]));
    }

    [Fact]
    public async Task A_row_is_due_from_the_millisecond_it_names()
    {
        var world = WorldAt(new DateTimeOffset(2030, 12, 31, 23, 59, 0, TimeSpan.Zero));
        await world.CreateAsync(Minute);

        world.Clock.Advance(TimeSpan.FromMinutes(1) - TimeSpan.FromMilliseconds(1));
        Assert.Equal(0, (await world.CleanupRun.RunAsync(default)).Swept);
        world.Clock.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Equal(1, (await world.CleanupRun.RunAsync(default)).Swept);
    }

    [Fact]
    public async Task A_row_of_another_shards_session_is_left_alone()
    {
        var world = WorldAt(new DateTimeOffset(2031, 1, 1, 0, 0, 0, TimeSpan.Zero));
        await world.Table.SubmitAsync(
            new RowBatch("00").Insert($"x:20200101000000000:01{new string('a', 26)}", new Dictionary<string, object>(StringComparer.Ordinal)), default);

        Assert.Equal((0, 1), await Swept(world));

        static async Task<(int, int)> Swept(SessionWorld world)
        {
            var report = await world.CleanupRun.RunAsync(default);
            return (report.Swept, report.Unknown);
        }
    }

    private static SessionWorld WorldAt(DateTimeOffset start) =>
        new(new MemoryTable(), o => (o.Shards, o.SlideGranularity) = (1, 0), new TestClock(start));
}
