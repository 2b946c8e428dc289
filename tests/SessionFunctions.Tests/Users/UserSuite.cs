using System.Text.Json;
using SessionFunctions.Tests.Service;

namespace SessionFunctions.Tests.Users;

/// <summary>/manage/users/{user}/sessions: a user's sessions, listed and ended.</summary>
public abstract class UserSuite(Storage storage) : OperatorSuite(storage)
{
    public static TheoryData<string> Names =>
    [
        "ada", "ada@example.com", "o'brien", "a \"quoted\" name", "tenant/ada", "tenant%2Fada", "50%", "%", "%25", "%00", "a+b c", "🦊", "ключ", "?#&=;:", "a\\b", "\u0001", "...",
        new string('u', 512), new string('é', 256),
    ];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Whatever_a_user_is_called_the_name_in_the_path_finds_the_sessions_and_ends_them(string name)
    {
        var holder = await Operator.CreateAsync(JsonEncodedText.Encode(name).ToString());
        var other = await Operator.CreateAsync("somebody else");

        Assert.Equal([holder.Sid], await Operator.SidsAsync(name));
        Assert.Equal(name, (await holder.ReadAsync()).Json.GetProperty("user").GetString());
        (await Operator.SendAsync("DELETE", PathOf(name))).Is(204);

        Assert.False(await holder.IsLetInAsync());
        Assert.True(await other.IsLetInAsync());
    }

    [Fact]
    public async Task Names_that_look_alike_in_a_path_are_different_users()
    {
        string[] names = ["a/b", "a%2Fb", "a%2fb", "a%252Fb", "a+b", "a b", "a%20b", "A/b"];
        var holders = new List<Holder>();
        foreach (var name in names)
        {
            holders.Add(await Operator.CreateAsync(name));
        }

        for (var i = 0; i < names.Length; i++)
        {
            Assert.Equal([holders[i].Sid], await Operator.SidsAsync(names[i]));
        }
    }

    [Fact]
    public async Task A_name_of_513_bytes_is_too_long_wherever_it_stands()
    {
        foreach (var name in (string[])[new('u', 513), $"{new string('é', 256)}u"])
        {
            (await Operator.SendAsync("GET", PathOf(name))).Is(422, "not-allowed");
            (await Operator.SendAsync("DELETE", PathOf(name))).Is(422, "not-allowed");
            (await Operator.SendAsync("POST", "manage/sessions", $$"""{"user":"{{name}}"}""")).Is(422);
            (await Operator.SendAsync("POST", $"manage/sessions/{Unknown}/ticket", $$"""{"user":"{{name}}"}""")).Is(422);
        }
    }

    [Fact]
    public async Task A_list_shows_what_a_person_needs_newest_first_and_no_token()
    {
        var first = await Operator.CreateAsync("ada");
        Api.Clock.Advance(TimeSpan.FromMinutes(5));
        var second = await SignedInAsync(await Api.BearerAsync(more: ""","persistent":true"""), "ada");
        await first.ReadAsync();

        var answer = (await Operator.SendAsync("GET", PathOf("ada"))).Is(200);

        var list = answer.Json.GetProperty("sessions").EnumerateArray().ToArray();
        Assert.Equal([second.Sid, first.Sid], Operator.SidsOf(answer));
        Assert.Equal(("2030-01-01T00:00:00Z", "2030-01-01T00:05:00Z"), (list[1].GetProperty("createdAt").GetString(), list[1].GetProperty("lastSeenAt").GetString()));
        Assert.True(list[0].GetProperty("persistent").GetBoolean());
        Assert.DoesNotContain(first.Secret, answer.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nobody_has_no_sessions_and_is_logged_out_already()
    {
        Assert.Empty(await Operator.SidsAsync("nobody"));
        (await Operator.SendAsync("DELETE", PathOf("nobody"))).Is(204);
    }

    [Fact]
    public async Task An_expired_session_is_not_listed()
    {
        await Operator.CreateAsync("ada", ""","idleTimeout":60""");
        Api.Clock.Advance(TimeSpan.FromMinutes(2));

        Assert.Empty(await Operator.SidsAsync("ada"));
    }

    [Fact]
    public async Task Logging_out_everywhere_else_spares_the_session_named()
    {
        var (kept, ended) = (await Operator.CreateAsync("ada"), await Operator.CreateAsync("ada"));
        (await Operator.SendAsync("DELETE", $"{PathOf("ada")}?except=nonsense")).Is(400, "malformed-request");
        (await Operator.SendAsync("DELETE", $"{PathOf("ada")}?except=")).Is(400, "malformed-request");
        Assert.True(await ended.IsLetInAsync());

        (await Operator.SendAsync("DELETE", $"{PathOf("ada")}?except={kept.Sid}")).Is(204);

        Assert.True(await kept.IsLetInAsync());
        Assert.False(await ended.IsLetInAsync());
        (await Operator.SendAsync("DELETE", $"{PathOf("ada")}?except={Unknown}")).Is(204);
        Assert.False(await kept.IsLetInAsync());
    }

    [Fact]
    public async Task After_logging_out_everywhere_every_token_of_the_user_is_refused_and_no_row_is_left()
    {
        var holders = new List<Holder>();
        for (var i = 0; i < 40; i++)
        {
            holders.Add(await Operator.CreateAsync("ada"));
        }

        (await Operator.SendAsync("DELETE", PathOf("ada"))).Is(204);

        foreach (var holder in holders)
        {
            (await holder.ReadAsync()).Is(401);
        }

        Assert.Equal("", await Api.SnapshotAsync());
    }

    private static string PathOf(string user) => $"manage/users/{Uri.EscapeDataString(user)}/sessions";
}
