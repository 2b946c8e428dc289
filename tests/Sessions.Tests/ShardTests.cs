using System.Security.Cryptography;
using System.Text;

namespace Sessions.Tests;

public sealed class ShardTests
{
    [Fact]
    public void Shards_are_two_lower_case_hex_digits_from_00_on() =>
        Assert.Equal(["00", "01", "0a", "ff"], new[] { 0, 1, 10, 255 }.Select(number => $"{Shard.All(Shard.MaxCount).ElementAt(number)}"));

    [Fact]
    public void There_are_as_many_as_asked_for() => Assert.Equal(["00", "01", "02"], Shard.All(3).Select(shard => shard.ToString()));

    [Fact]
    public void A_random_shard_is_one_of_those_in_use_and_each_comes_up() =>
        Assert.Equal(
            Shard.All(3).Select(shard => shard.ToString()),
            Enumerable.Range(0, 1000).Select(_ => Shard.Random(3).ToString()).Distinct().Order(StringComparer.Ordinal));

    [Theory]
    [InlineData("")]
    [InlineData("0")]
    [InlineData("000")]
    [InlineData("0A")]
    [InlineData("0g")]
    [InlineData("+1")]
    [InlineData(" 1")]
    public void What_is_not_two_lower_case_hex_digits_is_no_shard(string text) => Assert.False(Shard.TryParse(text, out _));

    [Fact]
    public void Every_shard_is_read_back() =>
        Assert.All(Shard.All(Shard.MaxCount), shard =>
        {
            Assert.True(Shard.TryParse(shard.ToString(), out var read));
            Assert.Equal(shard, read);
        });

    [Fact]
    public void A_user_always_has_the_same_shard_and_users_spread_over_all()
    {
        Assert.Equal(ShardOf("ada@shop.example"), ShardOf("ada@shop.example"));
        Assert.Equal(8, Enumerable.Range(0, 1000).Select(i => ShardOf($"user{i}@shop.example")).Distinct(StringComparer.Ordinal).Count());

        static string ShardOf(string name)
        {
            return Shard.Of(UserKey.FromHash(SHA256.HashData(Encoding.UTF8.GetBytes(name))), 8).ToString();
        }
    }
}
