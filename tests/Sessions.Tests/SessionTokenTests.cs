using System.Security.Cryptography;

namespace Sessions.Tests;

public sealed class SessionTokenTests
{
    private const string Sid = "0amzxw6ytbojtg633cmfzgm33pmi";

    /// <summary>32 zero bytes in base64url.</summary>
    private const string Zeros = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

    private static readonly SessionId Id = Parsed($"{Sid}.{Zeros}").Id;

    [Fact]
    public void A_new_token_is_the_id_a_dot_and_43_characters_of_base64url() =>
        Assert.Matches($@"^{Sid}\.[A-Za-z0-9_-]{{43}}$", SessionToken.New(Id).Reveal());

    [Fact]
    public void No_two_new_tokens_are_the_same() =>
        Assert.Equal(1000, Enumerable.Range(0, 1000).Select(_ => SessionToken.New(Id).Reveal()).Distinct(StringComparer.Ordinal).Count());

    [Fact]
    public void A_token_is_read_back_with_its_id_and_its_hash()
    {
        var token = SessionToken.New(Id);

        var read = Parsed(token.Reveal());

        Assert.Equal(token.Reveal(), read.Reveal());
        Assert.Equal(Id, read.Id);
        Assert.True(token.Hash.Matches(read.Hash));
        Assert.False(token.Hash.Matches(SessionToken.New(Id).Hash));
    }

    [Fact]
    public void The_hash_is_SHA_256_of_the_secrets_bytes() =>
        Assert.Equal(SHA256.HashData(new byte[32]), Parsed($"{Sid}.{Zeros}").Hash.ToStored());

    [Fact]
    public void As_text_neither_a_token_nor_its_hash_shows_the_secret()
    {
        var token = SessionToken.New(Id);
        var issued = new IssuedSession(SessionOf(token), token);

        Assert.Equal($"{Sid}.***", $"{token}");
        Assert.Equal("***", $"{token.Hash}");
        Assert.DoesNotContain(token.Reveal()[SessionId.Length..], $"{issued}", StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData(".")]
    [InlineData(Sid)]
    [InlineData(Zeros)]
    [InlineData($"{Sid}.")]
    [InlineData($"{Sid}:{Zeros}")]
    [InlineData($"{Sid}{Zeros}.")]
    [InlineData($"{Sid}.{Zeros}=")] // padding
    [InlineData($"{Sid}.{Zeros}A")] // a character too many
    [InlineData($" {Sid}.{Zeros}")]
    [InlineData($"{Sid}.{Zeros} ")]
    [InlineData($"\"{Sid}.{Zeros}\"")]
    [InlineData($"{Sid}.AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")] // one too few
    [InlineData($"{Sid}.AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=")] // the right length by padding
    [InlineData($"{Sid}.AAAAAAAAAAAAAAAAAAAA+AAAAAAAAAAAAAAAAAAAAAA")] // base64, not base64url
    [InlineData($"{Sid}.AAAAAAAAAAAAAAAAAAAA/AAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData($"{Sid}.AAAAAAAAAAAAAAAAAAAA.AAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData($"{Sid}.AAAAAAAAAAAAAAAAAAAA AAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData($"{Sid}.AAAAAAAAAAAAAAAAAAAA\nAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData($"{Sid}.AAAAAAAAAAAAAAAAAAAAéAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData($"{Sid}.AAAAAAAAAAAAAAAAAAAA\0AAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData($"0AMZXW6YTBOJTG633CMFZGM33PMI.{Zeros}")] // upper case in the id
    [InlineData($"0amzxw6ytboj1g633cmfzgm33pmi.{Zeros}")] // wrong alphabet in the id
    [InlineData($"0amzxw6ytbojtg633cmfzgm33pmj.{Zeros}")] // stray bits in the id
    public void What_is_not_in_the_one_form_is_no_token(string? text) => Assert.False(SessionToken.TryParse(text, out _));

    [Fact]
    public void Ten_kilobytes_are_no_token()
    {
        Assert.False(SessionToken.TryParse(new string('a', 10 * 1024), out _));
        Assert.False(SessionToken.TryParse($"{Sid}.{new string('A', 10 * 1024)}", out _));
    }

    [Fact]
    public void Of_the_64_last_characters_only_the_sixteen_without_stray_bits_are_taken()
    {
        const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

        var taken = Alphabet.Where(last => SessionToken.TryParse($"{Sid}.{Zeros[..^1]}{last}", out _));

        Assert.Equal("AEIMQUYcgkosw048", new string([.. taken]));
    }

    private static SessionToken Parsed(string text) =>
        SessionToken.TryParse(text, out var token) ? token : throw new InvalidOperationException("no token");

    private static Session SessionOf(SessionToken token) => new()
    {
        Id = token.Id,
        Secrets = new Secrets(token.Hash, DateTimeOffset.UnixEpoch),
        Lifetime = Lifetime.Start(DateTimeOffset.UnixEpoch, TimeSpan.FromMinutes(1), TimeSpan.FromHours(1), 0),
    };
}
