using SessionFunctions.Tests.Service;

namespace SessionFunctions.Tests.Use;

/// <summary>What a session's holder sees of time.</summary>
public sealed class LifeTests() : ApiSuite(Storage.Memory, ("Sessions__ClearSiteData", "cache, storage"), ("Sessions__AllowPersistent", "true"))
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_touch_moves_the_deadline_at_once(bool byCookie)
    {
        var holder = await HolderAsync(byCookie);
        Api.Clock.Advance(TimeSpan.FromSeconds(1));

        (await holder.TouchAsync()).Is(204);

        Assert.Equal("2030-01-01T00:22:01Z", (await holder.ReadAsync("?touch=false")).Json.GetProperty("expiresAt").GetString());
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

    [Fact]
    public async Task A_log_out_leaves_no_row_and_has_the_browser_clear_what_is_configured_once()
    {
        var holder = await Api.CookieAsync("""{"a":1}""");

        Assert.Equal("\"cache\", \"storage\"", (await holder.LogOutAsync()).Is(204).Header("Clear-Site-Data"));

        Assert.Equal("", await Api.SnapshotAsync());
        Assert.Null((await holder.LogOutAsync()).Is(204).Header("Clear-Site-Data"));
        Assert.Null((await Api.SendAsync(new Request("DELETE", "sessions/current"))).Is(204).Header("Clear-Site-Data"));
    }
}
