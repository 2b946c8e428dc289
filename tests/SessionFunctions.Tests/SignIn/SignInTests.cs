using SessionFunctions.Tests.Service;

namespace SessionFunctions.Tests.SignIn;

/// <summary>Signing in with a ticket: when it runs out, and what a refusal leaves behind.</summary>
public sealed class SignInTests() : OperatorSuite(Storage.Memory)
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_ticket_is_good_for_a_minute(bool byCookie)
    {
        var (late, inTime) = (await HolderAsync(byCookie), await HolderAsync(byCookie, """{"cart":1}"""));
        var (runOut, good) = (await Operator.TicketAsync(late.Sid, "ada"), await Operator.TicketAsync(inTime.Sid, "ada"));
        Api.Clock.Advance(TimeSpan.FromSeconds(59.999));
        var answer = (await RedeemAsync(inTime, good)).Is(200);
        Assert.Equal(("ada", """{"cart":1}"""), (answer.Json.GetProperty("user").GetString(), answer.Data));
        Api.Clock.Advance(TimeSpan.FromSeconds(0.001));
        var before = await Api.SnapshotAsync();

        (await RedeemAsync(late, runOut)).Is(422, "not-allowed");

        Assert.Equal(before, await Api.SnapshotAsync());
        Assert.True(await late.IsLetInAsync());
    }

    [Fact]
    public async Task A_sign_in_that_is_refused_changes_no_row()
    {
        var (holder, other) = (await Api.CookieAsync(), await Api.BearerAsync());
        var ticket = await Operator.TicketAsync(holder.Sid, "ada");
        var before = await Api.SnapshotAsync();

        (await RedeemAsync(other, ticket)).Is(422);
        (await RedeemAsync(holder, ticket[1..])).Is(422);
        (await holder.SendAsync("POST", "sessions/current/sign-in", "{}")).Is(422);
        (await holder.SendAsync("POST", "sessions/current/sign-in", "[")).Is(400);
        var redemption = new Request("POST", "sessions/current/sign-in") { Cookie = holder.Token, Json = $$"""{"ticket":"{{ticket}}"}""" };
        (await Api.SendAsync(redemption.With("Sec-Fetch-Site", "cross-site"))).Is(403, "cross-site-request");
        var byOperator = $"manage/sessions/{holder.Sid}/sign-in";
        (await Operator.SendAsync("POST", byOperator, """{"user":""}""")).Is(422);
        (await Operator.SendAsync("POST", byOperator, $$"""{"user":"ada","token":"{{other.Token}}"}""")).Is(422);
        (await Operator.SendAsync("POST", $"manage/sessions/{Unknown}/sign-in", """{"user":"ada"}""")).Is(404);
        Assert.Equal(before, await Api.SnapshotAsync());

        (await RedeemAsync(holder, ticket)).Is(200); // and it's still worth something
    }
}
