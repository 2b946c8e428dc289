using SessionFunctions.Tests.Service;

namespace SessionFunctions.Tests.Users;

/// <summary>Sessions:MaxPerUser over HTTP.</summary>
public abstract class EvictSuite(Storage storage) : OperatorSuite(storage, ("Sessions__MaxPerUser", "2"))
{
    [Fact]
    public async Task Past_the_limit_the_oldest_session_makes_room()
    {
        var first = await Operator.CreateAsync("ada");
        Api.Clock.Advance(TimeSpan.FromSeconds(1));
        var second = await SignedInAsync(await Api.CookieAsync(), "ada");
        Api.Clock.Advance(TimeSpan.FromSeconds(1));
        var third = await SignedInAsync(await Api.BearerAsync(), "ada");

        (await first.ReadAsync()).Is(401);
        Assert.Equal([third.Sid, second.Sid], await Operator.SidsAsync("ada"));
        Assert.True(await (await Operator.CreateAsync("bob")).IsLetInAsync());
    }

    [Fact]
    public async Task Signing_in_again_takes_no_place()
    {
        var (first, second) = (await Operator.CreateAsync("ada"), await SignedInAsync(await Api.BearerAsync(), "ada"));

        var again = await SignedInAsync(second, "ada");

        Assert.True(await first.IsLetInAsync());
        Assert.True(await again.IsLetInAsync());
    }
}
