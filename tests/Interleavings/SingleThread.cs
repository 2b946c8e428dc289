namespace Interleavings;

/// <summary>
/// Runs every continuation on the thread that asks it to, one after another, in the order in which they became ready: nothing that the
/// operations do depends on the thread pool.
/// </summary>
internal sealed class SingleThread : SynchronizationContext
{
    private readonly Queue<(SendOrPostCallback Callback, object? State)> _ready = new();

    public override void Post(SendOrPostCallback d, object? state) => _ready.Enqueue((d, state));

    public override void Send(SendOrPostCallback d, object? state) => throw new NotSupportedException("Nothing waits for a thread here.");

    /// <summary>Until every operation waits for something.</summary>
    public void RunUntilIdle()
    {
        while (_ready.TryDequeue(out var next))
        {
            next.Callback(next.State);
        }
    }
}
