using SessionFunctions.Tests.Service;

namespace SessionFunctions.Tests.SignIn;

/// <summary>Sign-in calls that no client should send: each has its answer, and changes nothing.</summary>
public abstract class BadSignInSuite(Storage storage) : OperatorSuite(storage)
{
    [Theory]
    [InlineData("", 422)]
    [InlineData("{", 400)]
    [InlineData("{}", 422)]
    [InlineData("[]", 422)]
    [InlineData("\"ticket\"", 422)]
    [InlineData("""{"ticket":null}""", 422)]
    [InlineData("""{"ticket":1}""", 422)]
    [InlineData("""{"ticket":""}""", 422)]
    [InlineData("""{"ticket":"é"}""", 422)]
    [InlineData("""{"ticket":"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"}""", 422)]
    [InlineData("""{"ticket":"AAAAAAAAAAAAAAAAAAAA AAAAAAAAAAAAAAAAAAAAAA"}""", 422)]
    [InlineData("""{"ticket":"AAAAAAAAAAAAAAAAAAAAéAAAAAAAAAAAAAAAAAAAAAA"}""", 422)]
    [InlineData("""{"ticket":"AAAA","user":"root"}""", 422)]
    [InlineData("""{"user":"root"}""", 422)]
    [InlineData("""{"ticket":"a","ticket":"b"}""", 400)]
    public async Task A_body_without_a_good_ticket_signs_nobody_in(string body, int status)
    {
        var holder = await Api.BearerAsync();
        await Operator.TicketAsync(holder.Sid, "ada");
        var before = await Api.SnapshotAsync();

        (await holder.SendAsync("POST", "sessions/current/user", body)).Is(status);

        Assert.Equal(before, await Api.SnapshotAsync());
    }

    [Fact]
    public async Task A_ticket_in_a_body_of_another_media_type_is_refused()
    {
        var holder = await Api.BearerAsync();
        var body = $$"""{"ticket":"{{await Operator.TicketAsync(holder.Sid, "ada")}}"}""";

        foreach (var mediaType in (string[])["", "text/plain", "application/x-www-form-urlencoded", "application/json; charset=utf-16"])
        {
            (await Api.SendAsync(holder.Request("POST", "sessions/current/user", body) with { MediaType = mediaType })).Is(415, "wrong-media-type");
        }
    }

    [Fact]
    public async Task A_ticket_without_a_session_or_with_one_that_is_over_is_worth_nothing()
    {
        var holder = await Api.BearerAsync(more: ""","idleTimeout":30""");
        var ticket = await Operator.TicketAsync(holder.Sid, "ada");
        (await Api.SendAsync(new Request("POST", "sessions/current/user") { Json = $$"""{"ticket":"{{ticket}}"}""" })).Is(401);
        (await RedeemAsync(holder with { Token = $"{holder.Sid}.{new string('A', 43)}" }, ticket)).Is(401);
        Api.Clock.Advance(TimeSpan.FromSeconds(33));

        (await RedeemAsync(holder, ticket)).Is(401, "not-authenticated");
        Assert.Empty(await Operator.SidsAsync("ada"));
    }

    [Fact]
    public async Task A_token_replayed_by_signing_in_signs_nobody_in()
    {
        var first = await Api.BearerAsync();
        var second = await first.RotatedAsync();
        await second.ReadAsync();
        Api.Clock.Advance(TimeSpan.FromSeconds(30));
        var ticket = await Operator.TicketAsync(first.Sid, "ada");

        (await RedeemAsync(first, ticket)).Is(401);

        Assert.Empty(await Operator.SidsAsync("ada"));
    }
}
