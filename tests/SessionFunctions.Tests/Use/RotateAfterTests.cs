using SessionFunctions.Tests.Service;

namespace SessionFunctions.Tests.Use;

/// <summary>Sessions:RotateAfter: a cookie that is old enough is changed for a new one on the way.</summary>
public sealed class RotateAfterTests() : ApiSuite(Storage.Azurite, ("Sessions__RotateAfter", "00:05:00"))
{
    [Fact]
    public async Task A_read_by_cookie_brings_a_new_cookie_only_once_the_old_one_is_due()
    {
        var first = await Api.CookieAsync();
        Api.Clock.Advance(TimeSpan.FromMinutes(5) - TimeSpan.FromMilliseconds(1));
        Assert.Null((await first.ReadAsync()).Is(200).SetCookie);
        Api.Clock.Advance(TimeSpan.FromMilliseconds(1));

        var answer = (await first.ReadAsync()).Is(200);

        var second = first with { Token = answer.CookieToken! };
        Assert.Equal(first.Sid, second.Sid);
        Assert.NotEqual(first.Token, second.Token);
        Assert.DoesNotContain(second.Secret, answer.Body, StringComparison.Ordinal);
        Assert.Null((await second.ReadAsync()).Is(200).SetCookie);
        Api.Clock.Advance(TimeSpan.FromSeconds(31));
        Assert.False(await first.IsLetInAsync());
    }

    [Fact]
    public async Task Reads_side_by_side_get_one_new_cookie_between_them_and_the_old_one_goes_on_working()
    {
        var holder = await Api.CookieAsync();
        Api.Clock.Advance(TimeSpan.FromMinutes(6));

        var answers = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => holder.ReadAsync()));

        var next = Assert.Single(answers, answer => answer.Is(200).SetCookie is not null).CookieToken!;
        Assert.True(await holder.IsLetInAsync());
        Assert.True(await (holder with { Token = next }).IsLetInAsync());
    }

    [Fact]
    public async Task A_lost_cookie_is_made_up_for_once_the_grace_is_over()
    {
        var holder = await Api.CookieAsync();
        Api.Clock.Advance(TimeSpan.FromMinutes(5));
        var lost = (await holder.ReadAsync()).CookieToken;
        Api.Clock.Advance(TimeSpan.FromSeconds(30));

        var again = (await holder.ReadAsync()).Is(200).CookieToken;

        Assert.NotNull(again);
        Assert.NotEqual(lost, again);
    }

    [Fact]
    public async Task Not_modified_brings_it_too()
    {
        var holder = await Api.CookieAsync();
        Api.Clock.Advance(TimeSpan.FromMinutes(5));

        Assert.NotNull((await Api.SendAsync(holder.Request("GET", "sessions/current").With("If-None-Match", $"\"{holder.Sid}.1\""))).Is(304).SetCookie);
    }

    [Fact]
    public async Task A_bearer_is_never_handed_a_token_that_it_did_not_ask_for()
    {
        var holder = await Api.BearerAsync();
        Api.Clock.Advance(TimeSpan.FromMinutes(19));

        var answer = (await holder.ReadAsync()).Is(200);

        Assert.Null(answer.SetCookie);
        Assert.Null(answer.Token);
    }
}
