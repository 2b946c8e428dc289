using System.Numerics;
using System.Text;

namespace Sessions.Data;

/// <summary>
/// A number to count with, exact by construction: a whole number of 10^-28, with up to 28 digits before the decimal point and 28 after it.
/// System.Decimal would round silently where digits on both sides come together.
/// </summary>
public readonly record struct ExactDecimal
{
    private const int Places = 28;

    private static readonly BigInteger Unit = BigInteger.Pow(10, Places);

    private static readonly BigInteger Bound = Unit * Unit;

    private static readonly Refusal OutOfRange =
        Refusal.NotAllowed($"A number to count with has at most {Places} digits before the decimal point and {Places} after it; so must the sum.");

    private readonly BigInteger _units;

    private ExactDecimal(BigInteger units) => _units = units;

    public static ExactDecimal Zero { get; }

    public static ExactDecimal One { get; } = new(Unit);

    /// <summary>Refused where the value isn't a number, or is one with more digits than are counted with.</summary>
    public static Result<ExactDecimal> Parse(DataValue value, string what)
    {
        if (!value.IsNumber)
        {
            return Refusal.NotAllowed($"{what} isn't a number.");
        }

        if (JsonNumber.Parse(Encoding.ASCII.GetString(value.Utf8.Span)) is not { } number
            || number.Exponent < -Places
            || number.Digits.Length + number.Exponent > Places)
        {
            return OutOfRange;
        }

        var units = number.Digits.Length == 0 ? 0 : BigInteger.Parse(number.Digits) * BigInteger.Pow(10, Places + (int)number.Exponent);
        return new ExactDecimal(number.Negative ? -units : units);
    }

    public Result<ExactDecimal> Plus(ExactDecimal other)
    {
        var sum = _units + other._units;
        return BigInteger.Abs(sum) < Bound ? new ExactDecimal(sum) : OutOfRange;
    }

    /// <summary>Plain, without an exponent and without zeros at the end.</summary>
    public DataValue ToValue()
    {
        var whole = BigInteger.DivRem(BigInteger.Abs(_units), Unit, out var rest);
        var fraction = rest.IsZero ? "" : "." + rest.ToString().PadLeft(Places, '0').TrimEnd('0');
        return new DataValue(Encoding.ASCII.GetBytes($"{(_units.Sign < 0 ? "-" : "")}{whole}{fraction}"));
    }
}
