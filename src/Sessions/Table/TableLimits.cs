using System.Buffers;
using System.Text;

namespace Sessions.Table;

/// <summary>
/// The limits of Azure Table Storage, checked before anything is sent. Azurite accepts a batch across partitions, a row over 1 MiB and
/// more than 252 columns; the real service doesn't, so a fault would first show in production.
/// https://learn.microsoft.com/rest/api/storageservices/understanding-the-table-service-data-model
/// </summary>
public static class TableLimits
{
    public const int BatchOperations = 100;
    public const int BatchBytes = 4 * 1024 * 1024;
    public const int RowBytes = 1024 * 1024;
    public const int ColumnBytes = 64 * 1024;
    public const int Columns = 252;
    public const int KeyBytes = 254;
    public const int PageRows = 1000;

    /// <summary>Rough size of an operation's envelope in a batch's body, which the payload limit counts too.</summary>
    private const int OperationOverhead = 512;

    private static readonly SearchValues<char> KeyChars = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789:-");

    public static void Check(RowBatch batch)
    {
        if (batch.Operations.Count is 0 or > BatchOperations)
        {
            throw Against($"a batch holds 1 to {BatchOperations} operations, not {batch.Operations.Count}");
        }

        CheckKey(batch.Partition);

        var keys = batch.Operations.Count == 1 ? null : new HashSet<string>(StringComparer.Ordinal);
        long total = 0;
        foreach (var operation in batch.Operations)
        {
            CheckKey(operation.Key);
            Require(keys?.Add(operation.Key) is not false, "a batch names each row once");
            var size = SizeOf(operation.Columns);

            if (size > RowBytes)
            {
                throw Against($"a row has at most {RowBytes} bytes, not {size}");
            }

            total += (size * 4 / 3) + OperationOverhead; // binary travels as base64
        }

        if (total > BatchBytes)
        {
            throw Against($"a batch has at most {BatchBytes} bytes, not {total}");
        }
    }

    private static void CheckKey(string key)
    {
        Require(key.Length is > 0 and <= KeyBytes, "a key has 1 to 254 characters");
        Require(!key.AsSpan().ContainsAnyExcept(KeyChars), "a key has lower-case letters, digits, ':' and '-' only");
    }

    private static long SizeOf(IReadOnlyDictionary<string, object> columns)
    {
        if (columns.Count > Columns)
        {
            throw Against($"a row has at most {Columns} columns, not {columns.Count}");
        }

        long total = 0;
        foreach (var (name, value) in columns)
        {
            Require(!string.Equals(name, "id", StringComparison.OrdinalIgnoreCase), "Cosmos DB keeps the name Id for itself");
            var size = value switch
            {
                byte[] bytes => bytes.Length,
                string text => Encoding.Unicode.GetByteCount(text),
                bool => 1,
                int => 4,
                long or DateTimeOffset => 8,
                _ => throw new InvalidOperationException($"A column can't hold a {value.GetType().Name}."),
            };
            if (size > ColumnBytes)
            {
                throw Against($"a column has at most {ColumnBytes} bytes; '{name}' has {size}");
            }

            total += 8 + (name.Length * 2) + size;
        }

        return total;
    }

    private static void Require(bool held, string limit)
    {
        if (!held)
        {
            throw Against(limit);
        }
    }

    private static InvalidOperationException Against(string limit) => new($"Against a limit of the table service: {limit}.");
}
