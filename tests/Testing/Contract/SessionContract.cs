using Sessions;
using Sessions.Create;
using Sessions.Table;

using static SessionFunctions.Testing.SessionWorld;

namespace SessionFunctions.Testing.Contract;

/// <summary>What a session does from create to sweep, on every table.</summary>
public abstract class SessionContract
{
    protected abstract ITable NewTable();

    private SessionWorld NewWorld(Action<SessionOptions>? configure = null) => new(NewTable(), configure);

    [Fact]
    public async Task A_session_is_read_as_it_was_created()
    {
        var world = NewWorld();
        var issued = await world.CreateAsync(new NewSession { Data = DataOf("""{"cart":["tea","grün","🦊"]}"""), Persistent = true });

        var read = Value(await world.ReadAsync(issued.Token));

        Assert.Equal(issued.Session with { Data = read.Data, Claims = read.Claims, Secrets = read.Secrets }, read);
        Assert.Equal("""{"cart":["tea","grün","🦊"]}""", Json(read.Data));
    }

    [Fact]
    public async Task Only_the_right_secret_opens_a_session()
    {
        var world = NewWorld();
        var (mine, other) = (await world.CreateAsync(), await world.CreateAsync());
        var secretOfOther = other.Token.Reveal()[SessionId.Length..];
        Assert.True(SessionToken.TryParse(mine.Token.Id + secretOfOther, out var mixed));

        Assert.Equal(Refusal.NotAuthenticated, (await world.ReadAsync(mixed)).Refusal);
        Assert.Equal(Refusal.NotAuthenticated, (await world.ReadAsync(SessionToken.New(mine.Token.Id))).Refusal);
        Assert.Equal(Refusal.NotAuthenticated, (await world.ReadAsync(SessionToken.New(SessionId.New(mine.Token.Id.Shard)))).Refusal);
        Assert.True(await world.IsLetInAsync(mine.Token));
    }

    [Fact]
    public async Task An_unused_session_ends_after_its_idle_timeout_and_not_before()
    {
        var world = NewWorld(o => o.SlideGranularity = 0.1);
        var issued = await world.CreateAsync(new NewSession { IdleTimeout = TimeSpan.FromSeconds(100) });

        world.Clock.Advance(TimeSpan.FromSeconds(100));
        Assert.True(await world.IsLetInAsync(issued.Token));
        world.Clock.Advance(TimeSpan.FromSeconds(10));
        Assert.False(await world.IsLetInAsync(issued.Token));
    }

    [Fact]
    public async Task A_use_that_is_not_written_down_yet_still_counts()
    {
        var world = NewWorld(o => o.SlideGranularity = 0.1);
        var issued = await world.CreateAsync(new NewSession { IdleTimeout = TimeSpan.FromSeconds(100) });

        world.Clock.Advance(TimeSpan.FromSeconds(9));
        Assert.Equal(issued.Session.Lifetime.Expires, Value(await world.ReadAsync(issued.Token)).Lifetime.Expires);
        world.Clock.Advance(TimeSpan.FromSeconds(100));

        Assert.True(await world.IsLetInAsync(issued.Token));
    }

    [Fact]
    public async Task A_look_that_does_not_touch_keeps_nothing_alive()
    {
        var world = NewWorld();
        var issued = await world.CreateAsync(new NewSession { IdleTimeout = TimeSpan.FromSeconds(100) });
        for (var i = 0; i < 11; i++)
        {
            Assert.True(await world.IsLetInAsync(issued.Token));
            world.Clock.Advance(TimeSpan.FromSeconds(10));
        }

        Assert.False(await world.IsLetInAsync(issued.Token));
    }

    [Fact]
    public async Task A_session_in_steady_use_ends_at_its_absolute_lifetime()
    {
        var world = NewWorld();
        var issued = await world.CreateAsync(new NewSession { IdleTimeout = TimeSpan.FromMinutes(10), Lifetime = TimeSpan.FromHours(1) });
        for (var minute = 5; minute < 60; minute += 5)
        {
            world.Clock.Advance(TimeSpan.FromMinutes(5));
            Assert.Null((await world.ReadAsync(issued.Token)).Refusal);
        }

        world.Clock.Advance(TimeSpan.FromMinutes(5));
        Assert.Equal(Refusal.NotAuthenticated, (await world.ReadAsync(issued.Token)).Refusal);
    }

