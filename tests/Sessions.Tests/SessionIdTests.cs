using System.Text;

namespace Sessions.Tests;

public sealed class SessionIdTests
{
    /// <summary>Shard 0a, then the bytes of "foobarfoobarfoob" in base32.</summary>
    private const string Known = "0amzxw6ytbojtg633cmfzgm33pmi";

    private static readonly Shard Shard0A = Shard.All(Shard.MaxCount).ElementAt(10);

    [Fact]
    public void A_new_id_is_its_shard_and_26_characters_of_base32() =>
        Assert.Matches("^0a[a-z2-7]{26}$", SessionId.New(Shard0A).ToString());

    [Fact]
    public void No_two_new_ids_are_the_same() =>
        Assert.Equal(1000, Enumerable.Range(0, 1000).Select(_ => SessionId.New(Shard0A)).Distinct().Count());

    [Fact]
    public void The_same_bits_make_the_same_id() =>
        Assert.Equal(Known, SessionId.From(Shard0A, Encoding.ASCII.GetBytes("foobarfoobarfoob")).ToString());

    [Fact]
    public void Bits_all_zero_and_all_one_come_through_whole()
    {
        Assert.Equal("0a" + new string('a', 26), SessionId.From(Shard0A, new byte[16]).ToString());
        Assert.Equal("0a" + new string('7', 25) + "4", SessionId.From(Shard0A, Enumerable.Repeat((byte)255, 16).ToArray()).ToString());
    }

    [Fact]
    public void An_id_is_read_back_with_its_shard()
    {
        Assert.True(SessionId.TryParse(Known, out var id));

        Assert.Equal(Known, id.ToString());
        Assert.Equal("0a", id.Shard.ToString());
        Assert.Equal(SessionId.From(Shard0A, Encoding.ASCII.GetBytes("foobarfoobarfoob")), id);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("0a")]
    [InlineData("0amzxw6ytbojtg633cmfzgm33pm")] // one character short
    [InlineData("0amzxw6ytbojtg633cmfzgm33pmia")] // one too long
    [InlineData("0amzxw6ytbojtg633cmfzgm33pm=")] // padding
    [InlineData("0aMZXW6YTBOJTG633CMFZGM33PMI")] // upper case
    [InlineData("0Amzxw6ytbojtg633cmfzgm33pmi")] // upper case in the shard
    [InlineData("0gmzxw6ytbojtg633cmfzgm33pmi")] // no hex digit
    [InlineData(" 0mzxw6ytbojtg633cmfzgm33pmi")]
    [InlineData("0amzxw6ytboj0g633cmfzgm33pmi")] // 0, 1, 8 and 9 aren't in the alphabet
    [InlineData("0amzxw6ytboj1g633cmfzgm33pmi")]
    [InlineData("0amzxw6ytboj8g633cmfzgm33pmi")]
    [InlineData("0amzxw6ytboj9g633cmfzgm33pmi")]
    [InlineData("0amzxw6ytboj-g633cmfzgm33pmi")]
    [InlineData("0amzxw6ytbojßg633cmfzgm33pmi")]
    [InlineData("0amzxw6ytboj\0g633cmfzgm33pmi")]
    [InlineData("٠amzxw6ytbojtg633cmfzgm33pmi")] // a digit, but no ASCII one
    public void What_is_not_in_the_one_form_is_no_id(string? text) => Assert.False(SessionId.TryParse(text, out _));

    [Fact]
    public void Ten_kilobytes_are_no_id() => Assert.False(SessionId.TryParse(new string('a', 10 * 1024), out _));

    [Fact]
    public void Of_the_32_last_characters_only_the_eight_without_stray_bits_are_taken()
    {
        var taken = "abcdefghijklmnopqrstuvwxyz234567".Where(last => SessionId.TryParse(Known[..^1] + last, out _));

        Assert.Equal("aeimquy4", new string([.. taken]));
    }

    [Fact]
    public void No_id_is_no_text() => Assert.Equal("", default(SessionId).ToString());
}
