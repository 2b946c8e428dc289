using System.Text;
using Sessions;
using Sessions.Create;
using Sessions.Data;
using Sessions.Data.Patch;
using Sessions.Table;

using static SessionFunctions.Testing.SessionWorld;

namespace SessionFunctions.Testing.Contract;

/// <summary>Many writers of one session's data at the same instant: none loses what another wrote, on every table.</summary>
public abstract class DataContract
{
    private const int Writers = 25;

    protected abstract ITable NewTable();

    [Fact]
    public async Task Twenty_five_increments_at_the_same_instant_count_twenty_five()
    {
        var world = new SessionWorld(NewTable());
        var issued = await world.CreateAsync();
        var key = Key("hits");

        var sessions = await AtOnceAsync(_ => ChangeAsync(world, issued, data => Increment.Apply(data, key, ExactDecimal.One)));

        var answers = sessions.Select(session => TextOf(session, key)).ToHashSet(StringComparer.Ordinal);
        Assert.Equal(Writers, answers.Count); // each writer was told a number of its own
        Assert.Equal("25", TextOf(Value(await world.ReadAsync(issued.Token)), key));
    }

    [Fact]
    public async Task Decimals_added_at_the_same_instant_do_not_drift()
    {
        var world = new SessionWorld(NewTable());
        var issued = await world.CreateAsync(new NewSession { Data = DataOf("""{"sum":0.2}""") });
        var key = Key("sum");
        var tenth = Value(ExactDecimal.Parse(Value(DataValue.Parse("0.1"u8.ToArray())), "by"));

        await AtOnceAsync(_ => ChangeAsync(world, issued, data => Increment.Apply(data, key, tenth)));

        Assert.Equal("2.7", TextOf(Value(await world.ReadAsync(issued.Token)), key));
    }

    [Fact]
    public async Task Keys_written_at_the_same_instant_are_all_kept()
    {
        var world = new SessionWorld(NewTable());
        var issued = await world.CreateAsync();

        await AtOnceAsync(i => ChangeAsync(world, issued, data => data.With(Key($"key {i}"), Value(DataValue.Parse(Encoding.UTF8.GetBytes($"{i}"))))));

        var kept = Value(await world.ReadAsync(issued.Token)).Data.ToObject();
        Assert.Equal(Enumerable.Range(0, Writers).Select(i => ($"key {i}", i)).ToHashSet(), kept.Select(member => (member.Key, (int)member.Value!)).ToHashSet());
    }

    [Fact]
    public async Task Keys_deleted_and_patches_applied_at_the_same_instant_are_all_done()
    {
        var world = new SessionWorld(NewTable());
        var members = Enumerable.Range(0, Writers).Select(i => $"\"old {i}\":{i}");
        var issued = await world.CreateAsync(new NewSession { Data = DataOf($$"""{"list":[],{{string.Join(',', members)}}}""") });

        await AtOnceAsync(i => ChangeAsync(world, issued, i % 2 == 0
            ? data => data.Without(Key($"old {i}"))
            : Value(JsonPatch.Parse(Encoding.UTF8.GetBytes($$"""[{"op":"move","from":"/old {{i}}","path":"/list/-"}]"""))).Apply));

        var left = Value(await world.ReadAsync(issued.Token)).Data.ToObject();
        Assert.Equal("list", Assert.Single(left).Key);
        Assert.Equal(Enumerable.Range(0, Writers).Where(i => i % 2 == 1), left["list"]!.AsArray().Select(item => (int)item!).Order());
    }

    private static Task<Session[]> AtOnceAsync(Func<int, Task<Session>> write)
    {
        var barrier = new Barrier(Writers);
        return Task.WhenAll(Enumerable.Range(0, Writers).Select(i => Task.Factory.StartNew(
            () =>
            {
                barrier.SignalAndWait();
                return write(i);
            },
            TaskCreationOptions.LongRunning).Unwrap()));
    }

    private static async Task<Session> ChangeAsync(SessionWorld world, IssuedSession issued, Func<SessionData, Result<SessionData>> change) =>
        Value(await world.Sessions.ChangeDataAsync(issued.Token, VersionCondition.None, change, default));

    private static DataKey Key(string name) => Value(DataKey.Parse(name));

    private static string TextOf(Session session, DataKey key) => Encoding.UTF8.GetString(Value(session.Data.Find(key)).Utf8.Span);
}
