using Azure.Core;
using Azure.Data.Tables.Entities;
using Azure.Data.Tables.Http;

namespace Azure.Data.Tables
{
    public partial class TableClient
    {
        public virtual AsyncPageable<T> QueryAsync<T>(
            string filter = null, int? maxPerPage = null, IEnumerable<string> select = null, CancellationToken cancellationToken = default)
            where T : class, ITableEntity
        {
            return new TablePages<T>(ReadPageAsync, maxPerPage, cancellationToken);

            async Task<Page<T>> ReadPageAsync(string continuationToken, int? pageSize, CancellationToken cancel)
            {
                var (partitionKey, rowKey) = ContinuationToken.Parse(continuationToken);
                var path = new QueryPath($"{Name}()")
                    .With("$filter", string.IsNullOrEmpty(filter) ? null : filter)
                    .WithSelect(select)
                    .With("$top", pageSize)
                    .With("NextPartitionKey", partitionKey)
                    .With("NextRowKey", rowKey);

                using var message = _service.CreateMessage(RequestMethod.Get, path.ToString());
                var response = await _service.SendAsync(message, cancel);
                return Page<T>.FromValues(EntityReader.ReadPage<T>(response), ContinuationToken.From(response), response);
            }
        }
    }
}
