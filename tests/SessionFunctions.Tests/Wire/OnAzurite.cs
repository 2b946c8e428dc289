namespace SessionFunctions.Tests.Wire;

/// <summary>The suites on Azurite, a table for each test.</summary>
public static class OnAzurite
{
    public sealed class Creating() : CreateSuite(Storage.Azurite);

    public sealed class Reading() : ReadSuite(Storage.Azurite);

    public sealed class Changing() : ChangeSuite(Storage.Azurite);

    public sealed class Living() : LifeSuite(Storage.Azurite);

    public sealed class BadBodies() : BadBodySuite(Storage.Azurite);

    public sealed class BadTokens() : BadTokenSuite(Storage.Azurite);

    public sealed class ManyWriters() : ManyWritersSuite(Storage.Azurite);

    public sealed class Cleaning() : CleanupSuite(Storage.Azurite);

    public sealed class Health() : HealthSuite(Storage.Azurite);

    public sealed class Logging() : LogSuite(Storage.Azurite);
}
