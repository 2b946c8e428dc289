namespace Sessions.Table;

/// <summary>
/// What the service asks of a table service, and all it asks: rows by key, ranges of keys, and batches of one partition that
/// happen as a whole or not at all. Everything above it (which rows a session has, in which batch they change) is written once, for
/// every table. One contract suite runs on each implementation.
/// </summary>
/// <remarks>
/// A missing row and a refused batch are answers. <see cref="StorageUnavailableException"/> means that the service couldn't be
/// reached, was busy or failed; the call may or may not have been carried out then.
/// </remarks>
public interface ITable
{
    /// <summary>The row, or null where there is none. One round trip.</summary>
    Task<Row?> FindAsync(string partition, string key, CancellationToken cancellation);

    /// <summary>
    /// The rows of a range in the order of their keys (ordinal), in pages of whatever size the service likes; a page may be empty and
    /// not be the last. One round trip a page, and the first page holds up to 1,000 rows.
    /// </summary>
    IAsyncEnumerable<IReadOnlyList<Row>> RangeAsync(RowRange range, CancellationToken cancellation);

    /// <summary>
    /// Carries out all operations, in one round trip, or none and says which one couldn't be. Creates the table if need be.
    /// A retry below this call may find its own first attempt: then the refusal names a conflict with what it wrote itself.
    /// </summary>
    Task<BatchOutcome> SubmitAsync(RowBatch batch, CancellationToken cancellation);
}

/// <summary>Rows of one partition with <c>From &lt;= key &lt; To</c>.</summary>
/// <param name="Columns">The columns wanted beside the key; empty for the key alone.</param>
public sealed record RowRange(string Partition, string From, string To, IReadOnlyList<string> Columns);
