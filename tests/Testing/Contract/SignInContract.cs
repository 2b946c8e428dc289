using Sessions;
using Sessions.Create;
using Sessions.Table;

using static SessionFunctions.Testing.SessionWorld;

namespace SessionFunctions.Testing.Contract;

/// <summary>Signing in: a new session of the user's, and the old one dead.</summary>
public abstract class SignInContract(Func<ITable> newTable) : ContractSuite(newTable)
{
    [Fact]
    public async Task It_makes_a_new_session_with_the_same_data_and_kills_the_old_token()
    {
        var world = NewWorld();
        var old = await world.CreateAsync(new NewSession { Data = DataOf("""{"cart":["tea"]}"""), Claims = DataOf("""{"kept":1}""") });

        var signedIn = Value(await world.SignInAsync(old.Token, "ada", """{"role":"admin"}"""));

        Assert.NotEqual(old.Token.Id, signedIn.Token.Id);
        Assert.Equal(Shard.Of(await world.KeyOfAsync("ada"), world.Shards), signedIn.Token.Id.Shard);
        Assert.False(await world.IsLetInAsync(old.Token));
        var read = Value(await world.ReadAsync(signedIn.Token));
        Assert.Equal(
            ("ada", """{"cart":["tea"]}""", """{"kept":1,"role":"admin"}"""), (read.User?.Name, Json(read.Data), Json(read.Claims)));

        world.Clock.Advance(TimeSpan.FromSeconds(60));
        await world.Cleanup.RunAsync(default); // what is left of the old one is due
        Assert.Equal(3, (await world.RowsAsync()).Count);
    }

    [Fact]
    public async Task A_ticket_works_once_and_soon_and_only_for_its_own_session()
    {
        var world = NewWorld();
        var (mine, other) = (await world.CreateAsync(), await world.CreateAsync());
        var code = await world.TicketAsync(mine.Token.Id, "ada");

        Assert.Equal(RefusalKind.NotAllowed, (await world.RedeemAsync(other.Token, code)).Refusal?.Kind);
        Assert.Equal(RefusalKind.NotAuthenticated, (await world.RedeemAsync(SessionToken.New(mine.Token.Id), code)).Refusal?.Kind);
        var signedIn = Value(await world.RedeemAsync(mine.Token, code));
        Assert.Equal(RefusalKind.NotAllowed, (await world.RedeemAsync(signedIn.Token, code)).Refusal?.Kind);
        world.Clock.Advance(TimeSpan.FromSeconds(60)); // until then it would be the same call made again
        Assert.Equal(RefusalKind.NotAuthenticated, (await world.RedeemAsync(mine.Token, code)).Refusal?.Kind);

        var late = await world.TicketAsync(other.Token.Id, "ada");
        world.Clock.Advance(TimeSpan.FromSeconds(60));
        Assert.Equal(RefusalKind.NotAllowed, (await world.RedeemAsync(other.Token, late)).Refusal?.Kind);
        Assert.True(await world.IsLetInAsync(other.Token));
    }

    [Fact]
    public async Task A_second_ticket_takes_the_place_of_the_first()
    {
        var world = NewWorld();
        var session = await world.CreateAsync();
        var first = await world.TicketAsync(session.Token.Id, "ada");
        var second = await world.TicketAsync(session.Token.Id, "bob");

        Assert.Equal(RefusalKind.NotAllowed, (await world.RedeemAsync(session.Token, first)).Refusal?.Kind);
        Assert.Equal("bob", Value(await world.RedeemAsync(session.Token, second)).Session.User?.Name);
    }

    [Fact]
    public async Task To_be_remembered_takes_the_longer_times()
    {
        var world = NewWorld();
        var session = await world.CreateAsync();

        var signedIn = Value(await world.SignInAsync(session.Token, "ada", persistent: true));

        Assert.True(signedIn.Session.Persistent);
        Assert.Equal(world.Clock.GetUtcNow() + world.Lifetimes.PersistentLifetime, signedIn.Session.Lifetime.Ends);
    }

    [Fact]
    public async Task Claims_over_their_limit_are_refused_and_the_session_stays_what_it_was()
    {
        var world = NewWorld(settings => settings.MaxClaimsBytes = 20);
        var issued = await world.CreateAsync(new NewSession { Claims = DataOf("""{"a":"0123456789"}""") });

        Assert.Equal(RefusalKind.TooLarge, (await world.SignInAsync(issued.Token, "ada", """{"b":1}""")).Refusal?.Kind);

        Assert.True(await world.IsLetInAsync(issued.Token));
    }

