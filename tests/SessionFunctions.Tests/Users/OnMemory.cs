using SessionFunctions.Tests.Wire;

namespace SessionFunctions.Tests.Users;

/// <summary>The suites on the table in memory.</summary>
public static class OnMemory
{
    public sealed class Tickets() : TicketSuite(Storage.Memory);

    public sealed class OneStep() : OneStepSuite(Storage.Memory);

    public sealed class BadSignIns() : BadSignInSuite(Storage.Memory);

    public sealed class Managing() : ManageSessionSuite(Storage.Memory);

    public sealed class Claims() : ClaimsSuite(Storage.Memory);

    public sealed class Introspecting() : IntrospectSuite(Storage.Memory);

    public sealed class Principals() : PrincipalSuite(Storage.Memory);

    public sealed class Siblings() : SiblingsSuite(Storage.Memory);

    public sealed class TheEndOfEverything() : EndOfEverythingSuite(Storage.Memory);

    public sealed class RepeatedCreates() : IdempotencySuite(Storage.Memory);

    public sealed class RotatingByItself() : RotateAfterSuite(Storage.Memory);

    public sealed class Evicting() : EvictSuite(Storage.Memory);

    public sealed class Rejecting() : RejectSuite(Storage.Memory);

    public sealed class Logging() : UserLogSuite(Storage.Memory);
}
