using SessionFunctions.Entry;
using Sessions;

namespace SessionFunctions.Tests.Entry;

/// <summary>What a refusal becomes on the wire.</summary>
public sealed class ProblemTests
{
    public static TheoryData<RefusalKind> Kinds => [.. Enum.GetValues<RefusalKind>()];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Every_kind_of_refusal_has_an_answer_and_those_that_may_pass_say_when_to_come_back(RefusalKind kind)
    {
        var problem = Problem.Of(new Refusal(kind, "for the test"));

        Assert.InRange(problem.Status, 400, 503);
        Assert.Equal(problem.Status == 503, problem.Header?.Name == "Retry-After");
    }

    [Fact]
    public void A_change_of_which_nobody_knows_whether_it_was_made_is_503_and_of_a_type_of_its_own()
    {
        var problem = Problem.Of(Refusal.OutcomeUnknown);

        Assert.Equal((503, "outcome-unknown", "Retry-After"), (problem.Status, problem.Slug, problem.Header?.Name));
    }
}
