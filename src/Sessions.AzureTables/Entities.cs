using Azure;
using Azure.Data.Tables;
using Sessions.Table;

namespace Sessions.AzureTables;

/// <summary>Rows as the client's entities, and back.</summary>
internal static class Entities
{
    public static Row ToRow(TableEntity entity)
    {
        var columns = new Dictionary<string, object>(entity.Count, StringComparer.Ordinal);
        foreach (var (name, value) in entity)
        {
            if (name is not ("PartitionKey" or "RowKey" or "Timestamp" or "odata.etag") && value is not null)
            {
                columns[name] = value is BinaryData binary ? binary.ToArray() : value;
            }
        }

        return new Row(entity.PartitionKey, entity.RowKey, columns, entity.ETag.ToString());
    }

    public static TableTransactionAction ToAction(string partition, RowOperation operation)
    {
        var entity = new TableEntity(partition, operation.Key);
        foreach (var (name, value) in operation.Columns)
        {
            entity[name] = value;
        }

        return new TableTransactionAction(
            operation.Action switch
            {
                RowAction.Insert => TableTransactionActionType.Add,
                RowAction.Merge => TableTransactionActionType.UpdateMerge,
                RowAction.Replace => TableTransactionActionType.UpdateReplace,
                _ => TableTransactionActionType.Delete,
            },
            entity,
            operation.ETag is null ? ETag.All : new ETag(operation.ETag));
    }
}
