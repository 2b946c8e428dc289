using SessionFunctions.Tests.Service;

namespace SessionFunctions.Tests.Users;

/// <summary>/sessions/current/siblings: what a user sees and ends of their own other sessions.</summary>
public abstract class SiblingsSuite(Storage storage) : OperatorSuite(storage)
{
    private const string Siblings = "sessions/current/siblings";

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_holder_sees_and_ends_the_other_sessions_of_the_same_user_and_no_others(bool byCookie)
    {
        var mine = await SignedInAsync(await HolderAsync(byCookie), "ada");
        var other = await Operator.CreateAsync("ada");
        var bob = await Operator.CreateAsync("bob");

        Assert.Equal([other.Sid], Operator.SidsOf((await mine.SendAsync("GET", Siblings)).Is(200)));
        (await mine.SendAsync("DELETE", Siblings)).Is(204);

        Assert.False(await other.IsLetInAsync());
        Assert.True(await mine.IsLetInAsync());
        Assert.True(await bob.IsLetInAsync());
        Assert.Empty(Operator.SidsOf((await mine.SendAsync("GET", Siblings)).Is(200)));
    }

    [Fact]
    public async Task Nobodys_session_has_none()
    {
        var (mine, other) = (await Api.BearerAsync(), await Api.BearerAsync());

        Assert.Empty(Operator.SidsOf((await mine.SendAsync("GET", Siblings)).Is(200)));
        (await mine.SendAsync("DELETE", Siblings)).Is(204);

        Assert.True(await other.IsLetInAsync());
    }

    [Fact]
    public async Task Looking_at_the_list_is_a_use()
    {
        var holder = await Operator.CreateAsync("ada");
        Api.Clock.Advance(TimeSpan.FromMinutes(21));
        await holder.SendAsync("GET", Siblings);
        Api.Clock.Advance(TimeSpan.FromMinutes(21));

        Assert.True(await holder.IsLetInAsync());
    }

    [Fact]
    public async Task Without_a_session_or_with_one_that_is_over_nothing_is_told_or_ended()
    {
        var expired = await Operator.CreateAsync("ada", ""","idleTimeout":60""");
        var sibling = await Operator.CreateAsync("ada");
        Api.Clock.Advance(TimeSpan.FromMinutes(2));

        (await Api.GetAsync(Siblings)).Is(401);
        (await Api.SendAsync(new Request("DELETE", Siblings))).Is(401);
        (await expired.SendAsync("GET", Siblings)).Is(401);
        (await expired.SendAsync("DELETE", Siblings)).Is(401);
        Assert.True(await sibling.IsLetInAsync());
    }

    [Fact]
    public async Task Another_site_cannot_end_them_with_the_visitors_cookie()
    {
        var mine = await SignedInAsync(await Api.CookieAsync(), "ada");
        var sibling = await Operator.CreateAsync("ada");

        (await Api.SendAsync(new Request("DELETE", Siblings) { Cookie = mine.Token }.With("Sec-Fetch-Site", "cross-site"))).Is(403);

        Assert.True(await sibling.IsLetInAsync());
    }
}
