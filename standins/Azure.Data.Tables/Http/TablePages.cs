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
}
