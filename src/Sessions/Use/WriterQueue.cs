namespace Sessions.Use;

/// <summary>
/// Lets writers that have met on one session queue up within this process, so that of 25 at once each needs one more try and not up to 25.
/// Optional in that correctness never rests on it: other processes don't see it.
/// </summary>
internal sealed class WriterQueue
{
    private const int Lanes = 64;

    private readonly SemaphoreSlim[] _lanes = [.. Enumerable.Range(0, Lanes).Select(_ => new SemaphoreSlim(1, 1))];

    public async Task<IDisposable> EnterAsync(SessionId id, CancellationToken cancellation)
    {
        var lane = _lanes[(uint)id.GetHashCode() % Lanes];
        await lane.WaitAsync(cancellation);
        return new Place(lane);
    }

    private sealed class Place(SemaphoreSlim lane) : IDisposable
    {
        public void Dispose() => lane.Release();
    }
}
