using System.Text;
using SessionFunctions.Testing;
using Sessions.Rows;

namespace Sessions.Tests.Rows;

public sealed class PayloadCodecTests
{
    private const string OtherKey = "k2:AQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQE=";

    /// <summary>The form's bit that says encrypted. Without it a payload is from before a key was set, which must stay readable.</summary>
    private const int EncryptedBit = 1;

    private static readonly SessionId Id = SessionId.From(Shard.All(1).Single(), new byte[16]);
    private static readonly SessionId OtherId = SessionId.From(Shard.All(1).Single(), [1, .. new byte[15]]);

    private static readonly PayloadCodec Clear = Codec(null);
    private static readonly PayloadCodec Sealed = Codec(SessionWorld.TestKey);

    public static TheoryData<string> Payloads => ["{}", """{"a":1}""", Repeated(300), Repeated(500_000), Noise(255), Noise(70_000)];

    [Theory]
    [MemberData(nameof(Payloads))]
    public void A_payload_comes_back_as_it_was(string json)
    {
        Assert.All([Clear, Sealed], codec => Assert.Equal(json, Decoded(codec, Encoded(codec, json))));
        Assert.Equal(json, Decoded(Sealed, Encoded(Clear, json)));
    }

    [Fact]
    public void What_shrinks_is_compressed_and_what_does_not_is_not()
    {
        Assert.InRange(Encoded(Clear, Repeated(500_000)).Length, 1, 1000);
        Assert.Equal(Noise(200).Length + 1, Encoded(Clear, Noise(200)).Length);

        var random = new byte[1000];
        new Random(1).NextBytes(random);
        Assert.Equal(1001, Clear.Encode(random, Id, "data").Length);
    }

    [Fact]
    public void With_a_key_nothing_is_in_clear_and_no_two_encodings_are_alike()
    {
        const string Json = """{"card":"4111111111111111"}""";

        var (one, two) = (Encoded(Sealed, Json), Encoded(Sealed, Json));

        Assert.Contains("4111111111111111", Encoding.Latin1.GetString(Encoded(Clear, Json)), StringComparison.Ordinal);
        Assert.DoesNotContain("4111111111111111", Encoding.Latin1.GetString(one), StringComparison.Ordinal);
        Assert.NotEqual(one, two);
    }

    [Fact]
    public void A_bit_changed_anywhere_keeps_an_encrypted_payload_shut()
    {
        var stored = Encoded(Sealed, """{"a":1}""");
        for (var bit = 0; bit < stored.Length * 8; bit++)
        {
            if (bit != EncryptedBit)
            {
                var changed = (byte[])stored.Clone();
                changed[bit / 8] ^= (byte)(1 << (bit % 8));
                Assert.Throws<UnreadablePayloadException>(() => Sealed.Decode(changed, Id, "data"));
            }
        }
    }

    [Fact]
    public void Cut_short_anywhere_an_encrypted_payload_stays_shut()
    {
        var stored = Encoded(Sealed, """{"a":1}""");
        for (var length = 0; length < stored.Length; length++)
        {
            Assert.Throws<UnreadablePayloadException>(() => Sealed.Decode(stored[..length], Id, "data"));
        }
    }

    [Fact]
    public void Moved_to_another_session_or_another_column_it_stays_shut()
    {
        var stored = Encoded(Sealed, """{"role":"admin"}""");

        Assert.Throws<UnreadablePayloadException>(() => Sealed.Decode(stored, OtherId, "data"));
        Assert.Throws<UnreadablePayloadException>(() => Sealed.Decode(stored, Id, "claims"));
    }

    [Fact]
    public void An_older_key_still_opens_and_the_first_one_encrypts()
    {
        var rekeyed = Codec($"{OtherKey};{SessionWorld.TestKey}");

        Assert.Equal("{}", Decoded(rekeyed, Encoded(Sealed, "{}")));
        Assert.Equal("{}", Decoded(Codec(OtherKey), Encoded(rekeyed, "{}")));
    }

    [Fact]
    public void A_key_that_is_not_in_the_ring_is_named()
    {
        var missing = Assert.Throws<UnreadablePayloadException>(() => Codec(OtherKey).Decode(Encoded(Sealed, "{}"), Id, "data"));

        Assert.Contains("'k1'", missing.Message, StringComparison.Ordinal);
        Assert.Throws<UnreadablePayloadException>(() => Clear.Decode(Encoded(Sealed, "{}"), Id, "data"));
    }

    [Fact]
    public void Another_key_of_the_same_id_does_not_open_it() =>
        Assert.Throws<UnreadablePayloadException>(
            () => Codec(OtherKey.Replace("k2", "k1", StringComparison.Ordinal)).Decode(Encoded(Sealed, "{}"), Id, "data"));

    [Theory]
    [InlineData(int.MaxValue)]
    [InlineData(-1)]
    [InlineData(0)]
    [InlineData(499_999)]
    [InlineData(500_001)]
    public void A_compressed_payload_that_lies_about_its_length_stays_shut(int length)
    {
        var stored = Encoded(Clear, Repeated(500_000));
        BitConverter.TryWriteBytes(stored.AsSpan(1), length);

        Assert.Throws<UnreadablePayloadException>(() => Clear.Decode(stored, Id, "data"));
    }

    [Fact]
    public void Nothing_at_all_is_no_payload() => Assert.Throws<UnreadablePayloadException>(() => Clear.Decode([], Id, "data"));

    private static PayloadCodec Codec(string? keys) =>
        new(KeyRing.TryParse(keys, out var ring, out var fault) ? ring : throw new InvalidOperationException(fault));

    private static byte[] Encoded(PayloadCodec codec, string json) => codec.Encode(Encoding.UTF8.GetBytes(json), Id, "data");

    private static string Decoded(PayloadCodec codec, byte[] stored) => Encoding.UTF8.GetString(codec.Decode(stored, Id, "data"));

    private static string Repeated(int length) => $$"""{"a":"{{new string('x', length - 8)}}"}""";

    private static string Noise(int length)
    {
        var random = new Random(length);
        return $$"""{"a":"{{new string([.. Enumerable.Range(0, length - 8).Select(_ => (char)random.Next('a', 'z' + 1))])}}"}""";
    }
}
