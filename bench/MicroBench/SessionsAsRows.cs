using BenchmarkDotNet.Attributes;
using Microsoft.Extensions.DependencyInjection;
using Sessions;
using Sessions.Rows;

namespace MicroBench;

/// <summary>A session as a row, and back. The table is in memory, so that it adds little.</summary>
public class SessionsAsRows : IDisposable
{
    private ServiceProvider? _services;
    private SessionRows _rows = null!;
    private SessionRow _row = null!;
    private Session _session = null!;

    [Params(Samples.Small, Samples.Large)]
    public string Size { get; set; } = Samples.Small;

    [Params(Samples.Clear, Samples.Encrypted)]
    public string Keys { get; set; } = Samples.Clear;

    [GlobalSetup]
    public async Task PrepareAsync()
    {
        _services = Samples.Services(Keys, new SteppingClock());
        _rows = _services.GetRequiredService<SessionRows>();
        _row = _services.GetRequiredService<SessionRow>();
        _session = Samples.Session(Size);
        var write = await _rows.InsertAsync(_session, WriteLog.Empty, reserved: false, room: null, CancellationToken.None);
        Expect(write.Outcome);
    }

    [Benchmark(Description = "row: encode")]
    public object? Encode() => _row.Encode(_session, WriteLog.Empty);

    [Benchmark(Description = "row: find and compare the secret")]
    public async Task<bool> FindAsync() => (await StoredAsync()).Secrets!.Admit(_session.Secrets.Current, Samples.Now);

    [Benchmark(Description = "row: find and decode")]
    public async Task<object> DecodeAsync() => (await StoredAsync()).Session;

    [Benchmark(Description = "row: find, change, replace")]
    public async Task ReplaceAsync()
    {
        var before = await StoredAsync();
        var after = before.Session with { Version = before.Session.Version + 1 };
        var write = await _rows.ReplaceAsync(before, after, id: null, CancellationToken.None);
        Expect(write.Outcome);
    }

    [GlobalCleanup]
    public void Dispose()
    {
        _services?.Dispose();
        GC.SuppressFinalize(this);
    }

    private async Task<StoredSession> StoredAsync() =>
        await _rows.FindAsync(_session.Id, CancellationToken.None) ?? throw new InvalidOperationException("The session isn't there.");

    private static void Expect(WriteOutcome outcome)
    {
        if (outcome != WriteOutcome.Written)
        {
            throw new InvalidOperationException($"The write came to {outcome}.");
        }
    }

    /// <summary>A minute later each time, or a row would carry the log of all the writes that a benchmark makes in a minute.</summary>
    private sealed class SteppingClock : TimeProvider
    {
        private long _minutes;

        public override DateTimeOffset GetUtcNow() => Samples.Now.AddMinutes(_minutes++);
    }
}
