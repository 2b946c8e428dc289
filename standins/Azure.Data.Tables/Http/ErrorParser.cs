#nullable enable
using System.Globalization;
using System.Text.Json;
using Azure.Core;

namespace Azure.Data.Tables.Http
{
    /// <summary>Reads `{"odata.error":{"code":…,"message":{"lang":…,"value":…}}}`.</summary>
    internal sealed class ErrorParser : RequestFailedDetailsParser
    {
        public const string FailedActionIndex = "FailedEntity";

        public static ErrorParser Instance { get; } = new();

        public override bool TryParse(Response response, out ResponseError? error, out IDictionary<string, string>? data)
        {
            error = null;
            data = null;
            if (response.ContentStream is null or { CanSeek: true, Length: 0 })
            {
                return false;
            }

            try
            {
                using var document = JsonDocument.Parse(response.Content);
                if (!document.RootElement.TryGetProperty("odata.error", out var details))
                {
                    return false;
                }

                var code = details.GetProperty("code").GetString();
                var message = details.GetProperty("message").GetProperty("value").GetString() ?? "";
                if (TryReadActionIndex(message, out var index))
                {
                    data = new Dictionary<string, string>(StringComparer.Ordinal)
                    {
                        [FailedActionIndex] = index.ToString(CultureInfo.InvariantCulture),
                    };
                }

                error = new ResponseError(code, message);
                return true;
            }
            catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException)
            {
                // A gateway's page, say. The exception then carries the status alone.
                return false;
            }
        }

        /// <summary>In a transaction the service begins its message with the index of the action: `3:The specified …`.</summary>
        private static bool TryReadActionIndex(string message, out int index)
        {
            index = -1;
            var colon = message.IndexOf(':', StringComparison.Ordinal);
            return colon > 0
                && int.TryParse(message.AsSpan(0, colon), NumberStyles.None, CultureInfo.InvariantCulture, out index);
        }
    }
}
