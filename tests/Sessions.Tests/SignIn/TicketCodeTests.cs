using Sessions.SignIn;

namespace Sessions.Tests.SignIn;

public sealed class TicketCodeTests
{
    [Fact]
    public void A_new_code_is_read_back_as_the_same_hash_and_no_two_are_alike()
    {
        var (code, hash) = TicketCode.New();

        Assert.True(TicketCode.TryParse(code, out var parsed));
        Assert.True(parsed.Matches(hash));
        Assert.False(TicketCode.TryParse(TicketCode.New().Code, out var other) && other.Matches(hash));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("A")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=")]
    [InlineData("AAAAAAAAAAAAAAAAAAAA AAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("AAAAAAAAAAAAAAAAAAAA.AAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAéAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("AAAAAAAAAAAAAAAAAAAA+/AAAAAAAAAAAAAAAAAAAAA")]
    public void What_cannot_be_a_code_is_none(string? text) => Assert.False(TicketCode.TryParse(text, out _));
}
