using SessionFunctions.Tests.Wire;

namespace SessionFunctions.Tests.Users;

/// <summary>The suites on Azurite, a table for each test.</summary>
public static class OnAzurite
{
    public sealed class Tickets() : TicketSuite(Storage.Azurite);

    public sealed class OneStep() : OneStepSuite(Storage.Azurite);

    public sealed class BadSignIns() : BadSignInSuite(Storage.Azurite);

    public sealed class Managing() : ManageSessionSuite(Storage.Azurite);

    public sealed class Claims() : ClaimsSuite(Storage.Azurite);

    public sealed class Introspecting() : IntrospectSuite(Storage.Azurite);

    public sealed class Principals() : PrincipalSuite(Storage.Azurite);

    public sealed class Siblings() : SiblingsSuite(Storage.Azurite);

    public sealed class TheEndOfEverything() : EndOfEverythingSuite(Storage.Azurite);

    public sealed class RepeatedCreates() : IdempotencySuite(Storage.Azurite);

    public sealed class RotatingByItself() : RotateAfterSuite(Storage.Azurite);

    public sealed class Evicting() : EvictSuite(Storage.Azurite);

    public sealed class Rejecting() : RejectSuite(Storage.Azurite);

    public sealed class Logging() : UserLogSuite(Storage.Azurite);
}
