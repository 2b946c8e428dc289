using Azure.Core;
using Azure.Data.Tables.Http;
using Azure.Data.Tables.Models;

namespace Azure.Data.Tables
{
    public class TableServiceClient
    {
        private readonly TableService _service;

        public TableServiceClient(string connectionString)
            : this(connectionString, null)
        {
        }

        public TableServiceClient(string connectionString, TableClientOptions options = null) =>
            _service = TableService.For(connectionString, options);

        public TableServiceClient(Uri endpoint, TableSharedKeyCredential credential)
            : this(endpoint, credential, null)
        {
        }

        public TableServiceClient(Uri endpoint, TableSharedKeyCredential credential, TableClientOptions options) =>
            _service = TableService.For(endpoint, credential, options);

        public TableServiceClient(Uri endpoint, TokenCredential tokenCredential, TableClientOptions options = null) =>
            _service = TableService.For(endpoint, tokenCredential, options);

        // For doubles in tests, as in the official package.
        protected TableServiceClient()
        {
        }

        public virtual string AccountName => _service.Endpoint.AccountName;

        public virtual Uri Uri => _service.Endpoint.Uri;

        public static string CreateQueryFilter(FormattableString filter) => QueryFilter.Create(filter);

        /// <summary>A client that shares this one's pipeline, connections and tokens.</summary>
        public virtual TableClient GetTableClient(string tableName) => new(_service, tableName);

        public virtual Task<Response<TableItem>> CreateTableAsync(string tableName, CancellationToken cancellationToken = default) =>
            TableOperations.CreateAsync(_service, tableName, cancellationToken);

        public virtual Task<Response<TableItem>> CreateTableIfNotExistsAsync(string tableName, CancellationToken cancellationToken = default) =>
            TableOperations.CreateIfNotExistsAsync(_service, tableName, cancellationToken);

        public virtual Task<Response> DeleteTableAsync(string tableName, CancellationToken cancellationToken = default) =>
            TableOperations.DeleteAsync(_service, tableName, cancellationToken);

        public virtual AsyncPageable<TableItem> QueryAsync(
            string filter = null, int? maxPerPage = null, CancellationToken cancellationToken = default) =>
            new TablePages<TableItem>(
                (next, pageSize, cancel) => TableOperations.ReadPageAsync(_service, filter, next, pageSize, cancel), maxPerPage, cancellationToken);

        public virtual AsyncPageable<TableItem> QueryAsync(
            FormattableString filter, int? maxPerPage = null, CancellationToken cancellationToken = default) =>
            QueryAsync(QueryFilter.Create(filter), maxPerPage, cancellationToken);
    }
}
