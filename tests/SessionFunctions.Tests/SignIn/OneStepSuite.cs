using SessionFunctions.Tests.Service;

namespace SessionFunctions.Tests.SignIn;

/// <summary>PUT /manage/sessions/{sid}/user: a backend that holds the token signs the session in by itself.</summary>
public abstract class OneStepSuite(Storage storage) : OperatorSuite(storage)
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task The_answer_has_the_new_token_and_the_old_one_opens_nothing(bool withToken)
    {
        var anonymous = await Api.BearerAsync("""{"cart":1}""");

        var answer = (await SignInAsync(anonymous.Sid, withToken ? anonymous.Token : null, ""","claims":{"role":"admin"}""")).Is(200);

        var bound = new Holder(Api, answer.Token!, ByCookie: false);
        Assert.Equal(("""{"cart":1}""", "ada", "\"2\""), (answer.Data, answer.Json.GetProperty("user").GetString(), answer.ETag));
        Assert.NotEqual(anonymous.Sid, bound.Sid);
        Assert.True(await bound.IsLetInAsync());
        Assert.False(await anonymous.IsLetInAsync());
        (await SignInAsync(anonymous.Sid)).Is(404);
    }

    [Fact]
    public async Task A_token_that_is_not_the_sessions_is_refused_and_binds_nothing()
    {
        var (mine, other) = (await Api.BearerAsync(), await Api.BearerAsync());
        var before = await Api.SnapshotAsync();
        string[] wrong = [other.Token, $"{mine.Sid}.{other.Secret}", "nonsense", "", $"{mine.Token}A"];

        foreach (var token in wrong)
        {
            (await SignInAsync(mine.Sid, token)).Is(422, "not-allowed");
        }

        Assert.Equal(before, await Api.SnapshotAsync());
    }

    [Fact]
    public async Task A_token_rotated_away_is_taken_in_its_grace_and_refused_after_that()
    {
        var first = await Api.BearerAsync();
        var second = await first.RotatedAsync();
        await second.ReadAsync();
        Api.Clock.Advance(TimeSpan.FromSeconds(30));
        (await SignInAsync(first.Sid, first.Token)).Is(422);

        (await SignInAsync(first.Sid, second.Token)).Is(200);
    }

    [Theory]
    [InlineData("00aaaaaaaaaaaaaaaaaaaaaaaaaa")]
    [InlineData("nonsense")]
    [InlineData("..%2f..")]
    [InlineData("00AAAAAAAAAAAAAAAAAAAAAAAAAA")]
    public async Task A_session_that_does_not_exist_is_missing(string sid)
    {
        (await SignInAsync(sid)).Is(404, "not-found");
        (await Operator.SendAsync("POST", $"manage/sessions/{sid}/ticket", """{"user":"ada"}""")).Is(404, "not-found");
    }

    [Fact]
    public async Task So_is_one_that_has_expired()
    {
        var holder = await Api.BearerAsync();
        Api.Clock.Advance(TimeSpan.FromMinutes(22));

        (await SignInAsync(holder.Sid, holder.Token)).Is(404);
        (await Operator.SendAsync("POST", $"manage/sessions/{holder.Sid}/ticket", """{"user":"ada"}""")).Is(404);
    }

    [Theory]
    [InlineData("", 422)]
    [InlineData("{", 400)]
    [InlineData("[]", 422)]
    [InlineData("{}", 422)]
    [InlineData("""{"user":null}""", 422)]
    [InlineData("""{"user":""}""", 422)]
    [InlineData("""{"user":1}""", 422)]
    [InlineData("""{"user":"\ud83e"}""", 400)]
    [InlineData("""{"user":"ada","user":"bob"}""", 400)]
    [InlineData("""{"user":"ada","claims":[]}""", 422)]
    [InlineData("""{"user":"ada","claims":"{}"}""", 422)]
    [InlineData("""{"user":"ada","persistent":"yes"}""", 422)]
    [InlineData("""{"user":"ada","data":{}}""", 422)]
    public async Task A_body_that_says_nothing_clear_is_refused_and_changes_nothing(string body, int status)
    {
        var holder = await Api.BearerAsync();
        var before = await Api.SnapshotAsync();

        (await Operator.SendAsync("PUT", $"manage/sessions/{holder.Sid}/user", body)).Is(status);
        (await Operator.SendAsync("POST", $"manage/sessions/{holder.Sid}/ticket", body)).Is(status);

        Assert.Equal(before, await Api.SnapshotAsync());
    }

    [Fact]
    public async Task A_ticket_call_takes_no_token() =>
        (await Operator.SendAsync("POST", $"manage/sessions/{Unknown}/ticket", """{"user":"ada","token":"x"}""")).Is(422);

    [Fact]
    public async Task A_body_of_another_media_type_is_refused()
    {
        var holder = await Api.BearerAsync();
        var call = Operator.Request("PUT", $"manage/sessions/{holder.Sid}/user", """{"user":"ada"}""");

        (await Api.SendAsync(call with { MediaType = "text/plain" })).Is(415, "wrong-media-type");
        Assert.True(await holder.IsLetInAsync());
    }

    private Task<Answer> SignInAsync(string sid, string? token = null, string more = "") =>
        Operator.SendAsync("PUT", $"manage/sessions/{sid}/user", $$"""{"user":"ada"{{(token is null ? "" : $",\"token\":\"{token}\"")}}{{more}}}""");
}
