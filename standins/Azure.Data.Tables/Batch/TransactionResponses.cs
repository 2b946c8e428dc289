#nullable enable
using System.Globalization;

namespace Azure.Data.Tables.Batch
{
    /// <summary>
    /// Reads the answer to a transaction: a response for each action in order, or, where it failed, the one of the action
    /// that failed.
    /// </summary>
    internal static class TransactionResponses
    {
        public static List<Response> Read(Response response)
        {
            var responses = new List<Response>();
            Collect(responses, response.Content.ToMemory(), response.Headers.ContentType, response.ClientRequestId);
            return responses;
        }

        private static void Collect(List<Response> responses, ReadOnlyMemory<byte> body, string? contentType, string clientRequestId)
        {
            if (Multipart.BoundaryOf(contentType) is not { } boundary)
            {
                throw new InvalidOperationException("The answer to a transaction isn't a multipart message.");
            }

            foreach (var section in Multipart.Sections(body, boundary))
            {
                var (head, content) = Multipart.SplitHead(section);
                var sectionType = Multipart.Headers(Lines(head)).GetValueOrDefault("Content-Type");
                if (Multipart.BoundaryOf(sectionType) is not null)
                {
                    Collect(responses, content, sectionType, clientRequestId);
                }
                else
                {
                    responses.Add(ReadHttp(content, clientRequestId));
                }
            }
        }

        private static ActionResponse ReadHttp(ReadOnlyMemory<byte> message, string clientRequestId)
        {
            var (head, content) = Multipart.SplitHead(message);
            var lines = Lines(head);

            // HTTP/1.1 204 No Content
            var status = lines[0].Split(' ', 3);
            if (status.Length < 2 || !int.TryParse(status[1], NumberStyles.None, CultureInfo.InvariantCulture, out var code))
            {
                throw new InvalidOperationException("A part of the answer to a transaction isn't an HTTP response.");
            }

            return new ActionResponse(code, status.Length > 2 ? status[2] : "", Multipart.Headers(lines.Skip(1)), content)
            {
                ClientRequestId = clientRequestId,
            };
        }

        private static string[] Lines(string head) => head.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
    }
}
