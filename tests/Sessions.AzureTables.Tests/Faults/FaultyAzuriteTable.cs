using Azure.Core;
using Sessions.Table;

namespace Sessions.AzureTables.Tests.Faults;

/// <summary>A table of its own on Azurite, to which requests and from which answers get lost or wait as a test decides.</summary>
internal sealed class FaultyAzuriteTable : ITable
{
    private readonly AzureTable _table;
    private int _requests;

    /// <param name="retries">How often the client asks again; its own number where it isn't said.</param>
    /// <param name="time">Times each call; real time where it isn't said.</param>
    public FaultyAzuriteTable(int? retries = null, TimeProvider? time = null)
    {
        var options = TableConnection.InteractiveOptions();
        options.Retry.MaxRetries = retries ?? options.Retry.MaxRetries;
        options.Retry.Delay = TimeSpan.FromMilliseconds(1);
        options.AddPolicy(new FaultPolicy(Next), HttpPipelinePosition.PerRetry);
        _table = AzuriteTable.New(options, time);
    }

    /// <summary>What becomes of each request, attempts of the client's included. Called by several at once where calls run side by side.</summary>
    public Func<Request, Fault> Decide { get; set; } = _ => Fault.None;

    /// <summary>Requests so far, lost ones included.</summary>
    public int Requests => _requests;

    /// <summary>The next request's fate; none after it.</summary>
    public void Once(Fault fault)
    {
        var left = 1;
        Decide = _ => Interlocked.Exchange(ref left, 0) == 1 ? fault : Fault.None;
    }

    public Task<Row?> FindAsync(string partition, string key, CancellationToken cancellation) => _table.FindAsync(partition, key, cancellation);

    public IAsyncEnumerable<IReadOnlyList<Row>> RangeAsync(RowRange range, CancellationToken cancellation) =>
        _table.RangeAsync(range, cancellation);

    public Task<BatchOutcome> SubmitAsync(RowBatch batch, CancellationToken cancellation) => _table.SubmitAsync(batch, cancellation);

    private Fault Next(Request request)
    {
        Interlocked.Increment(ref _requests);
        return Decide(request);
    }
}
