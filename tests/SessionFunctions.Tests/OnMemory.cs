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

    public sealed class Tickets() : TicketSuite(Storage.Memory);

    public sealed class OneStep() : OneStepSuite(Storage.Memory);

    public sealed class BadSignIns() : BadSignInSuite(Storage.Memory);

    public sealed class Managing() : OperatorSessionSuite(Storage.Memory);

    public sealed class Claims() : ClaimsSuite(Storage.Memory);

    public sealed class Introspecting() : IntrospectSuite(Storage.Memory);

    public sealed class Users() : UserSuite(Storage.Memory);

    public sealed class Siblings() : SiblingsSuite(Storage.Memory);

    public sealed class TheEndOfEverything() : EndEverythingSuite(Storage.Memory);

    public sealed class RotatingByItself() : RotateAfterSuite(Storage.Memory);

    public sealed class Evicting() : EvictSuite(Storage.Memory);

    public sealed class Rejecting() : RejectSuite(Storage.Memory);

    public sealed class LoggingUsers() : UserLogSuite(Storage.Memory);
}
