using Sessions;
using Sessions.Create;
using Sessions.Table;

using static SessionFunctions.Testing.SessionWorld;

namespace SessionFunctions.Testing.Contract;

/// <summary>What the operator can do, and create calls that are sent twice.</summary>
public abstract class OperatorContract
{
    private static readonly byte[] SomeContent = [1, 2, 3];

    protected abstract ITable NewTable();

    private SessionWorld NewWorld(Action<SessionOptions>? configure = null) => new(NewTable(), configure);

    [Fact]
    public async Task Claims_are_merged_and_count_as_a_version_and_not_as_a_use()
    {
        var world = NewWorld();
        var issued = await world.CreateAsync(new NewSession { Claims = DataOf("""{"a":1,"b":2}""") });
        world.Clock.Advance(TimeSpan.FromMinutes(10));

        var changed = Value(await world.Manager.PatchClaimsAsync(issued.Token.Id, VersionCondition.None, DataOf("""{"b":null,"c":3}"""), default));

        Assert.Equal(("""{"a":1,"c":3}""", 2, issued.Session.Lifetime.Expires), (Json(changed.Claims), changed.Version, changed.Lifetime.Expires));
        Assert.Equal(Refusal.Stale, (await world.Manager.PatchClaimsAsync(issued.Token.Id, VersionCondition.OneOf([1]), DataOf("{}"), default)).Refusal);
    }

    [Fact]
    public async Task Claims_over_their_limit_are_refused()
    {
        var world = NewWorld(o => o.MaxClaimsBytes = 20);
        var issued = await world.CreateAsync(new NewSession { Claims = DataOf("""{"a":"0123456789"}""") });

        Assert.Equal(RefusalKind.TooLarge, (await world.Manager.PatchClaimsAsync(issued.Token.Id, VersionCondition.None, DataOf("""{"b":1}"""), default)).Refusal?.Kind);
        Assert.Equal(RefusalKind.TooLarge, (await world.SignInAsync(issued.Token, "ada", """{"b":1}""")).Refusal?.Kind);
        Assert.True(await world.IsLetInAsync(issued.Token));
    }

    [Fact]
    public async Task An_unknown_session_is_missing_and_revoking_it_changes_nothing()
    {
        var world = NewWorld();
        var unknown = SessionId.New(Shard.Random(4));

        Assert.Equal(RefusalKind.Missing, (await world.Manager.FindAsync(unknown, default)).Refusal?.Kind);
        Assert.Equal(RefusalKind.Missing, (await world.Manager.PatchClaimsAsync(unknown, VersionCondition.None, DataOf("{}"), default)).Refusal?.Kind);
        Assert.Equal(RefusalKind.Missing, (await world.Manager.IssueTicketAsync(unknown, new SignInAs(Named("ada")), default)).Refusal?.Kind);
        await world.Manager.RevokeAsync(unknown, default);
    }

    [Fact]
    public async Task A_revoked_session_is_gone()
    {
        var world = NewWorld();
        var issued = await world.CreateAsync(new NewSession { User = Named("ada") });

        await world.Manager.RevokeAsync(issued.Token.Id, default);

        Assert.False(await world.IsLetInAsync(issued.Token));
        Assert.Empty(await world.RowsAsync());
    }

    [Fact]
    public async Task Ending_everything_ends_what_was_born_before_and_nothing_that_is_born_after()
    {
        var world = NewWorld();
        var anonymous = await world.CreateAsync();
        var bound = await world.CreateAsync(new NewSession { User = Named("ada") });
        world.Clock.Advance(TimeSpan.FromMilliseconds(1));

        await world.Manager.EndEverythingAsync(default);
        world.Clock.Advance(TimeSpan.FromMilliseconds(1));
        var after = await world.CreateAsync();

        Assert.False(await world.IsLetInAsync(anonymous.Token));
        Assert.False(await world.IsLetInAsync(bound.Token));
        Assert.Empty(await world.Manager.ListAsync(Named("ada"), default));
        Assert.True(await world.IsLetInAsync(after.Token));
    }

