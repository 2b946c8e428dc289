namespace Sessions.Use;

/// <summary>
/// Lets writers that have met on one session queue up within this process, so that of 25 at once each needs one more try and not up to 25.
/// Optional in that correctness never rests on it: other processes don't see it, and who has waited for a while goes ahead without a place,
/// so that nobody waits for a storage that doesn't answer to all who came before.
/// </summary>
internal sealed class WriterQueue
{
    private const int Lanes = 64;

    private static readonly TimeSpan LongestWait = TimeSpan.FromMilliseconds(400);

    private readonly SemaphoreSlim[] _lanes = [.. Enumerable.Range(0, Lanes).Select(_ => new SemaphoreSlim(1, 1))];

    /// <summary>A place, or null where there was none in time.</summary>
    public async Task<IDisposable?> EnterAsync(SessionId id, CancellationToken cancellation)
    {
        var lane = _lanes[(uint)id.GetHashCode() % Lanes];
        return await lane.WaitAsync(LongestWait, cancellation) ? new Place(lane) : null;
    }

    private sealed class Place(SemaphoreSlim lane) : IDisposable
    {
        public void Dispose() => lane.Release();
    }
}
