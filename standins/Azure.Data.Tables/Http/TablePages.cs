#nullable enable

namespace Azure.Data.Tables.Http
{
    /// <summary>Follows continuation tokens. An empty page with a token is as good as any; only the lack of a token ends it.</summary>
    internal sealed class TablePages<T>(
        Func<string?, int?, CancellationToken, Task<Page<T>>> read, int? pageSize, CancellationToken cancellationToken)
        : AsyncPageable<T>(cancellationToken)
        where T : notnull
    {
        public override async IAsyncEnumerable<Page<T>> AsPages(string? continuationToken = null, int? pageSizeHint = null)
        {
            do
            {
                var page = await read(continuationToken, pageSizeHint ?? pageSize, CancellationToken);
                yield return page;
                continuationToken = page.ContinuationToken;
            }
            while (!string.IsNullOrEmpty(continuationToken));
        }
    }

    /// <summary>The two keys that the service continues from, as one token: partition key, a space, row key.</summary>
    internal static class ContinuationToken
    {
        public static string? From(Response response)
        {
            var hasPartition = response.Headers.TryGetValue(HeaderNames.NextPartitionKey, out var partitionKey);
            var hasRow = response.Headers.TryGetValue(HeaderNames.NextRowKey, out var rowKey);
            return hasPartition || hasRow ? $"{partitionKey} {rowKey}" : null;
        }

        public static (string? PartitionKey, string? RowKey) Parse(string? token)
        {
            if (string.IsNullOrWhiteSpace(token))
            {
                return default;
            }

            // The service encodes the keys, so they hold no space.
            var space = token.IndexOf(' ', StringComparison.Ordinal);
            return space < 0 || space == token.Length - 1 ? (token.TrimEnd(), null) : (token[..space], token[(space + 1)..]);
        }
    }
}