    [Fact]
    public async Task A_create_call_may_shorten_the_times_and_never_exceed_them()
    {
        var world = NewWorld();
        var max = world.Settings;

        Assert.Equal(RefusalKind.NotAllowed, await Refused(new() { IdleTimeout = max.IdleTimeout + TimeSpan.FromSeconds(1) }));
        Assert.Equal(RefusalKind.NotAllowed, await Refused(new() { Lifetime = max.AbsoluteLifetime + TimeSpan.FromSeconds(1) }));
        Assert.Equal(RefusalKind.NotAllowed, await Refused(new() { IdleTimeout = TimeSpan.FromMilliseconds(999) }));
        Assert.Null(await Refused(new() { IdleTimeout = max.IdleTimeout, Lifetime = max.AbsoluteLifetime }));
        Assert.Null(await Refused(new() { Persistent = true, IdleTimeout = max.PersistentIdleTimeout }));

        async Task<RefusalKind?> Refused(NewSession wanted) => (await world.Factory.CreateAsync(wanted, default)).Refusal?.Kind;
    }

    [Fact]
    public async Task Data_changes_count_versions_and_slides_do_not()
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

        var stale = await world.Sessions.ChangeDataAsync(issued.Token, VersionCondition.OneOf([1]), _ => DataOf("{}"), default);
        var current = await world.Sessions.ChangeDataAsync(issued.Token, VersionCondition.OneOf([1, 2]), _ => DataOf("{}"), default);

