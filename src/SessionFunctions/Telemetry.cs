using Microsoft.Extensions.Logging;

namespace SessionFunctions;

/// <summary>Every line the HTTP side logs.</summary>
internal static partial class Telemetry
{
    [LoggerMessage(100, LogLevel.Warning, "The table service is unavailable")]
    public static partial void StorageUnavailable(this ILogger log, Exception exception);

    [LoggerMessage(101, LogLevel.Error, "A call failed")]
    public static partial void Failed(this ILogger log, Exception exception);

    [LoggerMessage(102, LogLevel.Information, "The limit of sessions created per client address is off: under the Functions host every call comes from the host. Set Sessions:RateLimit:ClientAddressHeader to the header in which what stands in front of the app names the client")]
    public static partial void NoClientAddress(this ILogger log);
}
