using SessionFunctions.Tests.Cleanup;
using SessionFunctions.Tests.Create;
using SessionFunctions.Tests.Data;
using SessionFunctions.Tests.Entry;
using SessionFunctions.Tests.Health;
using SessionFunctions.Tests.Operate;
using SessionFunctions.Tests.Service;
using SessionFunctions.Tests.SignIn;
using SessionFunctions.Tests.Use;
using SessionFunctions.Tests.Users;

namespace SessionFunctions.Tests;

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

    public sealed class Tickets() : TicketSuite(Storage.Azurite);

    public sealed class OneStep() : OneStepSuite(Storage.Azurite);

    public sealed class BadSignIns() : BadSignInSuite(Storage.Azurite);

    public sealed class Managing() : OperatorSessionSuite(Storage.Azurite);

    public sealed class Claims() : ClaimsSuite(Storage.Azurite);

    public sealed class Introspecting() : IntrospectSuite(Storage.Azurite);

    public sealed class Users() : UserSuite(Storage.Azurite);

    public sealed class Siblings() : SiblingsSuite(Storage.Azurite);

    public sealed class TheEndOfEverything() : EndEverythingSuite(Storage.Azurite);

    public sealed class RotatingByItself() : RotateAfterSuite(Storage.Azurite);

    public sealed class Evicting() : EvictSuite(Storage.Azurite);

    public sealed class Rejecting() : RejectSuite(Storage.Azurite);

    public sealed class LoggingUsers() : UserLogSuite(Storage.Azurite);
}
