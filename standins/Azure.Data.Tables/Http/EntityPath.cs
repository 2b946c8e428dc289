#nullable enable
namespace Azure.Data.Tables.Http
{
    internal static class EntityPath
    {
        public const string Tables = "Tables";

        public static string Of(string table, string partitionKey, string rowKey) =>
            $"{table}(PartitionKey='{Escape(partitionKey)}',RowKey='{Escape(rowKey)}')";

        public static string OfTable(string table) => $"{Tables}('{Escape(table)}')";

        /// <summary>First OData's escape for a string literal, then the one for a URL.</summary>
        private static string Escape(string key) => Uri.EscapeDataString(key.Replace("'", "''", StringComparison.Ordinal));
    }
}
