#nullable enable
using System.Buffers;
using System.Text;
using Azure.Data.Tables.Http;

namespace Azure.Data.Tables.Batch
{
    /// <summary>
    /// Writes a transaction as a multipart message with one change set.
    /// https://learn.microsoft.com/rest/api/storageservices/performing-entity-group-transactions
    /// </summary>
    internal sealed class TransactionBody(TableService service)
    {
        private readonly string _batch = $"batch_{Guid.NewGuid()}";
        private readonly string _changeSet = $"changeset_{Guid.NewGuid()}";
        private readonly ArrayBufferWriter<byte> _body = new(4096);

        public string ContentType => $"multipart/mixed; boundary={_batch}";

        public ReadOnlyMemory<byte> Write(string table, IEnumerable<TableTransactionAction> actions)
        {
            Append($"--{_batch}\r\nContent-Type: multipart/mixed; boundary={_changeSet}\r\n\r\n");

            var any = false;
            foreach (var action in actions)
            {
                any = true;
                Append(EntityRequest.For(table, action));
            }

            if (!any)
            {
                throw new InvalidOperationException("A transaction needs at least one action.");
            }

            Append($"--{_changeSet}--\r\n--{_batch}--\r\n");
            return _body.WrittenMemory;
        }

        private void Append(in EntityRequest request)
        {
            Append($"--{_changeSet}\r\nContent-Type: application/http\r\nContent-Transfer-Encoding: binary\r\n\r\n");
            Append($"{service.MethodOf(request)} {service.Endpoint.Resolve(request.Path)} HTTP/1.1\r\n");
            foreach (var (name, value) in TableService.EntityHeaders.Concat(service.HeadersOf(request)))
            {
                Append($"{name}: {value}\r\n");
            }

            Append("\r\n");
            _body.Write(request.Body.Span);
            Append("\r\n");
        }

        private void Append(string text) => Encoding.UTF8.GetBytes(text, _body);
    }
}
