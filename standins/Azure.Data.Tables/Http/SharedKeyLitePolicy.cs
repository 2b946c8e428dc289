#nullable enable
using Azure.Core;
using Azure.Core.Pipeline;

namespace Azure.Data.Tables.Http
{
    /// <summary>
    /// Signs date and path with the account's key: the short scheme that the table service offers beside the long one, and
    /// the one the official client uses. No request of this client has a `comp` parameter, so no query is part of the text.
    /// https://learn.microsoft.com/rest/api/storageservices/authorize-with-shared-key
    /// </summary>
    internal sealed class SharedKeyLitePolicy(TableSharedKeyCredential credential) : HttpPipelineSynchronousPolicy
    {
        public override void OnSendingRequest(HttpMessage message)
        {
            // Per try, not per call: the service refuses a date more than 15 minutes old.
            var date = DateTimeOffset.UtcNow.ToString("r");
            var signature = credential.Sign($"{date}\n/{credential.AccountName}{message.Request.Uri.ToUri().AbsolutePath}");

            message.Request.Headers.SetValue(HeaderNames.Date, date);
            message.Request.Headers.SetValue(HeaderNames.Authorization, $"SharedKeyLite {credential.AccountName}:{signature}");
        }
    }
}
