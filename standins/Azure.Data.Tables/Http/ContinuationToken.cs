#nullable enable
namespace Azure.Data.Tables.Http
{
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
