using System.Runtime.CompilerServices;
using Azure;
using Azure.Data.Tables;
using Azure.Data.Tables.Models;
using Sessions.Table;

namespace Sessions.AzureTables;

/// <summary>
/// A table of Azure Table Storage, Azurite or Cosmos DB for Table. The table itself is made when the first write misses it.
/// </summary>
internal sealed class AzureTable(TableClient client) : ITable
{
    public async Task<Row?> FindAsync(string partition, string key, CancellationToken cancellation)
    {
        var found = await Failures.TranslateAsync(
            () => client.GetEntityIfExistsAsync<TableEntity>(partition, key, cancellationToken: cancellation), cancellation);
        return found.HasValue ? Entities.ToRow(found.Value!) : null;
    }

    public async IAsyncEnumerable<IReadOnlyList<Row>> RangeAsync(RowRange range, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var filter = TableClient.CreateQueryFilter($"PartitionKey eq {range.Partition} and RowKey ge {range.From} and RowKey lt {range.To}");
        string[] select = [nameof(TableEntity.PartitionKey), nameof(TableEntity.RowKey), .. range.Columns];
        await using var pages = client
            .QueryAsync<TableEntity>(filter, TableLimits.PageRows, select, cancellation)
            .AsPages()
            .GetAsyncEnumerator(cancellation);

        while (await Failures.TranslateAsync(() => NextAsync(pages), cancellation))
        {
            yield return [.. pages.Current.Values.Select(Entities.ToRow)];
        }
    }

    public async Task<BatchOutcome> SubmitAsync(RowBatch batch, CancellationToken cancellation)
    {
        TableLimits.Check(batch);
        var actions = batch.Operations.Select(operation => Entities.ToAction(batch.Partition, operation)).ToArray();
        return await Failures.TranslateAsync(
            async () =>
            {
                try
                {
                    return await SubmitAsync(actions, cancellation);
                }
                catch (RequestFailedException e) when (e.ErrorCode == TableErrorCode.TableNotFound)
                {
                    await client.CreateIfNotExistsAsync(cancellation);
                    return await SubmitAsync(actions, cancellation);
                }
            },
            cancellation);
    }

    /// <summary>Reads a row that isn't there: that no such row, or no such table yet, is a healthy service's answer.</summary>
    public Task PingAsync(CancellationToken cancellation) => FindAsync("00", "ping", cancellation);

    private async Task<BatchOutcome> SubmitAsync(TableTransactionAction[] actions, CancellationToken cancellation)
    {
        try
        {
            var responses = await client.SubmitTransactionAsync(actions, cancellation);
            return BatchOutcome.Applied([.. responses.Value.Select(response => response.Headers.ETag?.ToString())]);
        }
        catch (TableTransactionFailedException e) when (e.ErrorCode != TableErrorCode.TableNotFound && Failures.ConflictOf(e) is { } conflict)
        {
            return BatchOutcome.Refused(e.FailedTransactionActionIndex ?? 0, conflict);
        }
    }

    private static async Task<bool> NextAsync(IAsyncEnumerator<Page<TableEntity>> pages)
    {
        try
        {
            return await pages.MoveNextAsync();
        }
        catch (RequestFailedException e) when (e.ErrorCode == TableErrorCode.TableNotFound)
        {
            return false;
        }
    }
}
