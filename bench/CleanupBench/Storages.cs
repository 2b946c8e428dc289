using System.Diagnostics.Metrics;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using SessionFunctions.Testing;
using Sessions;
using Sessions.AzureTables;
using Sessions.Table;

namespace CleanupBench;

/// <summary>A table, and how many requests have reached it.</summary>
internal sealed record Counted(ITable Table, Func<int> Requests);

/// <summary>The table in this process. Where there is no network, a request is a call: a point read, a page that holds rows, a batch.</summary>
internal static class InMemory
{
    public static ITable New()
    {
        var settings = new ConfigurationBuilder().AddInMemoryCollection([new("Sessions:Storage:Provider", "memory")]).Build();
        return new ServiceCollection().AddSessions(settings).BuildServiceProvider().GetRequiredService<ITable>();
    }

    public static Counted NewCounted()
    {
        var counter = new CallCounter(New());
        return new Counted(counter, () => counter.Calls);
    }

    private sealed class CallCounter(ITable inner) : TableOver(inner)
    {
        private int _calls;

        public int Calls => _calls;

        public override Task<Row?> FindAsync(string partition, string key, CancellationToken cancellation)
        {
            Interlocked.Increment(ref _calls);
            return base.FindAsync(partition, key, cancellation);
        }

        public override async IAsyncEnumerable<IReadOnlyList<Row>> RangeAsync(
            RowRange range, [EnumeratorCancellation] CancellationToken cancellation)
        {
            var pages = 0;
            await foreach (var page in base.RangeAsync(range, cancellation))
            {
                pages += page.Count > 0 ? 1 : 0;
                yield return page;
            }

            Interlocked.Add(ref _calls, Math.Max(1, pages));
        }

        public override Task<BatchOutcome> SubmitAsync(RowBatch batch, CancellationToken cancellation)
        {
            Interlocked.Increment(ref _calls);
            return base.SubmitAsync(batch, cancellation);
        }
    }
}

/// <summary>Tables on an Azurite of the bench's own, put together as the app does it; requests are those that were sent, repeated ones too.</summary>
internal sealed class OnAzurite : IAsyncDisposable
{
    private readonly Azurite _azurite;
    private readonly MeterListener _listener = new();
    private int _sent;

    private OnAzurite(Azurite azurite)
    {
        _azurite = azurite;
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Name == "http.client.request.duration")
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<double>((_, _, _, _) => Interlocked.Increment(ref _sent));
        _listener.Start();
    }

    public static async Task<OnAzurite> StartAsync(int port)
    {
        try
        {
            return new OnAzurite(await Azurite.StartAsync(port: port));
        }
        catch (InvalidOperationException e)
        {
            var help = port == 0 ? "npm ci installs it anew" : "choose another port, or leave out --port for a free one";
            var (what, said) = e.Message.Split('\n', 2) is [var first, var rest] ? (first.TrimEnd(':'), rest) : (e.Message, "nothing");
            throw new InvalidOperationException($"{what} ({help}); it said: {said[..Math.Min(said.Length, 250)]}", e);
        }
    }

    public Counted NewTable()
    {
        var settings = new ConfigurationBuilder()
            .AddInMemoryCollection(
            [
                new("Sessions:Storage:ConnectionString", _azurite.ConnectionString),
                new("Sessions:Storage:Table", $"t{Guid.NewGuid():n}"),
            ])
            .Build();
        var table = new ServiceCollection().AddAzureTables(settings).BuildServiceProvider().GetRequiredService<ITable>();
        return new Counted(table, () => _sent);
    }

    public async ValueTask DisposeAsync()
    {
        _listener.Dispose();
        await _azurite.DisposeAsync();
    }
}
