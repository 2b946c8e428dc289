using Azure.Core;
using Azure.Data.Tables.Batch;
using Azure.Data.Tables.Http;

namespace Azure.Data.Tables
{
    public partial class TableClient
    {
        /// <summary>All or nothing, in one partition. The responses are in the order of the actions.</summary>
        /// <exception cref="TableTransactionFailedException">One action failed; its index is in the exception; nothing was changed.</exception>
        public virtual async Task<Response<IReadOnlyList<Response>>> SubmitTransactionAsync(
            IEnumerable<TableTransactionAction> transactionActions, CancellationToken cancellationToken = default)
        {
            ArgumentNullException.ThrowIfNull(transactionActions);

            var body = new TransactionBody(_service);
            using var message = _service.CreateMessage(RequestMethod.Post, "$batch");
            message.Request.Headers.SetValue(HeaderNames.Accept, "application/json");
            message.Request.Headers.SetValue(HeaderNames.ContentType, body.ContentType);
            message.Request.Content = RequestContent.Create(body.Write(Name, transactionActions));

            var response = await _service.SendAsync(message, cancellationToken);
            var responses = TransactionResponses.Read(response);
            return responses.Find(part => part.IsError) is { } failed
                ? throw new TableTransactionFailedException(new RequestFailedException(failed, null, ErrorParser.Instance))
                : Response.FromValue<IReadOnlyList<Response>>(responses, response);
        }
    }
}
