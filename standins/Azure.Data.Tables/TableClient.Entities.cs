using Azure.Core;
using Azure.Data.Tables.Entities;
using Azure.Data.Tables.Http;

namespace Azure.Data.Tables
{
    public partial class TableClient
    {
        public virtual async Task<Response<T>> GetEntityAsync<T>(
            string partitionKey, string rowKey, IEnumerable<string> select = null, CancellationToken cancellationToken = default)
            where T : class, ITableEntity
        {
            using var message = CreateGetMessage(partitionKey, rowKey, select);
            var response = await _service.SendAsync(message, cancellationToken);
            return Response.FromValue(EntityReader.Read<T>(response), response);
        }

        public virtual async Task<NullableResponse<T>> GetEntityIfExistsAsync<T>(
            string partitionKey, string rowKey, IEnumerable<string> select = null, CancellationToken cancellationToken = default)
            where T : class, ITableEntity
        {
            using var message = CreateGetMessage(partitionKey, rowKey, select);
            var response = await _service.SendExpectingNotFoundAsync(message, cancellationToken);
            return response.Status == 404
                ? new NoValueResponse<T>(response)
                : Response.FromValue(EntityReader.Read<T>(response), response);
        }

        public virtual async Task<Response> AddEntityAsync<T>(T entity, CancellationToken cancellationToken = default)
            where T : ITableEntity
        {
            using var message = _service.CreateMessage(EntityRequest.Add(Name, entity));
            return await _service.SendAsync(message, cancellationToken);
        }

        public virtual async Task<Response> UpdateEntityAsync<T>(
            T entity, ETag ifMatch, TableUpdateMode mode = TableUpdateMode.Merge, CancellationToken cancellationToken = default)
            where T : ITableEntity
        {
            if (ifMatch == default)
            {
                // Without If-Match the service would insert.
                throw new ArgumentException("An update needs the ETag that it replaces, or ETag.All.", nameof(ifMatch));
            }

            using var message = _service.CreateMessage(EntityRequest.Change(Name, entity, mode, ifMatch.ToString()));
            return await _service.SendAsync(message, cancellationToken);
        }

        public virtual async Task<Response> UpsertEntityAsync<T>(
            T entity, TableUpdateMode mode = TableUpdateMode.Merge, CancellationToken cancellationToken = default)
            where T : ITableEntity
        {
            using var message = _service.CreateMessage(EntityRequest.Change(Name, entity, mode, ifMatch: null));
            return await _service.SendAsync(message, cancellationToken);
        }

        /// <summary>An entity that isn't there counts as deleted: the response then says 404, and nothing is thrown.</summary>
        public virtual async Task<Response> DeleteEntityAsync(
            string partitionKey, string rowKey, ETag ifMatch = default, CancellationToken cancellationToken = default)
        {
            using var message = _service.CreateMessage(EntityRequest.Delete(Name, partitionKey, rowKey, ifMatch));
            return await _service.SendExpectingNotFoundAsync(message, cancellationToken);
        }

        public virtual Task<Response> DeleteEntityAsync(
            ITableEntity entity, ETag ifMatch = default, CancellationToken cancellationToken = default)
        {
            ArgumentNullException.ThrowIfNull(entity);
            return DeleteEntityAsync(entity.PartitionKey, entity.RowKey, ifMatch, cancellationToken);
        }

        private HttpMessage CreateGetMessage(string partitionKey, string rowKey, IEnumerable<string> select)
        {
            ArgumentNullException.ThrowIfNull(partitionKey);
            ArgumentNullException.ThrowIfNull(rowKey);
            return _service.CreateMessage(
                RequestMethod.Get, new QueryPath(EntityPath.Of(Name, partitionKey, rowKey)).WithSelect(select).ToString());
        }
    }
}
