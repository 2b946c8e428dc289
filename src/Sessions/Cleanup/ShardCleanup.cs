using Sessions.Rows;
using Sessions.Table;

namespace Sessions.Cleanup;

/// <summary>
/// Sweeps one shard: a range read for each 1,000 index rows that are due, and a batch for each 100 rows deleted. Looks at the time only after
/// a batch, so that every run gets something done.
/// </summary>
internal sealed class ShardCleanup(ITable table, Shard shard, Func<bool> outOfTime)
{
    private readonly string _partition = shard.ToString();

    private int _swept;
    private int _renewed;
    private int _unknown;

    public async Task<CleanupReport> RunAsync(DateTimeOffset now, CancellationToken cancellation)
    {
        var pending = new List<DueEntry>();
        var operations = 0;
        var (from, to) = RowKeys.Due(now);
        await foreach (var page in table.RangeAsync(new RowRange(_partition, from, to, SessionIndexes.ExpiryColumns), cancellation))
        {
            foreach (var row in page)
            {
                if (DueEntry.From(row, shard) is not { } entry)
                {
                    _unknown++;
                    continue;
                }

                if (operations + entry.Keys.Count > TableLimits.BatchOperations)
                {
                    await DeleteAsync(pending, cancellation);
                    if (outOfTime())
                    {
                        return Report(finished: false);
                    }

                    (pending, operations) = ([], 0);
                }

                pending.Add(entry);
                operations += entry.Keys.Count;
            }
        }

        await DeleteAsync(pending, cancellation);
        return Report(finished: true);
    }

    private CleanupReport Report(bool finished) => new() { Swept = _swept, Renewed = _renewed, Unknown = _unknown, Shards = finished ? 1 : 0 };

    private async Task DeleteAsync(List<DueEntry> entries, CancellationToken cancellation)
    {
        while (entries.Count > 0)
        {
            var batch = new RowBatch(_partition);
            foreach (var key in entries.SelectMany(entry => entry.Keys))
            {
                batch.Delete(key);
            }

            var outcome = await table.SubmitAsync(batch, cancellation);
            if (outcome.Conflict is null)
            {
                _swept += entries.Count;
                return;
            }

            var missing = batch.Operations[outcome.Index].Key;
            if (entries.Any(entry => entry.IndexKey == missing))
            {
                // Renewed, or another sweep is at work on the same rows: one look tells which are still there, however many are gone.
                var left = await StillThereAsync(entries, cancellation);
                _renewed += entries.Count - left.Count;
                entries = left;
            }
            else
            {
                // An index row whose session is gone can't come about in our batches; should a hand have deleted it, the rest still goes.
                entries = [.. entries.Select(entry => entry.Without(missing))];
            }
        }
    }

    private async Task<List<DueEntry>> StillThereAsync(List<DueEntry> entries, CancellationToken cancellation)
    {
        var present = new HashSet<string>(StringComparer.Ordinal);
        var range = new RowRange(_partition, entries[0].IndexKey, entries[^1].IndexKey + ":", []);
        await foreach (var page in table.RangeAsync(range, cancellation))
        {
            present.UnionWith(page.Select(row => row.Key));
        }

        return [.. entries.Where(entry => present.Contains(entry.IndexKey))];
    }
}

/// <summary>An index row that is due, and the rows that go with it.</summary>
internal sealed record DueEntry(string IndexKey, IReadOnlyList<string> Keys)
{
    public static DueEntry? From(Row index, Shard shard)
    {
        if (RowKeys.SubjectOf(index.Key) is not { } subject)
        {
            return null;
        }

        if (RowKeys.IsRow(subject))
        {
            return new DueEntry(index.Key, [index.Key, subject]);
        }

        return SessionId.TryParse(subject, out var id) && id.Shard == shard
            ? new DueEntry(index.Key, [index.Key, RowKeys.Session(id), .. SessionIndexes.CompanionsOf(id, SessionIndexes.UserOf(index))])
            : null;
    }

    public DueEntry Without(string key) => this with { Keys = [.. Keys.Where(known => known != key)] };
}