    [Fact]
    public async Task Done_again_it_moves_on_from_the_session_that_is_signed_in()
    {
        var world = NewWorld(settings => (settings.MaxPerUser, settings.UserOverflow) = (1, "reject"));
        var first = Value(await world.SignInAsync((await world.CreateAsync()).Token, "ada"));

        var again = Value(await world.SignInAsync(first.Token, "ada"));
        var other = Value(await world.SignInAsync(again.Token, "bob"));

        Assert.False(await world.IsLetInAsync(first.Token));
        Assert.False(await world.IsLetInAsync(again.Token));
        Assert.True(await world.IsLetInAsync(other.Token));
        Assert.Empty(await world.ListAsync("ada"));
    }

    [Fact]
    public async Task An_operator_who_signs_in_again_after_the_session_has_ended_is_told_that_there_is_none()
    {
        var world = NewWorld();
        var anonymous = await world.CreateAsync();
        var signedIn = Value(await world.SignInAsync(anonymous.Token.Id, "ada"));
        await world.Operator.EndAsync(signedIn.Session.Id, default);

        Assert.Equal(RefusalKind.Missing, (await world.SignInAsync(anonymous.Token.Id, "ada")).Refusal?.Kind);
    }

    [Fact]
    public async Task What_one_user_left_in_a_session_is_not_the_next_ones()
    {
        var world = NewWorld();
        var anonymous = await world.CreateAsync(new NewSession { Data = DataOf("""{"cart":1}""") });
        var first = Value(await world.SignInAsync(anonymous.Token, "ada", """{"role":"admin"}"""));
        var again = Value(await world.SignInAsync(first.Token, "ada", """{"level":2}"""));
        Assert.Equal(("""{"cart":1}""", """{"level":2}"""), (Json(again.Session.Data), Json(again.Session.Claims)));

        var other = Value(await world.SignInAsync(again.Token, "bob", """{"level":1}"""));

        Assert.Equal(("{}", """{"level":1}"""), (Json(other.Session.Data), Json(other.Session.Claims)));
    }

    [Fact]
    public async Task Who_signs_in_again_has_the_claims_of_the_new_sign_in_and_of_the_old_one_only_those_to_keep()
    {
        var world = NewWorld(settings => settings.KeepClaims = "theme, not there,consent");
        var anonymous = await world.CreateAsync(new NewSession { Claims = DataOf("""{"theme":"dark","role":"guest"}""") });

        var first = Value(await world.SignInAsync(anonymous.Token, "ada", """{"role":"admin","consent":{"at":1}}"""));
        Assert.Equal("""{"theme":"dark","role":"admin","consent":{"at":1}}""", Json(first.Session.Claims));

        var again = Value(await world.SignInAsync(first.Token, "ada", """{"level":2}"""));
        Assert.Equal("""{"theme":"dark","consent":{"at":1},"level":2}""", Json(again.Session.Claims));

        var without = Value(await world.SignInAsync(again.Token, "ada", """{"theme":null,"consent":{"at":3}}"""));
        Assert.Equal("""{"consent":{"at":3}}""", Json(without.Session.Claims));

        Assert.Equal("{}", Json(Value(await world.SignInAsync(without.Token, "bob")).Session.Claims));
    }

    [Fact]
    public async Task Times_that_were_shortened_stay_so_and_those_that_the_options_have_shortened_since_are_taken()
    {
        var table = NewTable();
        var before = new SessionWorld(table);
        var shortened = await before.CreateAsync(new NewSession { IdleTimeout = TimeSpan.FromMinutes(1) });
        var full = await before.CreateAsync();
        var after = new SessionWorld(table, settings => settings.IdleTimeout = TimeSpan.FromMinutes(5));

        Assert.Equal(TimeSpan.FromMinutes(1), Value(await after.SignInAsync(shortened.Token.Id, "ada")).Session.Lifetime.IdleTimeout);
        Assert.Equal(TimeSpan.FromMinutes(5), Value(await after.SignInAsync(full.Token.Id, "ada")).Session.Lifetime.IdleTimeout);
    }
}
