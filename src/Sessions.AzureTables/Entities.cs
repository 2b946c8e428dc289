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

    public static TableEntity ToEntity(string partition, RowOperation operation)
    {
        var entity = new TableEntity(partition, operation.Key);
        foreach (var (name, value) in operation.Columns)
        {
            entity[name] = value;
        }

        return entity;
    }

    public static ETag ETagOf(RowOperation operation) => operation.ETag is null ? ETag.All : new ETag(operation.ETag);

    public static TableTransactionAction ToAction(string partition, RowOperation operation) => new(
        operation.Action switch
        {
            RowAction.Insert => TableTransactionActionType.Add,
            RowAction.Merge => TableTransactionActionType.UpdateMerge,
            RowAction.Replace => TableTransactionActionType.UpdateReplace,
            _ => TableTransactionActionType.Delete,
        },
        ToEntity(partition, operation),
        ETagOf(operation));
}
