using Sessions;

namespace SessionFunctions.Tests.Oidc;

/// <summary>When the provider is asked for its keys, and what happens when it doesn't answer.</summary>
public sealed class ProviderKeysTests : IAsyncLifetime
{
    private const string NoKey = "the provider has no such key";

    private readonly TestKey _key = TestKey.Ec("k1");
    private TrustedProvider _signIn = null!;

    private TestProvider Provider => _signIn.Provider;

    public async ValueTask InitializeAsync() => _signIn = await TrustedProvider.WithAsync(_key);

    public async ValueTask DisposeAsync() => await _signIn.DisposeAsync();

    [Fact]
    public async Task KeysAreFetchedOnceAnHour()
    {
        await AcceptAsync(_key);
        _signIn.Clock.Advance(TimeSpan.FromMinutes(59));
        await AcceptAsync(_key);
        Assert.Equal(1, Provider.Fetches);
        _signIn.Clock.Advance(TimeSpan.FromMinutes(1));
        await AcceptAsync(_key);
        Assert.Equal(2, Provider.Fetches);
    }

    [Fact]
    public async Task ANewKeyIsFoundAtOnceAndMadeUpOnesMakeNoTraffic()
    {
        await AcceptAsync(_key);
        var next = TestKey.Ec("k2");
        Provider.Keys.Add(next);
        await AcceptAsync(next);
        Assert.Equal(2, Provider.Fetches);

        await _signIn.RefuseAsync(_signIn.Token(TestKey.Ec("made-up"), "ES256"), NoKey);
        _signIn.Clock.Advance(TimeSpan.FromMinutes(4.9));
        await _signIn.RefuseAsync(_signIn.Token(TestKey.Ec("made-up-2"), "ES256"), NoKey);
        Assert.Equal(2, Provider.Fetches);

        _signIn.Clock.Advance(TimeSpan.FromMinutes(0.1));
        await _signIn.RefuseAsync(_signIn.Token(TestKey.Ec("made-up-3"), "ES256"), NoKey);
        Assert.Equal(3, Provider.Fetches);
    }

    [Fact]
    public async Task AKeyThatWasTakenBackIsRefusedAfterTheNextFetch()
    {
        await AcceptAsync(_key);
        Provider.Keys.Clear();
        _signIn.Clock.Advance(TimeSpan.FromHours(1));
        await _signIn.RefuseAsync(_signIn.Token(_key, "ES256"), NoKey);
    }

    [Fact]
    public async Task ManyAtOnceFetchOnce()
    {
        var entry = new TaskCompletionSource();
        Provider.Ready = entry.Task;
        var calls = Enumerable.Range(0, 20).Select(_ => _signIn.VerifyAsync(_signIn.Token(_key, "ES256"))).ToArray();
        entry.SetResult();
        Assert.All(await Task.WhenAll(calls), result => Assert.Null(result.Refusal));
        Assert.Equal(1, Provider.Fetches);
    }

    [Fact]
    public async Task WithoutKeysNobodyIsLetInAndToldToComeBack()
    {
        Provider.Down = true;
        await RefuseForNowAsync();

        // Back again, but whoever waits for it doesn't ask at every call.
        Provider.Down = false;
        await RefuseForNowAsync();
        _signIn.Clock.Advance(TimeSpan.FromSeconds(30));
        await AcceptAsync(_key);
    }

    [Fact]
    public async Task WithTheKeysOfLastTimeSignInGoesOnForADay()
    {
        await AcceptAsync(_key);
        Provider.Down = true;
        _signIn.Clock.Advance(TimeSpan.FromHours(23));
        await AcceptAsync(_key);
        await _signIn.RefuseAsync(_signIn.Token(TestKey.Ec("k2"), "ES256"), NoKey);
        _signIn.Clock.Advance(TimeSpan.FromHours(1));
        await RefuseForNowAsync();
    }

    [Fact]
    public async Task AProviderUnderAnotherNameIsNotBelieved()
    {
        Provider.Issuer = "https://elsewhere.example";
        await RefuseForNowAsync();
        Assert.Equal(0, Provider.Fetches);
    }

    [Fact]
    public async Task AKeySetOfMoreThan256KilobytesIsNotRead()
    {
        Provider.Padding = 256 * 1024;
        await RefuseForNowAsync();
    }

    private async Task AcceptAsync(TestKey key) => await _signIn.AcceptAsync(_signIn.Token(key, "ES256"));

    private async Task RefuseForNowAsync()
    {
        Assert.False((await _signIn.VerifyAsync(_signIn.Token(_key, "ES256"))).Succeeded(out _, out var refusal));
        Assert.Equal(RefusalKind.Busy, refusal.Kind);
    }
}
