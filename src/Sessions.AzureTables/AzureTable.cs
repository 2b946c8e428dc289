using System.Runtime.CompilerServices;
using Azure;
using Azure.Data.Tables;
using Sessions.Table;

namespace Sessions.AzureTables;

/// <summary>
/// A table of Azure Table Storage, Azurite or Cosmos DB for Table. The table itself is made when the first write misses it.
/// </summary>
internal sealed class AzureTable(TableClient client, TimeProvider time) : ITable
{
    public async Task<Row?> FindAsync(string partition, string key, CancellationToken cancellation)
    {
        using var patience = new Patience(time, cancellation);
        return await Failures.TranslateAsync(
            async () => Answers.Row(
                await client.GetEntityIfExistsAsync<TableEntity>(partition, key, cancellationToken: patience.Token), partition, key),
            cancellation);
    }

    public async IAsyncEnumerable<IReadOnlyList<Row>> RangeAsync(RowRange range, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var filter = TableClient.CreateQueryFilter($"PartitionKey eq {range.Partition} and RowKey ge {range.From} and RowKey lt {range.To}");
        string[] select = [nameof(TableEntity.PartitionKey), nameof(TableEntity.RowKey), .. range.Columns];
        using var patience = new Patience(time, cancellation);
        await using var pages = client
            .QueryAsync<TableEntity>(filter, TableLimits.PageRows, select, patience.Token)
            .AsPages()
            .GetAsyncEnumerator(patience.Token);

        while (await Failures.TranslateAsync(() => NextAsync(pages, range), cancellation) is { } page)
        {
            patience.Pause(); // what is done with a page isn't the service's time
            yield return page;
            patience.StartAgain();
        }
    }

    public async Task<BatchOutcome> SubmitAsync(RowBatch batch, CancellationToken cancellation)
    {
        TableLimits.Check(batch);
        using var patience = new Patience(time, cancellation);
        return await Failures.TranslateAsync(
            async () =>
            {
                try
                {
                    return await SendAsync(batch, patience.Token);
                }
                catch (RequestFailedException e) when (Failures.IsTableMissing(e))
                {
                    await client.CreateIfNotExistsAsync(patience.Token);
                    return await SendAsync(batch, patience.Token);
                }
            },
            cancellation);
    }

    private async Task<BatchOutcome> SendAsync(RowBatch batch, CancellationToken cancellation)
    {
        var only = batch.Operations is [var operation] ? operation : null;
        try
        {
            return Answers.Applied(
                only is null ? await SendAllAsync(batch, cancellation) : [await SendOneAsync(batch.Partition, only, cancellation)], batch);
        }
        catch (RequestFailedException e)
            when ((only is not null || e is TableTransactionFailedException) && Failures.ConflictOf(e) is { } conflict)
        {
            return BatchOutcome.Refused((e as TableTransactionFailedException)?.FailedTransactionActionIndex ?? 0, conflict);
        }
    }

    private async Task<IReadOnlyList<Response>> SendAllAsync(RowBatch batch, CancellationToken cancellation)
    {
        var actions = batch.Operations.Select(operation => Entities.ToAction(batch.Partition, operation));
        return (await client.SubmitTransactionAsync(actions, cancellation)).Value;
    }

    /// <summary>A plain request: for a batch the client makes a pipeline of its own each time, and a request within a request.</summary>
    private async Task<Response> SendOneAsync(string partition, RowOperation operation, CancellationToken cancellation)
    {
        var (entity, etag) = (Entities.ToEntity(partition, operation), Entities.ETagOf(operation));
        var answer = await (operation.Action switch
        {
            RowAction.Insert => client.AddEntityAsync(entity, cancellation),
            RowAction.Merge => client.UpdateEntityAsync(entity, etag, TableUpdateMode.Merge, cancellation),
            RowAction.Replace => client.UpdateEntityAsync(entity, etag, TableUpdateMode.Replace, cancellation),
            _ => client.DeleteEntityAsync(partition, operation.Key, etag, cancellation),
        });
        return answer.IsError ? throw new RequestFailedException(answer) : answer; // a delete doesn't say that the row is missing
    }

    /// <returns>Null after the last.</returns>
    private static async Task<IReadOnlyList<Row>?> NextAsync(IAsyncEnumerator<Page<TableEntity>> pages, RowRange range)
    {
        try
        {
            return await pages.MoveNextAsync() ? Answers.Rows(pages.Current, range) : null;
        }
        catch (RequestFailedException e) when (Failures.IsTableMissing(e))
        {
            return null;
        }
    }
}
