using SessionFunctions.Tests.Service;

namespace SessionFunctions.Tests.Users;

/// <summary>Sessions:MaxPerUser where the user's sessions are to stay.</summary>
public abstract class RejectSuite(Storage storage)
    : OperatorSuite(storage, ("Sessions__MaxPerUser", "1"), ("Sessions__UserOverflow", "reject"))
{
    [Fact]
    public async Task Past_the_limit_a_sign_in_is_in_conflict_and_leaves_everything_as_it_was()
    {
        var first = await Operator.CreateAsync("ada");
        var anonymous = await Api.CookieAsync("""{"cart":1}""");
        var ticket = await Operator.TicketAsync(anonymous.Sid, "ada");

        var answer = (await RedeemAsync(anonymous, ticket)).Is(409, "conflict");

        Assert.Null(answer.SetCookie);
        (await Operator.SendAsync("POST", "manage/sessions", """{"user":"ada"}""")).Is(409, "conflict");
        (await Operator.SendAsync("PUT", $"manage/sessions/{anonymous.Sid}/user", """{"user":"ada"}""")).Is(409, "conflict");
        Assert.Equal([first.Sid], await Operator.SidsAsync("ada"));
        Assert.Equal("""{"cart":1}""", (await anonymous.ReadAsync()).Is(200).Data);

        (await first.LogOutAsync()).Is(204);
        (await RedeemAsync(anonymous, ticket)).Is(200);
    }

    [Fact]
    public async Task An_expired_session_takes_no_place()
    {
        await Operator.CreateAsync("ada", ""","idleTimeout":60""");
        Api.Clock.Advance(TimeSpan.FromMinutes(2));

        Assert.True(await (await Operator.CreateAsync("ada")).IsLetInAsync());
    }
}
