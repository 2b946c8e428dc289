namespace SessionFunctions.Tests.Wire;

/// <summary>The suites on the table in memory.</summary>
public static class OnMemory
{
    public sealed class Creating() : CreateSuite(Storage.Memory);

    public sealed class Reading() : ReadSuite(Storage.Memory);

    public sealed class Changing() : ChangeSuite(Storage.Memory);

    public sealed class Living() : LifeSuite(Storage.Memory);

    public sealed class BadBodies() : BadBodySuite(Storage.Memory);

    public sealed class BadTokens() : BadTokenSuite(Storage.Memory);

    public sealed class ManyWriters() : ManyWritersSuite(Storage.Memory);

    public sealed class Cleaning() : CleanupSuite(Storage.Memory);

    public sealed class Health() : HealthSuite(Storage.Memory);

    public sealed class Logging() : LogSuite(Storage.Memory);
}
