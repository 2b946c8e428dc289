using Sessions.Rows;

namespace Sessions.Tests.Rows;

public sealed class KeyRingTests
{
    private const string Zeros = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=";
    private const string Ones = "AQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQE=";

    private static readonly SessionId Id = SessionId.From(Shard.All(1).Single(), new byte[16]);

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData(" ; ;")]
    public void No_keys_are_an_empty_ring(string? text) => Assert.True(Ring(text).IsEmpty);

    [Fact]
    public void The_first_key_encrypts_and_all_are_known()
    {
        var ring = Ring($" new:{Zeros} ;old:{Ones}; ");

        Assert.False(ring.IsEmpty);
        Assert.Equal("new", ring.FirstId);
        Assert.NotNull(ring.KeyFor("new", Id.ToString()));
        Assert.NotNull(ring.KeyFor("old", Id.ToString()));
        Assert.Null(ring.KeyFor("other", Id.ToString()));
        Assert.Null(ring.KeyFor("NEW", Id.ToString()));
    }

    [Fact]
    public void Each_session_has_a_key_of_its_own_from_each_of_the_rings()
    {
        var ring = Ring($"a:{Zeros};b:{Ones}");
        var other = SessionId.From(Shard.All(1).Single(), [1, .. new byte[15]]);

        byte[]?[] keys = [ring.KeyFor("a", Id.ToString()), ring.KeyFor("b", Id.ToString()), ring.KeyFor("a", other.ToString()), new byte[32]];

        Assert.Equal(4, keys.Select(key => Convert.ToHexString(key!)).Distinct(StringComparer.Ordinal).Count());
        Assert.Equal(ring.KeyFor("a", Id.ToString()), Ring($"a:{Zeros}").KeyFor("a", Id.ToString()));
    }

    [Theory]
    [InlineData(Zeros, 1)]
    [InlineData($":{Zeros}", 1)]
    [InlineData($"a:{Zeros};{Ones}", 2)]
    [InlineData($"a:{Zeros};a:{Ones}", 2)]
    [InlineData($"a-b:{Zeros}", 1)]
    [InlineData($"ü:{Zeros}", 1)]
    [InlineData($"abcdefghijklmnopqrstuvwxyz1234567:{Zeros}", 1)] // 33 characters
    public void An_id_that_cannot_be_one_is_told_by_the_keys_place(string text, int place) =>
        Assert.StartsWith($"key {place} needs an id of its own", Fault(text), StringComparison.Ordinal);

    [Theory]
    [InlineData("a:")]
    [InlineData("a:secret")]
    [InlineData("a:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA==")] // 31 bytes
    [InlineData("a:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")] // 33 bytes
    [InlineData("a:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")] // no padding
    public void A_key_of_the_wrong_size_is_told_by_its_id(string text) =>
        Assert.Equal("key 'a' isn't 32 bytes in base64 (make one: openssl rand -base64 32).", Fault(text));

    [Fact]
    public void A_fault_never_shows_a_key() => Assert.DoesNotContain("AAAAA", Fault($"{Zeros};a:{Ones}")!, StringComparison.Ordinal);

    private static KeyRing Ring(string? text) =>
        KeyRing.TryParse(text, out var ring, out var fault) ? ring : throw new InvalidOperationException(fault);

    private static string? Fault(string text) => KeyRing.TryParse(text, out _, out var fault) ? null : fault;
}
