using SessionFunctions.Tests.Service;

namespace SessionFunctions.Tests.Use;

/// <summary>Touch, rotate and log out.</summary>
public abstract class LifeSuite(Storage storage) : ApiSuite(storage)
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_touch_moves_the_deadline_at_once_and_says_nothing(bool byCookie)
    {
        var holder = await HolderAsync(byCookie);
        Api.Clock.Advance(TimeSpan.FromSeconds(1));

        var answer = (await holder.TouchAsync()).Is(204);

        Assert.Equal(("", null), (answer.Body, answer.SetCookie));
        Assert.Equal("2030-01-01T00:22:01Z", (await holder.ReadAsync("?touch=false")).Json.GetProperty("expiresAt").GetString());
    }

    [Fact]
    public async Task A_rotation_by_cookie_sets_a_new_cookie_and_shows_no_token()
    {
        var holder = await Api.CookieAsync("""{"a":1}""");

        var answer = (await holder.RotateAsync()).Is(200);

        Assert.Equal($"__Host-session={answer.CookieToken}; Path=/; Secure; HttpOnly; SameSite=Lax", answer.SetCookie);
        Assert.NotEqual(holder.Token, answer.CookieToken);
        Assert.Null(answer.Token);
        Assert.DoesNotContain(answer.CookieToken!.Split('.')[1], answer.Body, StringComparison.Ordinal);
        Assert.Equal((holder.Sid, """{"a":1}""", "\"1\""), (answer.CookieToken!.Split('.')[0], answer.Data, answer.ETag));
    }

    [Fact]
    public async Task A_rotation_by_bearer_shows_the_new_token_and_sets_no_cookie()
    {
        var holder = await Api.BearerAsync();

        var answer = (await holder.RotateAsync()).Is(200);

        Assert.Null(answer.SetCookie);
        Assert.Equal(holder.Sid, answer.Token!.Split('.')[0]);
        Assert.NotEqual(holder.Token, answer.Token);
    }

    [Fact]
    public async Task A_persistent_sessions_new_cookie_lasts_for_what_is_left_of_it()
    {
        var holder = await Api.CookieAsync(more: ""","persistent":true,"lifetime":86400""");
        Api.Clock.Advance(TimeSpan.FromHours(1));

        Assert.Contains("; Max-Age=82800;", (await holder.RotateAsync()).SetCookie, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task The_old_token_works_until_the_new_one_was_used_and_30_seconds_more(bool byCookie)
    {
        var old = await HolderAsync(byCookie);
        var next = await old.RotatedAsync();
        Api.Clock.Advance(TimeSpan.FromMinutes(5));
        (await old.ReadAsync()).Is(200); // the rotation's answer may have been lost on its way

        (await next.ReadAsync()).Is(200);
        Api.Clock.Advance(TimeSpan.FromSeconds(29.999));

        (await old.ReadAsync()).Is(200);
        (await next.ReadAsync()).Is(200);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Used_after_that_it_is_a_replay_and_ends_the_session_for_everyone(bool byCookie)
    {
        var old = await HolderAsync(byCookie);
        var next = await old.RotatedAsync();
        (await next.ReadAsync()).Is(200);
        Api.Clock.Advance(TimeSpan.FromSeconds(30));

        (await old.ReadAsync()).Is(401, "not-authenticated");

        (await next.ReadAsync()).Is(401, "not-authenticated");
        Assert.Equal("", await Api.SnapshotAsync());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_log_out_ends_the_session_and_clears_the_cookie_however_often(bool byCookie)
    {
        var holder = await HolderAsync(byCookie);

        for (var time = 1; time <= 3; time++)
        {
            var answer = (await holder.LogOutAsync()).Is(204);
            Assert.Equal("__Host-session=; Max-Age=0; Path=/; Secure; HttpOnly; SameSite=Lax", answer.SetCookie);
            Assert.Equal("", answer.Body);
        }

        (await holder.ReadAsync()).Is(401, "not-authenticated");
        Assert.Equal("", await Api.SnapshotAsync());
    }

    [Fact]
    public async Task A_log_out_without_a_token_or_with_one_that_opens_nothing_is_answered_alike_and_ends_nothing()
    {
        var (holder, other) = (await Api.BearerAsync(), await Api.BearerAsync());
        var before = await Api.SnapshotAsync();
        var call = new Request("DELETE", "sessions/current");

        foreach (var odd in (Request[])[call, call with { Bearer = "nonsense" }, call with { Bearer = $"{holder.Sid}.{other.Secret}" }])
        {
            var answer = (await Api.SendAsync(odd)).Is(204);
            Assert.Equal("__Host-session=; Max-Age=0; Path=/; Secure; HttpOnly; SameSite=Lax", answer.SetCookie);
        }

        Assert.Equal(before, await Api.SnapshotAsync());
    }

    [Fact]
    public async Task After_its_idle_timeout_or_its_lifetime_a_session_is_refused_everywhere()
    {
        var idle = await Api.BearerAsync(more: ""","idleTimeout":10""");
        var old = await Api.BearerAsync(more: ""","lifetime":10""");
        Api.Clock.Advance(TimeSpan.FromSeconds(11));

        foreach (var holder in (Holder[])[idle, old])
        {
            (await holder.ReadAsync()).Is(401, "not-authenticated");
            (await holder.PutAsync("{}")).Is(401, "not-authenticated");
            (await holder.PatchAsync("{}")).Is(401, "not-authenticated");
            (await holder.TouchAsync()).Is(401, "not-authenticated");
            (await holder.RotateAsync()).Is(401, "not-authenticated");
        }
    }
}
