#nullable enable
namespace Azure.Data.Tables.Http
{
    /// <summary>Where the tables of an account are, and what follows from that.</summary>
    internal sealed class TableEndpoint
    {
        private readonly string _base;

        public TableEndpoint(Uri uri, string? accountName = null)
        {
            Uri = uri;
            _base = uri.AbsoluteUri.TrimEnd('/');
            AccountName = accountName ?? AccountNameIn(uri);
            IsCosmos = uri.Host.EndsWith(".table.cosmos.azure.com", StringComparison.OrdinalIgnoreCase)
                || uri.Host.EndsWith(".cosmosdb.azure.com", StringComparison.OrdinalIgnoreCase)
                || uri.Host.EndsWith(".cosmos.azure.com", StringComparison.OrdinalIgnoreCase);
        }

        public Uri Uri { get; }

        public string AccountName { get; }

        /// <summary>Cosmos DB for Table has an audience of its own and knows no PATCH.</summary>
        public bool IsCosmos { get; }

        public string TokenScope => IsCosmos ? "https://cosmos.azure.com/.default" : "https://storage.azure.com/.default";

        /// <param name="pathAndQuery">Without a slash in front, already percent-encoded.</param>
        public string Resolve(string pathAndQuery) => string.Concat(_base, "/", pathAndQuery);

        /// <summary>The first label of a host name; on an emulator, which is addressed by IP, the first segment of the path.</summary>
        private static string AccountNameIn(Uri uri) =>
            uri.HostNameType == UriHostNameType.Dns && !uri.IsLoopback
                ? uri.Host.Split('.')[0]
                : uri.AbsolutePath.Trim('/').Split('/')[0];
    }
}
