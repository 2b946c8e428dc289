using System.Collections;
using Azure.Data.Tables.Http;

namespace Azure.Data.Tables
{
    public class TableTransactionFailedException : RequestFailedException
    {
        public TableTransactionFailedException(RequestFailedException requestFailedException)
            : base(
                requestFailedException.Status,
                requestFailedException.Message,
                requestFailedException.ErrorCode,
                requestFailedException.InnerException)
        {
            foreach (DictionaryEntry entry in requestFailedException.Data)
            {
                base.Data.Add(entry.Key, entry.Value);
            }

            if (base.Data[ErrorParser.FailedActionIndex] is string text && int.TryParse(text, out var index))
            {
                FailedTransactionActionIndex = index;
            }
        }

        public int? FailedTransactionActionIndex { get; }
    }
}
