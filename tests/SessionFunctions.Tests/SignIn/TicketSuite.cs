using SessionFunctions.Tests.Service;

namespace SessionFunctions.Tests.SignIn;

/// <summary>Signing in with a ticket: the operator gives it, the holder redeems it.</summary>
public abstract class TicketSuite(Storage storage) : OperatorSuite(storage)
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task The_session_goes_on_under_a_new_id_with_its_data_and_the_old_token_opens_nothing(bool byCookie)
    {
        var anonymous = await HolderAsync(byCookie, """{"cart":["tea"]}""");
        var issued = (await Operator.SendAsync("POST", $"manage/sessions/{anonymous.Sid}/ticket", """{"user":"ada","claims":{"role":"admin"}}""")).Is(201);
        Assert.Equal(["ticket", "expiresAt"], issued.Json.EnumerateObject().Select(member => member.Name));
        Assert.Equal("2030-01-01T00:01:00Z", issued.Json.GetProperty("expiresAt").GetString());

        var answer = (await RedeemAsync(anonymous, issued.Json.GetProperty("ticket").GetString()!)).Is(200);

        var bound = anonymous with { Token = (byCookie ? answer.CookieToken : answer.Token)! };
        Assert.Equal((byCookie, byCookie), (answer.SetCookie is not null, answer.Token is null));
        Assert.NotEqual(anonymous.Sid, bound.Sid);
        Assert.Equal(bound.Sid, answer.Json.GetProperty("sid").GetString());
        var session = (await bound.ReadAsync()).Is(200);
        Assert.Equal(("""{"cart":["tea"]}""", """{"role":"admin"}"""), (session.Data, session.Json.GetProperty("claims").GetRawText()));
        Assert.Equal("ada", session.Json.GetProperty("user").GetString());
        (await anonymous.ReadAsync()).Is(401, "not-authenticated");
        (await Operator.SendAsync("GET", $"manage/sessions/{anonymous.Sid}")).Is(404);
        Assert.Equal([bound.Sid], await Operator.SidsAsync("ada"));
    }

    [Fact]
    public async Task Who_signs_in_to_be_remembered_gets_a_cookie_that_lasts()
    {
        var anonymous = await Api.CookieAsync();

        var answer = (await RedeemAsync(anonymous, await Operator.TicketAsync(anonymous.Sid, "ada", ""","persistent":true"""))).Is(200);

        Assert.Contains("; Max-Age=7776000;", answer.SetCookie, StringComparison.Ordinal);
        Assert.True(answer.Json.GetProperty("persistent").GetBoolean());
    }

    [Fact]
    public async Task A_ticket_works_once()
    {
        var anonymous = await Api.BearerAsync();
        var ticket = await Operator.TicketAsync(anonymous.Sid, "ada");
        var bound = anonymous with { Token = (await RedeemAsync(anonymous, ticket)).Is(200).Token! };

        (await RedeemAsync(anonymous, ticket)).Is(401);
        (await RedeemAsync(bound, ticket)).Is(422, "not-allowed");
        Assert.True(await bound.IsLetInAsync());
    }

    [Fact]
    public async Task A_ticket_works_for_a_minute()
    {
        var anonymous = await Api.BearerAsync();
        var ticket = await Operator.TicketAsync(anonymous.Sid, "ada");
        Api.Clock.Advance(TimeSpan.FromSeconds(60));

        (await RedeemAsync(anonymous, ticket)).Is(422, "not-allowed");
        Assert.True(await anonymous.IsLetInAsync());
    }

    [Fact]
    public async Task Somebody_elses_ticket_is_worth_nothing()
    {
        var (mine, other) = (await Api.BearerAsync(), await Api.BearerAsync());
        var ticket = await Operator.TicketAsync(other.Sid, "ada");

        (await RedeemAsync(mine, ticket)).Is(422, "not-allowed");

        (await RedeemAsync(other, ticket)).Is(200);
    }

    [Fact]
    public async Task A_second_ticket_takes_the_place_of_the_first()
    {
        var anonymous = await Api.BearerAsync();
        var first = await Operator.TicketAsync(anonymous.Sid, "ada");
        var second = await Operator.TicketAsync(anonymous.Sid, "bob");

        (await RedeemAsync(anonymous, first)).Is(422);
        Assert.Equal("bob", (await RedeemAsync(anonymous, second)).Is(200).Json.GetProperty("user").GetString());
    }

    [Fact]
    public async Task Another_site_cannot_redeem_a_ticket_with_the_visitors_cookie()
    {
        var anonymous = await Api.CookieAsync();
        var ticket = await Operator.TicketAsync(anonymous.Sid, "mallory");
        var call = new Request("POST", "sessions/current/user") { Cookie = anonymous.Token, Json = $$"""{"ticket":"{{ticket}}"}""" };

        (await Api.SendAsync(call.With("Origin", "https://other.example.com").With("Sec-Fetch-Site", "cross-site"))).Is(403, "cross-site-request");
        (await Api.SendAsync(call)).Is(403, "cross-site-request");
        (await Api.SendAsync(call with { Cookie = null })).Is(401);
    }

    [Fact]
    public async Task A_session_bound_in_the_meantime_needs_a_new_ticket_for_its_new_id()
    {
        var anonymous = await Api.BearerAsync();
        var ticket = await Operator.TicketAsync(anonymous.Sid, "ada");
        var bound = new Holder(Api, (await Operator.SendAsync("PUT", $"manage/sessions/{anonymous.Sid}/user", """{"user":"ada"}""")).Is(200).Token!, false);

        (await RedeemAsync(anonymous, ticket)).Is(401);
        (await RedeemAsync(bound, ticket)).Is(422);
        (await Operator.SendAsync("POST", $"manage/sessions/{anonymous.Sid}/ticket", """{"user":"ada"}""")).Is(404, "not-found");
    }

    [Fact]
    public async Task Signing_in_again_keeps_what_is_the_users_own_and_shows_another_user_none_of_it()
    {
        var ada = await SignedInAsync(await Api.BearerAsync("""{"cart":1}"""), "ada", ""","claims":{"a":1}""");

        var again = await SignedInAsync(ada, "ada", ""","claims":{"b":2}""");
        var session = (await again.ReadAsync()).Is(200);
        Assert.Equal(("""{"cart":1}""", """{"a":1,"b":2}"""), (session.Data, session.Json.GetProperty("claims").GetRawText()));

        var bob = (await (await SignedInAsync(again, "bob")).ReadAsync()).Is(200);
        Assert.Equal(("{}", "{}"), (bob.Data, bob.Json.GetProperty("claims").GetRawText()));
        Assert.Empty(await Operator.SidsAsync("ada"));
    }
}
