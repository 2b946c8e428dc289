namespace Sessions.Tests;

public sealed class UserTests
{
    private const string Fox = "🦊"; // 4 bytes in UTF-8, 2 characters in .NET

    [Theory]
    [InlineData("a")]
    [InlineData("ada@shop.example")]
    [InlineData("urn:user:Grün/ §1")]
    [InlineData(" ")]
    [InlineData(Fox)]
    public void Any_text_is_a_user_and_keeps_its_name(string name)
    {
        Assert.True(User.TryParse(name, out var user));
        Assert.Equal(name, user.Name);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    public void Nothing_is_none(string? name) => Assert.False(User.TryParse(name, out _));

    [Fact]
    public void Half_a_surrogate_pair_is_none() => // not as a theory: metadata would turn the half into U+FFFD
        Assert.All(["half a pair \ud83e", "\udd8a the other half", "\udd8a\ud83e"], name => Assert.False(User.TryParse(name, out _)));

    [Theory]
    [InlineData("a", 512)]
    [InlineData("ü", 256)]
    [InlineData(Fox, 128)]
    public void It_may_have_512_bytes_and_no_more(string character, int times)
    {
        var longest = string.Concat(Enumerable.Repeat(character, times));

        Assert.True(User.TryParse(longest, out _));
        Assert.False(User.TryParse(longest + "a", out _));
        Assert.False(User.TryParse(longest + character, out _));
    }

    [Fact]
    public void Names_that_differ_in_case_only_are_two_users()
    {
        Assert.True(User.TryParse("ada@shop.example", out var lower));
        Assert.True(User.TryParse("Ada@shop.example", out var upper));

        Assert.NotEqual(lower, upper);
    }

    [Fact]
    public void As_text_it_does_not_show_the_name()
    {
        Assert.True(User.TryParse("ada@shop.example", out var user));

        Assert.Equal("User", $"{user}");
    }
}
