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
    public async Task A_users_session_has_one_more_in_the_users_list_and_a_limit_its_row_and_the_expiry_of_that()
    {
        var world = new SessionWorld(new MemoryTable(), settings => (settings.Shards, settings.MaxPerUser) = (1, 5));
        var id = (await world.CreateAsync("ada")).Token.Id;
        var user = await world.KeyOfAsync("ada");

        Assert.Equal(
            [$"l:{user}", $"s:{id}", $"u:{user}:{id}", $"x:20300101002200000:{id}", $"x:20300101080000000:l:{user}"],
            (await world.RowsAsync()).Select(row => row.Key));
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
        Assert.Equal(0, (await world.Cleanup.RunAsync(default)).Deleted);
        world.Clock.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Equal(1, (await world.Cleanup.RunAsync(default)).Deleted);
    }

    private static SessionWorld WorldAt(DateTimeOffset start) =>
        new(new MemoryTable(), settings => (settings.Shards, settings.SlideGranularity) = (1, 0), new TestClock(start));
}
