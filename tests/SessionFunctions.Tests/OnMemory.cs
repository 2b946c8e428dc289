using SessionFunctions.Tests.Cleanup;
using SessionFunctions.Tests.Entry;
using SessionFunctions.Tests.Health;
using SessionFunctions.Tests.Service;
using SessionFunctions.Tests.Use;
using SessionFunctions.Tests.Users;

namespace SessionFunctions.Tests;

/// <summary>The suites on the table in memory.</summary>
public static class OnMemory
{
    public sealed class Living() : LifeSuite(Storage.Memory);

    public sealed class Cleaning() : CleanupSuite(Storage.Memory);

    public sealed class Health() : HealthSuite(Storage.Memory);

    public sealed class Logging() : LogSuite(Storage.Memory);

    public sealed class RotatingByItself() : RotateAfterSuite(Storage.Memory);

    public sealed class LoggingUsers() : UserLogSuite(Storage.Memory);
}
