using Microsoft.Extensions.Logging;

namespace SessionFunctions.Oidc;

/// <summary>Reasons are texts of our own; nothing out of a token is logged.</summary>
internal static partial class IdentityLog
{
    [LoggerMessage(120, LogLevel.Information, "Id token refused: {Reason}")]
    public static partial void IdTokenRefused(this ILogger log, string reason);

    [LoggerMessage(121, LogLevel.Information, "Fetched {Count} keys of the identity provider")]
    public static partial void KeysFetched(this ILogger log, int count);

    [LoggerMessage(122, LogLevel.Warning, "The identity provider's keys can't be fetched")]
    public static partial void KeysUnavailable(this ILogger log, Exception exception);
}
