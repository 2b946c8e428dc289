using Sessions.Rows;

namespace Sessions.Cleanup;

/// <summary>
/// Cleans one shard: a range read for each 1,000 index rows that are due, and a batch for each 100 rows deleted. Looks at the time only
/// after
/// a batch, so that every run gets something done.
/// </summary>
internal sealed class ShardCleanup(DueRows due, Shard shard, Func<bool> outOfTime)
{
    private int _deleted;
    private int _renewed;
    private int _unknown;

    public async Task<CleanupReport> RunAsync(DateTimeOffset now, CancellationToken cancellation)
    {
        var pending = new List<DueEntry>();
        var rows = 0;
        await foreach (var page in due.ReadAsync(shard, now, cancellation))
        {
            _unknown += page.Count(entry => entry is null);
            foreach (var entry in page.OfType<DueEntry>())
            {
                if (rows + entry.Keys.Count > DueRows.MostAtOnce)
                {
                    await DeleteAsync(pending, cancellation);
                    if (outOfTime())
                    {
                        return Report(finished: false);
                    }

                    (pending, rows) = ([], 0);
                }

                pending.Add(entry);
                rows += entry.Keys.Count;
            }
        }

        await DeleteAsync(pending, cancellation);
        return Report(finished: true);
    }

    private CleanupReport Report(bool finished) => new() { Deleted = _deleted, Renewed = _renewed, Unknown = _unknown, Shards = finished ? 1 : 0 };

    private async Task DeleteAsync(List<DueEntry> entries, CancellationToken cancellation)
    {
        while (entries.Count > 0)
        {
            if (await due.DeleteAsync(shard, entries, cancellation) is not { } missing)
            {
                _deleted += entries.Count;
                return;
            }

            if (entries.Any(entry => entry.IndexKey == missing))
            {
                // Renewed, or another cleanup is at work on the same rows: one look tells which are still there, however many are gone.
                var left = await due.StillThereAsync(shard, entries, cancellation);
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
}
