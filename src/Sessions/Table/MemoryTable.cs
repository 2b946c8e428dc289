using System.Collections.Concurrent;
using System.Runtime.CompilerServices;

namespace Sessions.Table;

/// <summary>
/// A table in memory that keeps the real service's rules: its limits, whole batches or nothing, ETags, pages of at most 1,000 rows, and
/// empty pages with more to
/// come, which the real service gives at partition boundaries and Azurite never does. For tests and for a first look without storage.
/// </summary>
internal sealed class MemoryTable : ITable
{
    private static readonly IReadOnlyList<Row> EmptyPage = [];

    private readonly ConcurrentDictionary<string, Partition> _partitions = new(StringComparer.Ordinal);

    /// <summary>A table with the same rows that goes its own way from here.</summary>
    public MemoryTable Copy()
    {
        var copy = new MemoryTable();
        foreach (var (name, partition) in _partitions)
        {
            copy._partitions[name] = partition.Copy();
        }

        return copy;
    }

    /// <summary>The keys of all rows there are.</summary>
    public IReadOnlyList<string> Keys() => [.. _partitions.Values.SelectMany(partition => partition.Keys())];

    public Task<Row?> FindAsync(string partition, string key, CancellationToken cancellation) =>
        Task.FromResult(_partitions.GetValueOrDefault(partition)?.Find(key));

    public async IAsyncEnumerable<IReadOnlyList<Row>> RangeAsync(RowRange range, [EnumeratorCancellation] CancellationToken cancellation)
    {
        yield return EmptyPage;
        if (!_partitions.TryGetValue(range.Partition, out var partition))
        {
            yield break;
        }

        var from = range.From;
        while (true)
        {
            cancellation.ThrowIfCancellationRequested();
            var page = partition.Page(range with { From = from });
            if (page.Count == 0)
            {
                yield break;
            }

            yield return page;
            from = page[^1].Key + '\0';
        }
    }

    public Task<BatchOutcome> SubmitAsync(RowBatch batch, CancellationToken cancellation)
    {
        TableLimits.Check(batch);
        return Task.FromResult(_partitions.GetOrAdd(batch.Partition, name => new Partition(name)).Submit(batch));
    }

    private sealed class Partition(string name)
    {
        private readonly Lock _lock = new();
        private readonly Dictionary<string, Row> _rows = new(StringComparer.Ordinal);
        private readonly SortedSet<string> _keys = new(StringComparer.Ordinal);
        private long _lastETag;

        public Partition Copy()
        {
            lock (_lock)
            {
                var copy = new Partition(name) { _lastETag = _lastETag };
                foreach (var (key, row) in _rows)
                {
                    copy._rows.Add(key, row);
                    copy._keys.Add(key);
                }

                return copy;
            }
        }

        public IReadOnlyList<string> Keys()
        {
            lock (_lock)
            {
                return [.. _keys];
            }
        }

        public Row? Find(string key)
        {
            lock (_lock)
            {
                return _rows.GetValueOrDefault(key);
            }
        }

        public List<Row> Page(RowRange range)
        {
            lock (_lock)
            {
                return string.CompareOrdinal(range.From, range.To) >= 0
                    ? []
                    : [.. _keys.GetViewBetween(range.From, range.To)
                        .Where(key => key != range.To)
                        .Take(TableLimits.PageRows)
                        .Select(key => Only(_rows[key], range.Columns))];
            }
        }

        public BatchOutcome Submit(RowBatch batch)
        {
            lock (_lock)
            {
                for (var i = 0; i < batch.Operations.Count; i++)
                {
                    if (Conflict(batch.Operations[i]) is { } conflict)
                    {
                        return BatchOutcome.Refused(i, conflict);
                    }
                }

                return BatchOutcome.Applied([.. batch.Operations.Select(Apply)]);
            }
        }

        private RowConflict? Conflict(RowOperation operation)
        {
            var row = _rows.GetValueOrDefault(operation.Key);
            return operation.Action == RowAction.Insert
                ? row is null ? null : RowConflict.Exists
                : row is null ? RowConflict.Missing
                : operation.ETag is null || operation.ETag == row.ETag ? null
                : RowConflict.Changed;
        }

        private string? Apply(RowOperation operation)
        {
            if (operation.Action == RowAction.Delete)
            {
                _rows.Remove(operation.Key);
                _keys.Remove(operation.Key);
                return null;
            }

            var columns = operation.Action == RowAction.Merge ? Merged(_rows[operation.Key].Columns, operation.Columns) : operation.Columns;
            var etag = $"W/\"{++_lastETag}\"";
            _rows[operation.Key] = new Row(name, operation.Key, columns, etag);
            if (operation.Action == RowAction.Insert)
            {
                _keys.Add(operation.Key);
            }

            return etag;
        }

        private static Dictionary<string, object> Merged(IReadOnlyDictionary<string, object> old, IReadOnlyDictionary<string, object> changes)
        {
            var merged = new Dictionary<string, object>(old, StringComparer.Ordinal);
            foreach (var (column, value) in changes)
            {
                merged[column] = value;
            }

            return merged;
        }

        private static Row Only(Row row, IReadOnlyList<string> wanted) =>
            row with { Columns = wanted.Where(row.Columns.ContainsKey).ToDictionary(name => name, name => row.Columns[name], StringComparer.Ordinal) };
    }
}
