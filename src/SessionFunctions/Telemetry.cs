using Microsoft.Extensions.Logging;

namespace SessionFunctions;

internal static partial class Telemetry
{
    [LoggerMessage(100, LogLevel.Warning, "The table service is unavailable")]
    public static partial void StorageUnavailable(this ILogger log, Exception exception);

    [LoggerMessage(101, LogLevel.Error, "A call failed")]
    public static partial void Failed(this ILogger log, Exception exception);
}
