using System.Text;
using Sessions.Data;

using static SessionFunctions.Testing.SessionWorld;

namespace Sessions.Tests.Data;

public sealed class IncrementTests
{
    private const string Nines28 = "9999999999999999999999999999";

    [Theory]
    [InlineData("0.1", "0.2", "0.3")]
    [InlineData("1", "1", "2")]
    [InlineData("0.5", "0.5", "1")]
    [InlineData("10", "-10", "0")]
    [InlineData("-0", "0", "0")]
    [InlineData("1", "-1.5", "-0.5")]
    [InlineData("1.10", "1.10", "2.2")]
    [InlineData("1e3", "5E-1", "1000.5")]
    [InlineData("9007199254740992", "1", "9007199254740993")]
    [InlineData("12345678901234", "0.00000000000001", "12345678901234.00000000000001")]
    [InlineData("-999999999999999999999999999.5", "999999999999999999999999999", "-0.5")]
    [InlineData("0.9999999999999999999999999999", "0e-5", "0.9999999999999999999999999999")]
    [InlineData("0e999999999999999999999", "7", "7")]
    [InlineData("100000000000000000000000000000000e-5", "1", "1000000000000000000000000001")]
    public void The_sum_is_exact(string before, string by, string sum) =>
        Assert.Equal($$"""{"n":{{sum}}}""", Json(Value(Apply($$"""{"n":{{before}}}""", by))));

    [Fact]
    public void A_key_that_is_not_there_holds_zero() => Assert.Equal("""{"a":1,"n":2.5}""", Json(Value(Apply("""{"a":1}""", "2.5"))));

    [Fact]
    public void Ten_times_a_tenth_is_one()
    {
        var data = DataOf("{}");
        for (var i = 0; i < 10; i++)
        {
            data = Value(Apply(Json(data), "0.1"));
        }

        Assert.Equal("""{"n":1}""", Json(data));
    }

    [Theory]
    [InlineData("null")]
    [InlineData("\"1\"")]
    [InlineData("true")]
    [InlineData("[1]")]
    [InlineData("{}")]
    public void What_is_not_a_number_cannot_be_counted_up_nor_added(string value)
    {
        Assert.Equal(RefusalKind.NotAllowed, Apply($$"""{"n":{{value}}}""", "1").Refusal?.Kind);
        Assert.Equal(RefusalKind.NotAllowed, Apply("""{"n":1}""", value).Refusal?.Kind);
    }

    [Theory]
    [InlineData("1e28")]
    [InlineData("1e-29")]
    [InlineData("1e400")]
    [InlineData("1e-400")]
    [InlineData("1e99999999999999999999999")]
    [InlineData("-1e-99999999999999999999999")]
    [InlineData("99999999999999999999999999999")]
    public void A_number_with_too_many_digits_is_not_allowed(string number)
    {
        Assert.Equal(RefusalKind.NotAllowed, Apply($$"""{"n":{{number}}}""", "1").Refusal?.Kind);
        Assert.Equal(RefusalKind.NotAllowed, Apply("{}", number).Refusal?.Kind);
    }

    [Fact]
    public void A_sum_with_too_many_digits_is_not_allowed()
    {
        Assert.Equal(RefusalKind.NotAllowed, Apply($$"""{"n":{{Nines28}}}""", "1").Refusal?.Kind);
        Assert.Equal(RefusalKind.NotAllowed, Apply($$"""{"n":-{{Nines28}}}""", "-1").Refusal?.Kind);
        Assert.Equal(RefusalKind.NotAllowed, Apply($$"""{"n":{{Nines28}}}""", "0.1").Refusal?.Kind);
        Assert.Equal(RefusalKind.NotAllowed, Apply("""{"n":999999999999999}""", "0.00000000000001").Refusal?.Kind);
        Assert.Null(Apply($$"""{"n":{{Nines28}}}""", "-1").Refusal);
    }

    private static Result<SessionData> Apply(string data, string by) =>
        DataValue.Parse(Encoding.UTF8.GetBytes(by))
            .Then(Increment.Parse)
            .Then(increment => increment.Apply(DataOf(data), Value(DataKey.Parse("n"))));
}
