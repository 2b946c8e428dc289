namespace Sessions.Tests;

public sealed class SecretHashTests
{
    [Fact]
    public void A_hash_matches_itself_read_back_and_no_other()
    {
        var hash = SecretHash.Of([1, 2, 3]);

        Assert.True(hash.Matches(SecretHash.FromStored(hash.ToStored())));
        Assert.False(hash.Matches(SecretHash.Of([1, 2, 4])));
        Assert.False(hash.Matches(null));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(31)]
    [InlineData(33)]
    public void Bytes_of_another_length_are_no_hash(int length)
    {
        Assert.Null(SecretHash.FromStored(new byte[length]));
        Assert.Null(SecretHash.FromStored(null));
    }

    [Fact]
    public void The_bytes_handed_out_are_a_copy()
    {
        var hash = SecretHash.Of([1]);

        hash.ToStored()[0] ^= 1;

        Assert.True(hash.Matches(SecretHash.Of([1])));
    }
}