    [Fact]
    public async Task Another_instance_honours_the_end_of_everything_within_five_seconds_also_for_those_who_sign_in_meanwhile()
    {
        var table = NewTable();
        var clock = new TestClock();
        var (here, there) = (new SessionWorld(table, null, clock, clock), new SessionWorld(table, null, clock, clock));
        var (session, other) = (await here.CreateAsync(), await here.CreateAsync());
        Assert.True(await there.IsLetInAsync(session.Token));
        clock.Advance(TimeSpan.FromSeconds(1));

        await here.Manager.EndEverythingAsync(default);
        var escaped = Value(await there.SignInAsync(other.Token.Id, "ada"));
        clock.Advance(TimeSpan.FromSeconds(4));

        Assert.False(await there.IsLetInAsync(session.Token));
        Assert.False(await there.IsLetInAsync(escaped.Token));
    }

    [Fact]
    public async Task A_create_call_sent_twice_makes_one_session_and_is_answered_alike()
    {
        var world = NewWorld();
        var wanted = new NewSession { Data = DataOf("""{"a":1}""") };

        var first = Value(await world.Factory.CreateOnceAsync(wanted, Key(), SomeContent, default));
        await world.PatchAsync(first.Token, """{"b":2}""");
        world.Clock.Advance(TimeSpan.FromMinutes(1));
        var second = Value(await world.Factory.CreateOnceAsync(wanted, Key(), SomeContent, default));

        Assert.Equal(first.Token.Reveal(), second.Token.Reveal());
        Assert.Equal((first.Session.Lifetime, first.Session.Version, "{\"a\":1}"), (second.Session.Lifetime, second.Session.Version, Json(second.Session.Data)));
        Assert.Equal(4, (await world.RowsAsync()).Count);
    }

    [Fact]
    public async Task A_key_used_for_another_content_is_refused()
    {
        var world = NewWorld();
        await world.Factory.CreateOnceAsync(new NewSession(), Key(), SomeContent, default);

        Assert.Equal(RefusalKind.NotAllowed, (await world.Factory.CreateOnceAsync(new NewSession(), Key(), [9], default)).Refusal?.Kind);
        Assert.Null((await world.Factory.CreateOnceAsync(new NewSession(), Key("another-key-that-is-long-enough"), [9], default)).Refusal);
    }

    [Fact]
    public async Task Create_calls_sent_at_the_same_instant_with_one_key_make_one_session()
    {
        var world = NewWorld();

        var results = await AtOnceAsync(8, _ => world.Factory.CreateOnceAsync(new NewSession(), Key(), SomeContent, default));

        Assert.Single(results.Select(result => Value(result).Token.Reveal()).Distinct());
        Assert.Equal(4, (await world.RowsAsync()).Count);
    }

    [Fact]
    public async Task A_key_is_forgotten_after_a_day_and_never_shows_the_token_without_the_key()
    {
        var world = NewWorld();
        var first = Value(await world.Factory.CreateOnceAsync(new NewSession { Persistent = true }, Key(), SomeContent, default));
        var columns = (await world.RowsAsync()).SelectMany(row => row.Columns.Values).Select(value => value is byte[] bytes ? Convert.ToBase64String(bytes) : value.ToString());
        var secret = first.Token.Reveal()[(SessionId.Length + 1)..];
        Assert.DoesNotContain(columns, column => column!.Contains(secret, StringComparison.Ordinal));

        world.Clock.Advance(TimeSpan.FromHours(24));
        await world.CleanupRun.RunAsync(default);
        var second = Value(await world.Factory.CreateOnceAsync(new NewSession(), Key(), SomeContent, default));

        Assert.NotEqual(first.Token.Id, second.Token.Id);
    }

    [Fact]
    public async Task A_token_is_rotated_by_itself_when_old_enough_and_once_only_while_the_answer_is_on_its_way()
    {
        var world = NewWorld(o => o.RotateAfter = TimeSpan.FromMinutes(5));
        var token = (await world.CreateAsync()).Token;
        Assert.Null(Value(await world.Sessions.ReadAndRotateAsync(token, slide: true, default)).Rotated);

        world.Clock.Advance(TimeSpan.FromMinutes(5));
        var next = Value(await world.Sessions.ReadAndRotateAsync(token, slide: true, default)).Rotated;
        Assert.NotNull(next);
        Assert.Null(Value(await world.Sessions.ReadAndRotateAsync(token, slide: true, default)).Rotated);
        Assert.Null(Value(await world.Sessions.ReadAndRotateAsync(next, slide: true, default)).Rotated);

        Assert.True(await world.IsLetInAsync(next));
        Assert.True(await world.IsLetInAsync(token));
    }

    private static IdempotencyKey Key(string text = "8e03978e-40d5-43dd-bc93-6894a57f9324")
    {
        Assert.True(IdempotencyKey.TryParse(text, out var key));
        return key;
    }
}
