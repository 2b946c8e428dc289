using System.Runtime.InteropServices;

namespace SessionFunctions.Entry;

/// <summary>
/// So many permits a minute for each address, the minute beginning with its first call. Not System.Threading.RateLimiting: its limiters
/// read the machine's own clock and take no <see cref="TimeProvider"/>, and its partitions have no upper bound, so that whoever
/// calls from enough addresses could fill the memory.
/// </summary>
internal sealed class AddressLimiter(int permits, TimeProvider time, int maxAddresses = 50_000)
{
    public static readonly TimeSpan Window = TimeSpan.FromMinutes(1);

    private readonly Lock _lock = new();
    private readonly Dictionary<ClientAddress, Count> _counts = [];
    private long _cleaned = time.GetTimestamp();

    public int Permits => permits;

    public bool IsOff => permits == 0;

    /// <summary>Addresses that memory is spent on.</summary>
    public int Tracked
    {
        get
        {
            lock (_lock)
            {
                return _counts.Count;
            }
        }
    }

    /// <summary>Takes a permit if one is left.</summary>
    public Quota Take(ClientAddress address)
    {
        var now = time.GetTimestamp();
        lock (_lock)
        {
            var key = KeyFor(address, now);
            var known = Current(key, now);
            var taken = Math.Min(known.Taken + 1, permits);
            _counts[key] = known with { Taken = taken };
            return QuotaOf(known with { Taken = taken }, now, allowed: known.Taken < permits);
        }
    }

    private Count Current(ClientAddress key, long now) =>
        _counts.TryGetValue(key, out var known) && !IsOver(known, now) ? known : new Count(now, 0);

    /// <summary>
    /// Who is counted for this address. Past the bound, newcomers are counted by neighbourhood: an attack out of one network then
    /// exhausts that network's permits and nobody else's.
    /// </summary>
    private ClientAddress KeyFor(ClientAddress address, long now)
    {
        if (time.GetElapsedTime(_cleaned, now) >= Window)
        {
            _cleaned = now;
            foreach (var (key, count) in _counts)
            {
                if (IsOver(count, now))
                {
                    _counts.Remove(key);
                }
            }
        }

        return _counts.Count < maxAddresses || _counts.ContainsKey(address) ? address
            : _counts.Count < 2 * maxAddresses || _counts.ContainsKey(address.Neighbourhood()) ? address.Neighbourhood()
            : default;
    }

    private bool IsOver(Count count, long now) => time.GetElapsedTime(count.Opened, now) >= Window;

    private Quota QuotaOf(Count count, long now, bool allowed) =>
        new(allowed, permits - count.Taken, (int)Math.Ceiling((Window - time.GetElapsedTime(count.Opened, now)).TotalSeconds));

    [StructLayout(LayoutKind.Auto)]
    private readonly record struct Count(long Opened, int Taken);
}

/// <param name="Allowed">Whether the call may go on.</param>
/// <param name="Remaining">Permits left.</param>
/// <param name="ResetSeconds">When there are new ones.</param>
internal readonly record struct Quota(bool Allowed, int Remaining, int ResetSeconds);
