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
    public async Task Keys_are_fetched_once_an_hour()
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
    public async Task A_new_key_is_found_at_once_and_made_up_ones_make_no_traffic()
    {
        await AcceptAsync(_key);
        var next = TestKey.Ec("k2");
        Provider.Keys.Add(next);
        await AcceptAsync(next);
        Assert.Equal(2, Provider.Fetches);

        await RefuseMadeUpAsync();
        _signIn.Clock.Advance(TimeSpan.FromSeconds(9.9));
        await RefuseMadeUpAsync();
        Assert.Equal(2, Provider.Fetches);

        _signIn.Clock.Advance(TimeSpan.FromSeconds(0.1));
        await RefuseMadeUpAsync();
        Assert.Equal(3, Provider.Fetches);
    }

    [Fact]
    public async Task A_thousand_made_up_key_ids_make_one_fetch_in_ten_seconds()
    {
        await AcceptAsync(_key);
        for (var round = 1; round <= 3; round++)
        {
            await Parallel.ForAsync(0, 1000, async (i, cancellation) =>
                Assert.NotNull((await _signIn.VerifyAsync(MadeUp($"k-{round}-{i}"), cancellation: cancellation)).Refusal));
            Assert.Equal(1 + round, Provider.Fetches);
            _signIn.Clock.Advance(TimeSpan.FromSeconds(10));
        }
    }

    [Fact]
    public async Task A_made_up_key_id_keeps_a_new_key_out_for_ten_seconds_at_most()
    {
        await AcceptAsync(_key);
        await RefuseMadeUpAsync();
        var next = TestKey.Ec("k2");
        Provider.Keys.Add(next);
        _signIn.Clock.Advance(TimeSpan.FromSeconds(10));
        await AcceptAsync(next);
    }

    [Fact]
    public async Task A_provider_that_is_down_is_not_asked_again_for_each_made_up_key_id_either()
    {
        await AcceptAsync(_key);
        Provider.Down = true;
        await RefuseMadeUpAsync();
        Assert.Equal(1, Provider.Failures);
        _signIn.Clock.Advance(TimeSpan.FromSeconds(29));
        await RefuseMadeUpAsync();
        Assert.Equal(1, Provider.Failures);
        _signIn.Clock.Advance(TimeSpan.FromSeconds(1));
        await RefuseMadeUpAsync();
        Assert.Equal(2, Provider.Failures);
        await AcceptAsync(_key);
    }

    [Fact]
    public async Task A_key_that_was_taken_back_is_refused_after_the_next_fetch()
    {
        await AcceptAsync(_key);
        Provider.Keys.Clear();
        _signIn.Clock.Advance(TimeSpan.FromHours(1));
        await _signIn.RefuseAsync(_signIn.Token(_key, "ES256"), NoKey);
    }

    [Fact]
    public async Task Many_at_once_fetch_once()
    {
        var entry = new TaskCompletionSource();
        Provider.Ready = entry.Task;
        var calls = Enumerable.Range(0, 20).Select(_ => _signIn.VerifyAsync(_signIn.Token(_key, "ES256"))).ToArray();
        entry.SetResult();
        Assert.All(await Task.WhenAll(calls), result => Assert.Null(result.Refusal));
        Assert.Equal(1, Provider.Fetches);
    }

    [Fact]
    public async Task Without_keys_nobody_is_let_in_and_told_to_come_back()
    {
        Provider.Down = true;
        await RefuseForNowAsync();

        // Back again, but whoever waits for it doesn't ask at every call.
        Provider.Down = false;
        await RefuseForNowAsync();
        Assert.Equal(1, Provider.Failures);
        _signIn.Clock.Advance(TimeSpan.FromSeconds(30));
        await AcceptAsync(_key);
    }

    [Fact]
    public async Task With_the_keys_of_last_time_sign_in_goes_on_for_a_day()
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
    public async Task A_caller_who_gives_up_does_not_stop_the_fetch_that_others_wait_for()
    {
        var entry = new TaskCompletionSource();
        Provider.Ready = entry.Task;
        using var patience = new CancellationTokenSource();
        var first = _signIn.VerifyAsync(_signIn.Token(_key, "ES256"), cancellation: patience.Token);
        var second = _signIn.VerifyAsync(_signIn.Token(_key, "ES256"));
        await patience.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        entry.SetResult();
        Assert.Null((await second).Refusal);
        Assert.Equal(1, Provider.Fetches);
    }

    private string MadeUp(string id) => _signIn.Token(_key, "ES256", header: header => header["kid"] = id);

    private Task RefuseMadeUpAsync() => _signIn.RefuseAsync(MadeUp("made-up"), NoKey);

    private async Task AcceptAsync(TestKey key) => await _signIn.AcceptAsync(_signIn.Token(key, "ES256"));

    private async Task RefuseForNowAsync()
    {
        Assert.False((await _signIn.VerifyAsync(_signIn.Token(_key, "ES256"))).Succeeded(out _, out var refusal));
        Assert.Equal(RefusalKind.Busy, refusal.Kind);
    }
}
