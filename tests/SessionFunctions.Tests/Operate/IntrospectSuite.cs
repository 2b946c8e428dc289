using System.Text.Json;
using SessionFunctions.Tests.Service;

namespace SessionFunctions.Tests.Operate;

/// <summary>POST /manage/introspect.</summary>
public abstract class IntrospectSuite(Storage storage) : OperatorSuite(storage)
{
    private const string Inactive = """{"active":false}""";

    [Fact]
    public async Task A_token_that_is_good_says_whose_it_is_and_for_how_long()
    {
        var holder = await Operator.CreateAsync("ada", ""","claims":{"role":"admin"},"data":{"hidden":1}""");

        var answer = (await Operator.IntrospectAsync(holder.Token)).Is(200).Json;

        var created = new DateTimeOffset(2030, 1, 1, 0, 0, 0, TimeSpan.Zero).ToUnixTimeSeconds();
        Assert.True(answer.GetProperty("active").GetBoolean());
        Assert.Equal((holder.Sid, "ada"), (answer.GetProperty("sid").GetString(), answer.GetProperty("sub").GetString()));
        Assert.Equal((JsonValueKind.Number, created), (answer.GetProperty("iat").ValueKind, answer.GetProperty("iat").GetInt64()));
        Assert.Equal((JsonValueKind.Number, created + (22 * 60)), (answer.GetProperty("exp").ValueKind, answer.GetProperty("exp").GetInt64()));
        Assert.Equal("""{"role":"admin"}""", answer.GetProperty("claims").GetRawText());
        Assert.False(answer.TryGetProperty("data", out _));
        Assert.False(answer.TryGetProperty("token", out _));
    }

    [Fact]
    public async Task Of_nobodys_session_there_is_no_subject()
    {
        var answer = (await Operator.IntrospectAsync((await Api.CookieAsync()).Token)).Is(200).Json;

        Assert.True(answer.GetProperty("active").GetBoolean());
        Assert.False(answer.TryGetProperty("sub", out _));
    }

    [Fact]
    public async Task Malformed_unknown_expired_revoked_and_replayed_tokens_are_told_apart_by_nothing()
    {
        var expired = await Api.BearerAsync(more: ""","idleTimeout":1""");
        var revoked = await Operator.CreateAsync("ada");
        await Operator.SendAsync("DELETE", $"manage/sessions/{revoked.Sid}");
        var loggedOut = await Api.BearerAsync();
        await loggedOut.LogOutAsync();
        var first = await Api.BearerAsync();
        await (await first.RotatedAsync()).ReadAsync();
        Api.Clock.Advance(TimeSpan.FromSeconds(30));
        string[] tokens =
        [
            "", "nonsense", "é", new('A', 5000), $"{first.Sid}.", $"{first.Sid}.{new string('A', 43)}", $"{Unknown}.{first.Secret}", $"{first.Token}=",
            expired.Token, revoked.Token, loggedOut.Token, first.Token,
        ];

        foreach (var token in tokens)
        {
            Assert.Equal(Inactive, (await Operator.IntrospectAsync(token)).Is(200).Body);
        }
    }

    [Fact]
    public async Task Both_tokens_are_active_while_a_rotation_is_on_its_way_and_in_its_grace()
    {
        var first = await Api.BearerAsync();
        var second = await first.RotatedAsync();

        Assert.True(await IsActiveAsync(first));
        Assert.True(await IsActiveAsync(second));
        Api.Clock.Advance(TimeSpan.FromSeconds(29));
        Assert.True(await IsActiveAsync(first));
    }

    [Fact]
    public async Task A_look_keeps_nothing_alive_unless_it_is_asked_to()
    {
        var holder = await Api.BearerAsync();
        Api.Clock.Advance(TimeSpan.FromMinutes(21));
        var before = await Api.SnapshotAsync();
        await Operator.IntrospectAsync(holder.Token);
        await Operator.IntrospectAsync(holder.Token, ""","touch":false""");
        Assert.Equal(before, await Api.SnapshotAsync());

        await Operator.IntrospectAsync(holder.Token, ""","touch":true""");
        Api.Clock.Advance(TimeSpan.FromMinutes(20));
        Assert.True(await IsActiveAsync(holder));
        Api.Clock.Advance(TimeSpan.FromMinutes(2));
        Assert.False(await IsActiveAsync(holder));
    }

    [Theory]
    [InlineData("", 422)]
    [InlineData("{}", 422)]
    [InlineData("""{"token":null}""", 422)]
    [InlineData("""{"token":1}""", 422)]
    [InlineData("""{"token":"x","touch":"true"}""", 422)]
    [InlineData("""{"token":"x","token_type_hint":"y"}""", 422)]
    [InlineData("""{"token":"x","token":"y"}""", 400)]
    [InlineData("token=x", 400)]
    public async Task A_body_that_is_no_question_is_refused(string body, int status) =>
        (await Operator.SendAsync("POST", "manage/introspect", body)).Is(status);

    [Fact]
    public async Task A_form_is_the_wrong_media_type() =>
        (await Api.SendAsync(Operator.Request("POST", "manage/introspect", "token=x") with { MediaType = "application/x-www-form-urlencoded" })).Is(415);

    private async Task<bool> IsActiveAsync(Holder holder) => (await Operator.IntrospectAsync(holder.Token)).Is(200).Json.GetProperty("active").GetBoolean();
}
