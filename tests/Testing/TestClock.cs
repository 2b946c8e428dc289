using Microsoft.Extensions.Time.Testing;

namespace SessionFunctions.Testing;

/// <summary>A clock that stands still until told to move, and on which a test can wait for somebody else's wait.</summary>
public sealed class TestClock(DateTimeOffset? start = null)
    : FakeTimeProvider(start ?? new DateTimeOffset(2030, 1, 1, 0, 0, 0, TimeSpan.Zero))
{
    private readonly Lock _lock = new();
    private readonly HashSet<Timer> _waiting = [];
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new Timer(this, callback, state);
        timer.Inner = base.CreateTimer(timer.Fire, null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>Completes once so many timers are set: then whoever waits on this clock has got as far as its wait.</summary>
    public async Task UntilTimersAsync(int count)
    {
        while (true)
        {
            Task changed;
            lock (_lock)
            {
                if (_waiting.Count >= count)
                {
                    return;
                }

                changed = _changed.Task;
            }

            await changed.WaitAsync(TimeSpan.FromSeconds(30));
        }
    }

    private void Note(Timer timer, bool waits)
    {
        lock (_lock)
        {
            if (waits ? _waiting.Add(timer) : _waiting.Remove(timer))
            {
                _changed.SetResult();
                _changed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            }
        }
    }

    private sealed class Timer(TestClock clock, TimerCallback callback, object? state) : ITimer
    {
        private bool _repeats;

        public ITimer Inner { get; set; } = null!;

        public void Fire(object? _)
        {
            clock.Note(this, waits: _repeats);
            callback(state);
        }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            _repeats = period > TimeSpan.Zero;
            clock.Note(this, waits: dueTime >= TimeSpan.Zero);
            return Inner.Change(dueTime, period);
        }

        public void Dispose()
        {
            clock.Note(this, waits: false);
            Inner.Dispose();
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
