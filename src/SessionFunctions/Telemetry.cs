using Microsoft.Extensions.Logging;

namespace SessionFunctions;

/// <summary>Every line the HTTP side logs.</summary>
internal static partial class Telemetry
{
    [LoggerMessage(100, LogLevel.Warning, "The table service is unavailable")]
    public static partial void StorageUnavailable(this ILogger log, Exception exception);

    [LoggerMessage(103, LogLevel.Error, "The table was made with other settings; nothing is served until they are put right")]
    public static partial void TableMismatch(this ILogger log, Exception exception);

    [LoggerMessage(104, LogLevel.Warning, "The table's own row can't be read; the mark last known holds for a minute")]
    public static partial void MarkUnread(this ILogger log, Exception exception);

    [LoggerMessage(101, LogLevel.Error, "A call failed")]
    public static partial void Failed(this ILogger log, Exception exception);

    [LoggerMessage(102, LogLevel.Information, "The limit of sessions created per client address is off: under the Functions host every call comes from the host. Set Sessions:RateLimit:ClientAddressHeader to the header in which what stands in front of the app names the client")]
    public static partial void NoClientAddress(this ILogger log);
}
