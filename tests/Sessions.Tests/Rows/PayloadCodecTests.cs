using System.Diagnostics.Metrics;
using System.IO.Compression;
using System.Text;
using SessionFunctions.Testing;
using Sessions.Rows;

namespace Sessions.Tests.Rows;

public sealed class PayloadCodecTests
{
    private const string OtherKey = "k2:AQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQE=";

    private const int MaxBytes = 1024 * 1024;

    private static readonly SessionId Id = SessionId.From(Shard.All(1).Single(), new byte[16]);
    private static readonly SessionId OtherId = SessionId.From(Shard.All(1).Single(), [1, .. new byte[15]]);

    private static readonly PayloadCodec Clear = Codec(null);
    private static readonly PayloadCodec Sealed = Codec(SessionWorld.TestKey);

    public static TheoryData<string> Payloads => ["{}", """{"a":1}""", Repeated(300), Repeated(500_000), Repeated(2047), Noise(2048), Noise(70_000)];

    [Theory]
    [MemberData(nameof(Payloads))]
    public void A_payload_comes_back_as_it_was(string json)
    {
        Assert.All([Clear, Sealed], codec => Assert.Equal(json, Decoded(codec, Encoded(codec, json))));
        Assert.Equal(json, Decoded(Codec(SessionWorld.TestKey, allowUnencrypted: true), Encoded(Clear, json)));
    }

    [Fact]
    public void What_shrinks_is_compressed_and_what_does_not_is_not()
    {
        Assert.InRange(Encoded(Clear, Repeated(500_000)).Length, 1, 1000);
        Assert.Equal(Noise(200).Length + 1, Encoded(Clear, Noise(200)).Length);

        var random = new byte[3000];
        new Random(1).NextBytes(random);
        Assert.Equal(3001, Clear.Encode(random, Id, "data").Length);
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
            var changed = (byte[])stored.Clone();
            changed[bit / 8] ^= (byte)(1 << (bit % 8));
            Assert.Throws<UnreadablePayloadException>(() => Sealed.Decode(changed, Id, "data", MaxBytes));
        }
    }

    [Fact]
    public void Cut_short_anywhere_an_encrypted_payload_stays_shut()
    {
        var stored = Encoded(Sealed, """{"a":1}""");
        for (var length = 0; length < stored.Length; length++)
        {
            Assert.Throws<UnreadablePayloadException>(() => Sealed.Decode(stored[..length], Id, "data", MaxBytes));
        }
    }

    [Fact]
    public void Moved_to_another_session_or_another_column_it_stays_shut()
    {
        var stored = Encoded(Sealed, """{"role":"admin"}""");

        Assert.Throws<UnreadablePayloadException>(() => Sealed.Decode(stored, OtherId, "data", MaxBytes));
        Assert.Throws<UnreadablePayloadException>(() => Sealed.Decode(stored, Id, "claims", MaxBytes));
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
        var missing = Assert.Throws<UnreadablePayloadException>(() => Codec(OtherKey).Decode(Encoded(Sealed, "{}"), Id, "data", MaxBytes));

        Assert.Contains("'k1'", missing.Message, StringComparison.Ordinal);
        Assert.Throws<UnreadablePayloadException>(() => Clear.Decode(Encoded(Sealed, "{}"), Id, "data", MaxBytes));
    }

    [Fact]
    public void Another_key_of_the_same_id_does_not_open_it() =>
        Assert.Throws<UnreadablePayloadException>(
            () => Codec(OtherKey.Replace("k2", "k1", StringComparison.Ordinal)).Decode(Encoded(Sealed, "{}"), Id, "data", MaxBytes));

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

        Assert.Throws<UnreadablePayloadException>(() => Clear.Decode(stored, Id, "data", MaxBytes));
    }

    [Theory]
    [InlineData(200)]
    [InlineData(2000)]
    public void What_is_longer_than_it_may_be_stays_shut_compressed_or_not(int length)
    {
        var stored = Encoded(Clear, Repeated(length));

        Assert.Equal(length, Clear.Decode(stored, Id, "data", length).Length);
        Assert.Throws<UnreadablePayloadException>(() => Clear.Decode(stored, Id, "data", length - 1));
    }

    [Fact]
    public void Beside_keys_a_payload_in_clear_stays_shut_and_is_counted()
    {
        var (here, counted) = (Environment.CurrentManagedThreadId, 0L);
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, listening) =>
        {
            if (instrument is { Name: RefusedPayloads.CounterName, Meter.Name: RefusedPayloads.MeterName })
            {
                listening.EnableMeasurementEvents(instrument);
            }
        };
        listener.SetMeasurementEventCallback<long>((_, count, _, _) => counted += Environment.CurrentManagedThreadId == here ? count : 0);
        listener.Start();

        var refused = Assert.Throws<UnreadablePayloadException>(() => Decoded(Sealed, Encoded(Clear, "{}")));

        Assert.Contains("it isn't encrypted", refused.Message, StringComparison.Ordinal);
        Assert.Equal(1, counted);
    }

    [Fact]
    public void A_hundred_bytes_that_say_they_are_64_MB_take_no_memory()
    {
        var planted = Bomb(64 * 1024 * 1024);
        Assert.InRange(planted.Length, 1, 200);
        var before = GC.GetAllocatedBytesForCurrentThread();

        Assert.Throws<UnreadablePayloadException>(() => Clear.Decode(planted, Id, "data", MaxBytes));

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1024 * 1024);
    }

    [Fact]
    public void Nothing_at_all_is_no_payload() => Assert.Throws<UnreadablePayloadException>(() => Clear.Decode([], Id, "data", MaxBytes));

    private static PayloadCodec Codec(string? keys, bool allowUnencrypted = false) =>
        new(KeyRing.TryParse(keys, out var ring, out var fault) ? ring : throw new InvalidOperationException(fault), allowUnencrypted);

    private static byte[] Encoded(PayloadCodec codec, string json) => codec.Encode(Encoding.UTF8.GetBytes(json), Id, "data");

    private static string Decoded(PayloadCodec codec, byte[] stored) => Encoding.UTF8.GetString(codec.Decode(stored, Id, "data", MaxBytes).Span);

    /// <summary>Zeros, compressed as a payload is.</summary>
    private static byte[] Bomb(int length)
    {
        var compressed = new byte[1024];
        Assert.True(BrotliEncoder.TryCompress(new byte[length], compressed, out var written, quality: 9, window: 24));
        return [1, .. BitConverter.GetBytes(length), .. compressed[..written]];
    }

    private static string Repeated(int length) => $$"""{"a":"{{new string('x', length - 8)}}"}""";

    private static string Noise(int length)
    {
        var random = new Random(length);
        return $$"""{"a":"{{new string([.. Enumerable.Range(0, length - 8).Select(_ => (char)random.Next('a', 'z' + 1))])}}"}""";
    }
}
