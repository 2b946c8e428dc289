#nullable enable
using System.Buffers;
using System.Text.Json;
using Azure.Core;
using Azure.Data.Tables.Models;

namespace Azure.Data.Tables.Http
{
    /// <summary>The operations on tables as a whole, which both clients offer.</summary>
    internal static class TableOperations
    {
        private static readonly ResponseClassifier ConflictIsExpected = new StatusCodeClassifier([201, 204, 409]);

        public static async Task<Response<TableItem>> CreateAsync(TableService service, string table, CancellationToken cancellationToken)
        {
            using var message = CreateMessage(service, table);
            return Response.FromValue(new TableItem(table), await service.SendAsync(message, cancellationToken));
        }

        public static async Task<Response<TableItem>> CreateIfNotExistsAsync(
            TableService service, string table, CancellationToken cancellationToken)
        {
            using var message = CreateMessage(service, table);
            message.ResponseClassifier = ConflictIsExpected;
            var response = await service.SendAsync(message, cancellationToken);
            if (response.Status == 409)
            {
                var conflict = new RequestFailedException(response);
                if (conflict.ErrorCode == TableErrorCode.TableBeingDeleted)
                {
                    throw conflict;
                }
            }

            return Response.FromValue(new TableItem(table), response);
        }

        public static async Task<Response> DeleteAsync(TableService service, string table, CancellationToken cancellationToken)
        {
            using var message = service.CreateMessage(RequestMethod.Delete, EntityPath.OfTable(table));
            return await service.SendExpectingNotFoundAsync(message, cancellationToken);
        }

        public static async Task<Page<TableItem>> ReadPageAsync(
            TableService service, string? filter, string? nextTable, int? pageSize, CancellationToken cancellationToken)
        {
            var path = new QueryPath(EntityPath.Tables).With("$filter", filter).With("$top", pageSize).With("NextTableName", nextTable);
            using var message = service.CreateMessage(RequestMethod.Get, path.ToString());
            var response = await service.SendAsync(message, cancellationToken);

            using var document = JsonDocument.Parse(response.Content);
            var tables = document.RootElement.GetProperty("value").EnumerateArray()
                .Select(table => new TableItem(table.GetProperty("TableName").GetString()))
                .ToList();
            response.Headers.TryGetValue(HeaderNames.NextTableName, out var next);
            return Page<TableItem>.FromValues(tables, next, response);
        }

        private static HttpMessage CreateMessage(TableService service, string table)
        {
            var body = new ArrayBufferWriter<byte>();
            using (var json = new Utf8JsonWriter(body))
            {
                json.WriteStartObject();
                json.WriteString("TableName", table);
                json.WriteEndObject();
            }

            return service.CreateMessage(new EntityRequest(RequestMethod.Post, EntityPath.Tables, body.WrittenMemory));
        }
    }
}
