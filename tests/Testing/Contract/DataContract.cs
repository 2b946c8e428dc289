using System.Text;
using Sessions;
using Sessions.Create;
using Sessions.Data;
using Sessions.Data.Patch;
using Sessions.Table;

using static SessionFunctions.Testing.SessionWorld;

namespace SessionFunctions.Testing.Contract;

/// <summary>What a holder keeps in a session, and that none of many writers at the same instant loses what another wrote.</summary>
public abstract class DataContract(Func<ITable> newTable) : ContractSuite(newTable)
{
    private const int Writers = 25;

    [Fact]
    public async Task Changes_count_versions_and_slides_do_not()
    {
        var world = NewWorld();
        var issued = await world.CreateAsync(new NewSession { Data = DataOf("""{"a":1,"b":{"c":2}}""") });
        world.Clock.Advance(TimeSpan.FromMinutes(5));
        var slid = Value(await world.ReadAsync(issued.Token));

        var patched = Value(await world.PatchAsync(issued.Token, """{"a":null,"b":{"d":3}}"""));

        Assert.True(slid.Lifetime.Expires > issued.Session.Lifetime.Expires);
        Assert.Equal((1, 2), (slid.Version, patched.Version));
        Assert.Equal("""{"b":{"c":2,"d":3}}""", Json(Value(await world.ReadAsync(issued.Token)).Data));
    }

    [Fact]
    public async Task A_change_meant_for_an_older_version_is_stale()
    {
        var world = NewWorld();
        var issued = await world.CreateAsync();
        await world.PatchAsync(issued.Token, """{"a":1}""");

        var stale = await world.Data.ChangeAsync(issued.Token, VersionCondition.OneOf([1]), _ => DataOf("{}"), default);
        var current = await world.Data.ChangeAsync(issued.Token, VersionCondition.OneOf([1, 2]), _ => DataOf("{}"), default);

        Assert.Equal(Refusal.Stale, stale.Refusal);
        Assert.Equal(3, Value(current).Version);
    }

    [Fact]
    public async Task Up_to_the_limit_it_is_kept_and_a_byte_more_is_refused()
    {
        var world = NewWorld(settings => settings.MaxDataBytes = 200_000);
        var noise = Convert.ToHexString(Enumerable.Range(0, 100_000).Select(i => (byte)((i * 7919) >> 3)).ToArray());
        var data = DataOf($$"""{"a":"{{noise[..(200_000 - 8)]}}"}""");
        Assert.Equal(200_000, data.Size);

        var issued = await world.CreateAsync(new NewSession { Data = data });
        Assert.Equal(Json(data), Json(Value(await world.ReadAsync(issued.Token)).Data));
        Assert.Equal(RefusalKind.TooLarge, (await world.PatchAsync(issued.Token, """{"b":1}""")).Refusal?.Kind);
        Assert.Equal(1, Value(await world.ReadAsync(issued.Token)).Version);
    }

    [Fact]
    public async Task Increments_at_the_same_instant_all_count_and_each_is_told_a_number_of_its_own()
    {
        var (world, issued) = await NewAsync("{}");
        var key = Key("hits");

        var sessions = await ChangeAtOnceAsync(world, issued, _ => data => Increment.One.Apply(data, key));

        Assert.Equal(Writers, sessions.Select(session => TextOf(session, key)).ToHashSet(StringComparer.Ordinal).Count);
        var read = Value(await world.ReadAsync(issued.Token));
        Assert.Equal(("25", 26), (TextOf(read, key), read.Version));
    }

    [Fact]
    public async Task Decimals_added_at_the_same_instant_do_not_drift()
    {
        var (world, issued) = await NewAsync("""{"sum":0.2}""");
        var tenth = Value(Increment.Parse(Value(DataValue.Parse("0.1"u8.ToArray()))));

        await ChangeAtOnceAsync(world, issued, _ => data => tenth.Apply(data, Key("sum")));

        Assert.Equal("2.7", TextOf(Value(await world.ReadAsync(issued.Token)), Key("sum")));
    }

    [Fact]
    public async Task Keys_written_at_the_same_instant_are_all_kept()
    {
        var (world, issued) = await NewAsync("{}");

        await ChangeAtOnceAsync(world, issued, i => i % 2 == 0
            ? data => data.With(Key($"key {i}"), Value(DataValue.Parse(Encoding.UTF8.GetBytes($"{i}"))))
            : data => MergePatch.Apply(data, DataOf($$"""{"key {{i}}":{{i}}}""")));

        var kept = Value(await world.ReadAsync(issued.Token)).Data.ToObject();
        Assert.Equal(
            Enumerable.Range(0, Writers).Select(i => ($"key {i}", i)).ToHashSet(),
            kept.Select(member => (member.Key, (int)member.Value!)).ToHashSet());
    }

    [Fact]
    public async Task Keys_deleted_and_patches_applied_at_the_same_instant_are_all_done()
    {
        var members = Enumerable.Range(0, Writers).Select(i => $"\"old {i}\":{i}");
        var (world, issued) = await NewAsync($$"""{"list":[],{{string.Join(',', members)}}}""");

        await ChangeAtOnceAsync(world, issued, i => i % 2 == 0
            ? data => data.Without(Key($"old {i}"))
            : Value(JsonPatch.Parse(Encoding.UTF8.GetBytes($$"""[{"op":"move","from":"/old {{i}}","path":"/list/-"}]"""))).Apply);

        var left = Value(await world.ReadAsync(issued.Token)).Data.ToObject();
        Assert.Equal("list", Assert.Single(left).Key);
        Assert.Equal(Enumerable.Range(0, Writers).Where(i => i % 2 == 1), left["list"]!.AsArray().Select(item => (int)item!).Order());
    }

    private async Task<(SessionWorld World, IssuedSession Issued)> NewAsync(string data)
    {
        var world = NewWorld();
        return (world, await world.CreateAsync(new NewSession { Data = DataOf(data) }));
    }

    private static Task<Session[]> ChangeAtOnceAsync(SessionWorld world, IssuedSession issued, Func<int, DataChange> change) =>
        AtOnceAsync(Writers, async i => Value(await world.Data.ChangeAsync(issued.Token, VersionCondition.None, change(i), default)));

    private static DataKey Key(string name) => Value(DataKey.Parse(name));

    private static string TextOf(Session session, DataKey key) => Encoding.UTF8.GetString(Value(session.Data.Find(key)).Utf8.Span);
}
