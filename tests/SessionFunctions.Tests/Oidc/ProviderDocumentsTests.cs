using Sessions;

namespace SessionFunctions.Tests.Oidc;

/// <summary>Which documents of a provider are believed.</summary>
public sealed class ProviderDocumentsTests : IAsyncLifetime
{
    private readonly TestKey _key = TestKey.Ec("k1");
    private TrustedProvider _signIn = null!;

    private TestProvider Provider => _signIn.Provider;

    public async ValueTask InitializeAsync() => _signIn = await TrustedProvider.WithAsync(_key);

    public async ValueTask DisposeAsync() => await _signIn.DisposeAsync();

    [Fact]
    public async Task A_provider_under_another_name_is_not_believed()
    {
        Provider.Issuer = "https://elsewhere.example";
        await RefuseForNowAsync();
        Assert.Equal(0, Provider.Fetches);
    }

    [Fact]
    public async Task A_key_set_of_more_than_256_kilobytes_is_not_read()
    {
        Provider.Padding = 256 * 1024;
        await RefuseForNowAsync();
    }

    [Theory]
    [InlineData("http://id.example/keys")]
    [InlineData("/keys")]
    [InlineData("file:///etc/keys")]
    public async Task Keys_are_taken_from_https_alone(string address)
    {
        Provider.KeysAddress = address;
        await RefuseForNowAsync();
    }

    [Fact]
    public async Task A_redirect_is_not_followed()
    {
        Provider.KeysAddress = $"{Provider.Address}/moved";
        await RefuseForNowAsync();
        Assert.Equal(0, Provider.Fetches);
    }

    private async Task RefuseForNowAsync()
    {
        Assert.False((await _signIn.VerifyAsync(_signIn.Token(_key, "ES256"))).Succeeded(out _, out var refusal));
        Assert.Equal(RefusalKind.Busy, refusal.Kind);
    }
}
