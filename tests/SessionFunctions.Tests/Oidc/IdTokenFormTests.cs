using System.Text.Json.Nodes;

namespace SessionFunctions.Tests.Oidc;

/// <summary>What a token must look like before anything in it is believed.</summary>
public sealed class IdTokenFormTests
{
    private const string NotParts = "it isn't three parts of base64url";

    [Fact]
    public async Task An_extension_that_must_be_understood_is_refused()
    {
        var key = TestKey.Ec("k1");
        await using var signIn = await TrustedProvider.WithAsync(key);
        var token = signIn.Token(key, "ES256", header: header => header["crit"] = new JsonArray("b64"));
        await signIn.RefuseAsync(token, "its header has an extension that must be understood");
    }

    [Theory]
    [InlineData("\"at+jwt\"")]
    [InlineData("\"logout+jwt\"")]
    [InlineData("\"\"")]
    [InlineData("null")]
    [InlineData("[\"JWT\"]")]
    public async Task A_token_of_another_kind_from_the_same_provider_is_refused(string type)
    {
        var key = TestKey.Ec("k1");
        await using var signIn = await TrustedProvider.WithAsync(key);
        await signIn.RefuseAsync(signIn.Token(key, "ES256", header: header => header["typ"] = JsonNode.Parse(type)), "its type isn't JWT");
    }

    [Theory]
    [InlineData(null)]
    [InlineData("jwt")]
    [InlineData("application/jwt")]
    public async Task An_id_token_may_leave_its_type_out_or_spell_it_in_any_case(string? type)
    {
        var key = TestKey.Ec("k1");
        await using var signIn = await TrustedProvider.WithAsync(key);
        await signIn.AcceptAsync(signIn.Token(key, "ES256", header: header =>
        {
            header.Remove("typ");
            if (type is not null)
            {
                header["typ"] = type;
            }
        }));
    }

    [Fact]
    public async Task A_header_with_a_name_twice_is_refused()
    {
        var key = TestKey.Ec("k1");
        await using var signIn = await TrustedProvider.WithAsync(key);
        var parts = signIn.Token(key, "ES256").Split('.');
        var twice = TrustedProvider.Part("""{"alg":"ES256","alg":"none","kid":"k1"}""");
        await signIn.RefuseAsync($"{twice}.{parts[1]}.{parts[2]}", "its header isn't a JSON object with each name once");
    }

    [Theory]
    [InlineData("")]
    [InlineData("..")]
    [InlineData("{token}.")]
    [InlineData("a.b")]
    [InlineData("{token}.x")]
    [InlineData("{token}=")]
    [InlineData(" {token}")]
    [InlineData("{token}\n")]
    [InlineData("😀.😀.😀")]
    public async Task What_is_no_token_is_refused(string text)
    {
        var key = TestKey.Ec("k1");
        await using var signIn = await TrustedProvider.WithAsync(key);
        var token = text.Replace("{token}", signIn.Token(key, "ES256"), StringComparison.Ordinal);
        await signIn.RefuseAsync(token, NotParts);
        Assert.Equal(0, signIn.Provider.Fetches);
    }

    [Fact]
    public async Task A_token_of_more_than_16_kilobytes_is_refused_unread()
    {
        var key = TestKey.Ec("k1");
        await using var signIn = await TrustedProvider.WithAsync(key);
        await signIn.RefuseAsync(signIn.Token(key, "ES256", claims => claims["long"] = new string('x', 16_000)), "it is too long");
    }
}
