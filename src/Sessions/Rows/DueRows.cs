using System.Runtime.CompilerServices;
using Sessions.Table;

namespace Sessions.Rows;

/// <summary>What is due in a shard, by its index rows, and how it is deleted with what it stands for.</summary>
internal sealed class DueRows(ITable table)
{
    /// <summary>Rows that one batch deletes.</summary>
    public const int MostAtOnce = TableLimits.BatchOperations;

    /// <summary>All that was due up to now, in pages of up to 1,000; null stands for a row that isn't in a form we know.</summary>
    public async IAsyncEnumerable<IReadOnlyList<DueEntry?>> ReadAsync(
        Shard shard, DateTimeOffset now, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var (from, to) = RowKeys.Due(now);
        await foreach (var page in table.RangeAsync(new RowRange(shard.ToString(), from, to, SessionIndexes.ExpiryColumns), cancellation))
        {
            yield return [.. page.Select(row => DueEntry.From(row, shard))];
        }
    }

    /// <summary>Deletes all of them in one batch; the key that was missing where that couldn't be.</summary>
    public async Task<string?> DeleteAsync(Shard shard, IReadOnlyList<DueEntry> entries, CancellationToken cancellation)
    {
        var batch = new RowBatch(shard.ToString());
        foreach (var key in entries.SelectMany(entry => entry.Keys))
        {
            batch.Delete(key);
        }

        var outcome = await table.SubmitAsync(batch, cancellation);
        return outcome.Conflict is null ? null : batch.Operations[outcome.Index].Key;
    }

    /// <summary>Those whose index row is still there: the others were renewed, or removed by somebody else. One range read.</summary>
    public async Task<List<DueEntry>> StillThereAsync(Shard shard, List<DueEntry> entries, CancellationToken cancellation)
    {
        var present = new HashSet<string>(StringComparer.Ordinal);
        var range = new RowRange(shard.ToString(), entries[0].IndexKey, entries[^1].IndexKey + ":", []);
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
