using System.Buffers.Text;
using System.Text;
using SessionFunctions.Testing.Model;
using Sessions.Table;

namespace Sessions.Tests.Rows;

/// <summary>The search for secrets in the table, which would be worth nothing if it found none anywhere.</summary>
public sealed class ClearSecretsTests
{
    private static readonly string Token = SessionToken.New(SessionId.New(Shard.Random(1))).Reveal();

    private static string Secret => Token.Split('.')[1];

    public static TheoryData<string, object> Places => new()
    {
        { "text", Secret },
        { "token", Token },
        { "within", $"before {Secret} after" },
        { "letters", (byte[])[1, .. Encoding.ASCII.GetBytes(Secret), 2] },
        { "bytes", (byte[])[1, 2, .. Base64Url.DecodeFromChars(Secret), 3] },
    };

    [Theory]
    [MemberData(nameof(Places))]
    public void A_secret_is_found_wherever_it_stands(string column, object value) =>
        Assert.Equal([$"00/s:a {column}"], new ClearSecrets([Token]).FoundIn([RowWith(column, value)]));

    [Fact]
    public void A_secret_is_found_in_a_key() =>
        Assert.Equal([$"00/s:{Secret} the key"], new ClearSecrets([Token]).FoundIn([RowWith("n", 1L) with { Key = $"s:{Secret}" }]));

    [Fact]
    public void Its_hash_and_the_sessions_id_may_stand_there() =>
        Assert.Empty(new ClearSecrets([Token]).FoundIn(
            [RowWith("secret", SecretHash.Of(Base64Url.DecodeFromChars(Secret)).ToStored()), RowWith("sid", Token[..SessionId.Length])]));

    private static Row RowWith(string column, object value) =>
        new("00", "s:a", new Dictionary<string, object>(StringComparer.Ordinal) { [column] = value, ["other"] = true }, "W/\"1\"");
}