        Assert.Equal(Refusal.Stale, stale.Refusal);
        Assert.Equal(3, Value(current).Version);
    }

    [Fact]
    public async Task Data_up_to_the_limit_is_kept_and_a_byte_more_is_refused()
    {
        var world = NewWorld(o => o.MaxDataBytes = 200_000);
        var noise = Convert.ToHexString(Enumerable.Range(0, 100_000).Select(i => (byte)((i * 7919) >> 3)).ToArray());
        var data = DataOf($$"""{"a":"{{noise[..(200_000 - 8)]}}"}""");
        Assert.Equal(200_000, data.Size);

        var issued = await world.CreateAsync(new NewSession { Data = data });
        Assert.Equal(Json(data), Json(Value(await world.ReadAsync(issued.Token)).Data));
        Assert.Equal(RefusalKind.TooLarge, (await world.PatchAsync(issued.Token, """{"b":1}""")).Refusal?.Kind);
        Assert.Equal(1, Value(await world.ReadAsync(issued.Token)).Version);
    }

    [Fact]
    public async Task Data_that_would_make_a_row_too_large_is_refused_before_it_is_sent()
    {
        var world = NewWorld(o => o.MaxDataBytes = 4_000_000);
        var random = new Random(1);
        var noise = new byte[1_000_000];
        random.NextBytes(noise);

        var result = await world.Factory.CreateAsync(new NewSession { Data = DataOf($$"""{"a":"{{Convert.ToBase64String(noise)}}"}""") }, default);

        Assert.Equal(RefusalKind.TooLarge, result.Refusal?.Kind);
    }

    [Fact]
    public async Task After_a_rotation_both_tokens_work_until_the_new_one_is_used()
    {
        var world = NewWorld();
        var old = (await world.CreateAsync()).Token;
        var pending = await world.RotateAsync(old);
        world.Clock.Advance(TimeSpan.FromMinutes(10));
        Assert.True(await world.IsLetInAsync(old));

        Assert.True(await world.IsLetInAsync(pending));

        world.Clock.Advance(TimeSpan.FromSeconds(29));
        Assert.True(await world.IsLetInAsync(old));
        Assert.True(await world.IsLetInAsync(pending));
    }

    [Fact]
    public async Task An_old_token_used_after_the_grace_period_revokes_the_session()
    {
        var world = NewWorld();
        var old = (await world.CreateAsync()).Token;
        var next = await world.RotateAsync(old);
        Assert.True(await world.IsLetInAsync(next));
        world.Clock.Advance(TimeSpan.FromSeconds(30));

        Assert.False(await world.IsLetInAsync(old));

        Assert.False(await world.IsLetInAsync(next));
        Assert.Empty(await world.RowsAsync());
    }

    [Fact]
    public async Task A_rotation_asked_for_again_replaces_the_one_that_was_not_used()
    {
        var world = NewWorld();
        var old = (await world.CreateAsync()).Token;
        var lost = await world.RotateAsync(old);
        var next = await world.RotateAsync(old);

        Assert.False(await world.IsLetInAsync(lost));
        Assert.True(await world.IsLetInAsync(next));
    }

    [Fact]
    public async Task Only_the_immediate_predecessor_is_remembered_and_an_older_token_just_is_not_valid()
    {
        var world = NewWorld();
        var first = (await world.CreateAsync()).Token;
        var second = await world.RotateAsync(first);
        var third = await world.RotateAsync(second);
        Assert.True(await world.IsLetInAsync(third));
        world.Clock.Advance(TimeSpan.FromMinutes(5));

        Assert.False(await world.IsLetInAsync(first));
        Assert.True(await world.IsLetInAsync(third));
    }

    [Fact]
    public async Task A_session_that_was_ended_is_gone_for_good_and_ending_it_again_changes_nothing()
    {
        var world = NewWorld();
        var issued = await world.CreateAsync();

        await world.Sessions.EndAsync(issued.Token, default);
        await world.Sessions.EndAsync(issued.Token, default);

        Assert.Equal(Refusal.NotAuthenticated, (await world.ReadAsync(issued.Token)).Refusal);
        Assert.Equal(Refusal.NotAuthenticated, (await world.PatchAsync(issued.Token, "{}")).Refusal);
        Assert.Empty(await world.RowsAsync());
    }

    [Fact]
    public async Task A_wrong_secret_ends_nothing()
    {
        var world = NewWorld();
        var issued = await world.CreateAsync();

        await world.Sessions.EndAsync(SessionToken.New(issued.Token.Id), default);

        Assert.True(await world.IsLetInAsync(issued.Token));
    }

    [Fact]
    public async Task Twenty_five_changes_at_the_same_instant_are_all_kept()
    {
        var world = NewWorld();
        var issued = await world.CreateAsync();

        var changes = await AtOnceAsync(25, i => world.PatchAsync(issued.Token, $$"""{"key{{i}}":{{i}}}"""));

        Assert.All(changes, change => Assert.Null(change.Refusal));
        var read = Value(await world.ReadAsync(issued.Token));
        Assert.Equal(26, read.Version);
        Assert.Equal(25, read.Data.ToObject().Count);
    }

    [Fact]
    public async Task A_payload_moved_to_another_session_or_column_does_not_open()
    {
        var world = NewWorld();
        var issued = await world.CreateAsync(new NewSession { Data = DataOf("""{"role":"admin"}""") });
        var (shard, key) = (issued.Token.Id.Shard.ToString(), $"s:{issued.Token.Id}");
        var row = (await world.Table.FindAsync(shard, key, default))!;

        await world.Table.SubmitAsync(
            new RowBatch(shard).Merge(key, new Dictionary<string, object> { ["claims0"] = row.Bytes("data0")! }, null), default);

        Assert.Equal(Refusal.NotAuthenticated, (await world.ReadAsync(issued.Token)).Refusal);
    }

    [Fact]
    public async Task A_new_first_key_logs_nobody_out()
    {
        var table = NewTable();
        var issued = await new SessionWorld(table).CreateAsync(new NewSession { Data = DataOf("""{"a":1}""") });

        var rekeyed = new SessionWorld(table, o => o.EncryptionKeys = "k2:AQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQE=;" + TestKey);
        await rekeyed.PatchAsync(issued.Token, """{"b":2}""");
        var newKeyOnly = new SessionWorld(table, o => o.EncryptionKeys = "k2:AQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQE=");

        Assert.Equal("""{"a":1,"b":2}""", Json(Value(await newKeyOnly.ReadAsync(issued.Token)).Data));
    }
}
