using SessionFunctions.Tests.Cleanup;
using SessionFunctions.Tests.Entry;
using SessionFunctions.Tests.Health;
using SessionFunctions.Tests.Service;
using SessionFunctions.Tests.Use;
using SessionFunctions.Tests.Users;

namespace SessionFunctions.Tests;

/// <summary>The suites on Azurite, a table for each test.</summary>
public static class OnAzurite
{
    public sealed class Living() : LifeSuite(Storage.Azurite);

    public sealed class Cleaning() : CleanupSuite(Storage.Azurite);

    public sealed class Health() : HealthSuite(Storage.Azurite);

    public sealed class Logging() : LogSuite(Storage.Azurite);

    public sealed class RotatingByItself() : RotateAfterSuite(Storage.Azurite);

    public sealed class LoggingUsers() : UserLogSuite(Storage.Azurite);
}
