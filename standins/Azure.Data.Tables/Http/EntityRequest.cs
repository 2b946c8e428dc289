#nullable enable
using Azure.Core;
using Azure.Data.Tables.Entities;

namespace Azure.Data.Tables.Http
{
    /// <summary>A write of one entity, the same whether it is sent alone or as a part of a transaction.</summary>
    internal readonly record struct EntityRequest(RequestMethod Method, string Path, ReadOnlyMemory<byte> Body = default, string? IfMatch = null)
    {
        /// <summary>
        /// An update whose action names no ETag goes without If-Match, which makes it an upsert. That is what the official
        /// client does; a caller that means "any version, but it must exist" passes <see cref="ETag.All"/>.
        /// </summary>
        public static EntityRequest For(string table, TableTransactionAction action) => action.ActionType switch
        {
            TableTransactionActionType.Add => Add(table, action.Entity),
            TableTransactionActionType.UpdateMerge => Change(table, action.Entity, TableUpdateMode.Merge, NullIfDefault(action.ETag)),
            TableTransactionActionType.UpdateReplace => Change(table, action.Entity, TableUpdateMode.Replace, NullIfDefault(action.ETag)),
            TableTransactionActionType.Delete => Delete(table, action.Entity.PartitionKey, action.Entity.RowKey, action.ETag),
            TableTransactionActionType.UpsertMerge => Change(table, action.Entity, TableUpdateMode.Merge, ifMatch: null),
            TableTransactionActionType.UpsertReplace => Change(table, action.Entity, TableUpdateMode.Replace, ifMatch: null),
            _ => throw new InvalidOperationException($"Unknown action {action.ActionType}."),
        };

        public static EntityRequest Add(string table, ITableEntity entity)
        {
            RequireKeys(entity);
            return new(RequestMethod.Post, table, EntityWriter.Write(entity));
        }

        /// <summary>Without <paramref name="ifMatch"/> the service inserts where there is no such entity; with any value it never does.</summary>
        public static EntityRequest Change(string table, ITableEntity entity, TableUpdateMode mode, string? ifMatch)
        {
            RequireKeys(entity);
            var method = mode switch
            {
                TableUpdateMode.Merge => RequestMethod.Patch,
                TableUpdateMode.Replace => RequestMethod.Put,
                _ => throw new ArgumentException($"Unexpected value for {nameof(mode)}: {mode}", nameof(mode)),
            };
            return new(method, EntityPath.Of(table, entity.PartitionKey, entity.RowKey), EntityWriter.Write(entity), ifMatch);
        }

        public static EntityRequest Delete(string table, string partitionKey, string rowKey, ETag ifMatch)
        {
            ArgumentNullException.ThrowIfNull(partitionKey);
            ArgumentNullException.ThrowIfNull(rowKey);
            return new(RequestMethod.Delete, EntityPath.Of(table, partitionKey, rowKey), IfMatch: AnyIfDefault(ifMatch));
        }

        private static string? NullIfDefault(ETag etag) => etag == default ? null : etag.ToString();

        private static string AnyIfDefault(ETag etag) => (etag == default ? ETag.All : etag).ToString();

        private static void RequireKeys(ITableEntity entity)
        {
            ArgumentNullException.ThrowIfNull(entity);
            if (entity.PartitionKey is null || entity.RowKey is null)
            {
                throw new ArgumentNullException(nameof(entity), "An entity needs a partition key and a row key.");
            }
        }
    }
}
