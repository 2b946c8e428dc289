using Azure.Core;
using Azure.Data.Tables.Http;
using Azure.Data.Tables.Models;

namespace Azure.Data.Tables
{
    public partial class TableClient
    {
        private readonly TableService _service;

        public TableClient(string connectionString, string tableName)
            : this(connectionString, tableName, null)
        {
        }

        public TableClient(string connectionString, string tableName, TableClientOptions options = null)
            : this(TableService.For(connectionString, options), tableName)
        {
        }

        public TableClient(Uri endpoint, string tableName, TableSharedKeyCredential credential)
            : this(endpoint, tableName, credential, null)
        {
        }

        public TableClient(Uri endpoint, string tableName, TableSharedKeyCredential credential, TableClientOptions options = null)
            : this(TableService.For(endpoint, credential, options), tableName)
        {
        }

        public TableClient(Uri endpoint, string tableName, TokenCredential tokenCredential, TableClientOptions options = null)
            : this(TableService.For(endpoint, tokenCredential, options), tableName)
        {
        }

        internal TableClient(TableService service, string tableName)
        {
            ArgumentException.ThrowIfNullOrEmpty(tableName);
            _service = service;
            Name = tableName;
            Uri = new Uri(service.Endpoint.Resolve(tableName));
        }

        // For doubles in tests, as in the official package.
        protected TableClient()
        {
        }

        public virtual string Name { get; }

        public virtual string AccountName => _service.Endpoint.AccountName;

        public virtual Uri Uri { get; }

        public static string CreateQueryFilter(FormattableString filter) => QueryFilter.Create(filter);

        public virtual Task<Response<TableItem>> CreateAsync(CancellationToken cancellationToken = default) =>
            TableOperations.CreateAsync(_service, Name, cancellationToken);

        public virtual Task<Response<TableItem>> CreateIfNotExistsAsync(CancellationToken cancellationToken = default) =>
            TableOperations.CreateIfNotExistsAsync(_service, Name, cancellationToken);

        public virtual Task<Response> DeleteAsync(CancellationToken cancellationToken = default) =>
            TableOperations.DeleteAsync(_service, Name, cancellationToken);
    }
}
