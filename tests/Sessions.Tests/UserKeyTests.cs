using System.Security.Cryptography;
using System.Text;

namespace Sessions.Tests;

public sealed class UserKeyTests
{
    private const string Ada = "utau6gygrpzmmaxcrg257tmjbbljfrz4";

    private static readonly byte[] Hash = SHA256.HashData(Encoding.UTF8.GetBytes("ada@shop.example"));

    [Fact]
    public void It_is_160_bits_of_the_hash_in_base32() => Assert.Equal(Ada, UserKey.FromHash(Hash).ToString());

    [Fact]
    public void Read_back_it_is_the_same_and_chooses_the_same_shard()
    {
        Assert.Equal(UserKey.FromHash(Hash), UserKey.FromStored(Ada));
        Assert.All(Enumerable.Range(0, 256), last =>
        {
            var key = UserKey.FromHash([.. new byte[19], (byte)last]);
            Assert.Equal(last, key.Spread);
            Assert.Equal(last, UserKey.FromStored(key.ToString())?.Spread);
        });
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("utau6gygrpzmmaxcrg257tmjbbljfrz")]
    [InlineData("UTAU6GYGRPZMMAXCRG257TMJBBLJFRZ4")]
    [InlineData("utau6gygrpzmmaxcrg257tmjbbljfrz1")]
    public void What_has_not_its_form_is_none(string? text) => Assert.Null(UserKey.FromStored(text));

    [Fact]
    public void None_at_all_is_empty_text() => Assert.Equal("", default(UserKey).ToString());
}
