using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Tokens;

namespace SessionFunctions.Oidc;

/// <summary>
/// The provider's keys, fetched when they are needed and kept for an hour. Where the provider can't be reached, those known last go on, for
/// a day; without any, nobody can sign in. However many calls want them at once, one fetches. By hand, because the library's
/// ConfigurationManager goes by the machine's clock alone (its TimeProvider is internal), and asks a provider that is down at every call.
/// </summary>
public sealed class ProviderKeys : IDisposable
{
    private static readonly TimeSpan Fresh = TimeSpan.FromHours(1);
    private static readonly TimeSpan Usable = TimeSpan.FromDays(1);
    private static readonly TimeSpan RollPause = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan FailurePause = TimeSpan.FromSeconds(30);

    private readonly Lock _lock = new();
    private readonly ProviderDocuments? _provider;
    private readonly TimeProvider _time;
    private readonly ILogger<ProviderKeys> _log;
    private Snapshot? _known;
    private Task? _fetch;
    private long? _failed;
    private long? _rolled;

    public ProviderKeys(IOptions<OidcOptions> options, TimeProvider time, ILogger<ProviderKeys> log)
    {
        _provider = options.Value is { HasProvider: true, Authority: { } authority } ? new ProviderDocuments(authority) : null;
        (_time, _log) = (time, log);
    }

    public void Dispose() => _provider?.Dispose();

    /// <summary>The keys, fetched now if they are due; null where there are none to be had.</summary>
    internal async Task<Snapshot?> GetAsync(CancellationToken cancellation)
    {
        if (_known is { } known && Age(known.At) < Fresh)
        {
            return known;
        }

        await FetchAsync(() => IsOver(_failed, FailurePause), cancellation);
        return _known is { } last && Age(last.At) < Usable ? last : null;
    }

    /// <summary>
    /// The keys after a token named one that isn't among <paramref name="seen"/>: the provider may have a new one. Asked at most once in
    /// ten seconds, or whoever makes up key ids could have us ask all the time; and no later, or they could keep a new key out.
    /// </summary>
    internal async Task<Snapshot> RollAsync(Snapshot seen, CancellationToken cancellation)
    {
        await FetchAsync(
            () =>
            {
                var due = ReferenceEquals(_known, seen) && IsOver(_rolled, RollPause) && IsOver(_failed, FailurePause);
                _rolled = due ? _time.GetTimestamp() : _rolled;
                return due;
            },
            cancellation);
        return _known!;
    }

    /// <summary>Joins the fetch that is under way, or starts one where that is due. The fetch goes on where a caller gives up.</summary>
    private async Task FetchAsync(Func<bool> isDue, CancellationToken cancellation)
    {
        Task? fetch;
        lock (_lock)
        {
            fetch = _fetch ??= isDue() ? Task.Run(FetchAsync, CancellationToken.None) : null;
        }

        await (fetch ?? Task.CompletedTask).WaitAsync(cancellation);
    }

    private async Task FetchAsync()
    {
        Snapshot? fetched = null;
        try
        {
            fetched = new Snapshot(await _provider!.KeysAsync(), _time.GetTimestamp());
            _log.KeysFetched(fetched.Keys.Count);
        }
        catch (Exception e)
        {
            _log.KeysUnavailable(e);
        }

        lock (_lock)
        {
            _failed = fetched is null ? _time.GetTimestamp() : null;
            _known = fetched ?? _known;
            _fetch = null;
        }
    }

    private bool IsOver(long? since, TimeSpan pause) => since is not { } start || Age(start) >= pause;

    private TimeSpan Age(long since) => _time.GetElapsedTime(since);

    internal sealed record Snapshot(IReadOnlyList<JsonWebKey> Keys, long At);
}
