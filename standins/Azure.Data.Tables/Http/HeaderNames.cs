namespace Azure.Data.Tables.Http
{
    internal static class HeaderNames
    {
        public const string Accept = "Accept";
        public const string Authorization = "Authorization";
        public const string ContentType = "Content-Type";
        public const string DataServiceVersion = "DataServiceVersion";
        public const string Date = "x-ms-date";
        public const string IfMatch = "If-Match";
        public const string MethodOverride = "X-HTTP-Method";
        public const string NextPartitionKey = "x-ms-continuation-NextPartitionKey";
        public const string NextRowKey = "x-ms-continuation-NextRowKey";
        public const string NextTableName = "x-ms-continuation-NextTableName";
        public const string Prefer = "Prefer";
        public const string Version = "x-ms-version";
    }
}
