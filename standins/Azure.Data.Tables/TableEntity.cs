namespace Azure.Data.Tables
{
    /// <summary>An entity as a bag of named values. The keys, the timestamp and the ETag live in the same bag.</summary>
    public sealed partial class TableEntity : ITableEntity, IDictionary<string, object>
    {
        internal const string ETagName = "odata.etag";

        private readonly Dictionary<string, object> _properties;

        public TableEntity() => _properties = new Dictionary<string, object>(StringComparer.Ordinal);

        public TableEntity(string partitionKey, string rowKey)
            : this()
        {
            PartitionKey = partitionKey;
            RowKey = rowKey;
        }

        public TableEntity(IDictionary<string, object> values) =>
            _properties = values == null
                ? new Dictionary<string, object>(StringComparer.Ordinal)
                : new Dictionary<string, object>(values, StringComparer.Ordinal);

        public string PartitionKey
        {
            get => GetString(nameof(PartitionKey));
            set => _properties[nameof(PartitionKey)] = value;
        }

        public string RowKey
        {
            get => GetString(nameof(RowKey));
            set => _properties[nameof(RowKey)] = value;
        }

        public DateTimeOffset? Timestamp
        {
            get => GetDateTimeOffset(nameof(Timestamp));
            set => _properties[nameof(Timestamp)] = value;
        }

        public ETag ETag
        {
            get => GetString(ETagName) is { } value ? new ETag(value) : default;
            set => _properties[ETagName] = value == default ? null : value.ToString();
        }

        public string GetString(string key) => (string)Get(key, typeof(string));

        public byte[] GetBinary(string key) => Find(key) switch
        {
            BinaryData data => data.ToArray(),
            var value => (byte[])Check(value, typeof(byte[])),
        };

        public BinaryData GetBinaryData(string key) => Find(key) switch
        {
            byte[] bytes => new BinaryData(bytes),
            var value => (BinaryData)Check(value, typeof(BinaryData)),
        };

        public bool? GetBoolean(string key) => (bool?)Get(key, typeof(bool));

        public int? GetInt32(string key) => (int?)Get(key, typeof(int));

        public long? GetInt64(string key) => (long?)Get(key, typeof(long));

        public double? GetDouble(string key) => (double?)Get(key, typeof(double));

        public Guid? GetGuid(string key) => (Guid?)Get(key, typeof(Guid));

        public DateTime? GetDateTime(string key) => Find(key) switch
        {
            DateTimeOffset offset => offset.UtcDateTime,
            var value => (DateTime?)Check(value, typeof(DateTime)),
        };

        public DateTimeOffset? GetDateTimeOffset(string key) => Find(key) switch
        {
            DateTime time => new DateTimeOffset(time),
            var value => (DateTimeOffset?)Check(value, typeof(DateTimeOffset)),
        };

        private object Get(string key, Type type) => Check(Find(key), type);

        private object Find(string key)
        {
            ArgumentException.ThrowIfNullOrEmpty(key);
            return _properties.GetValueOrDefault(key);
        }

        private static object Check(object value, Type type) => value == null || value.GetType() == type
            ? value
            : throw new InvalidOperationException($"The property holds a {value.GetType()}, not a {type}.");
    }
}
