using System.Globalization;
using System.Text;

namespace Sessions.Data;

/// <summary>Adds to the number that a key holds; a key that isn't there holds 0. Exact: what a decimal would round is refused.</summary>
public sealed class Increment
{
    private const int MostDigits = 28;
    private const string Plain = "0.############################";

    public static readonly Increment One = new(1, 0);

    private static readonly Refusal OutOfRange = Refusal.NotAllowed($"A number to count with has at most {MostDigits} digits; so must the sum.");

    private readonly decimal _by;
    private readonly int _places;

    private Increment(decimal by, int places) => (_by, _places) = (by, places);

    public static Result<Increment> Parse(DataValue value) => Exactly(value, "by").Then<Increment>(number => new Increment(number.Value, number.Places));

    public Result<SessionData> Apply(SessionData data, DataKey key)
    {
        Result<(decimal Value, int Places)> before = data.Find(key).Succeeded(out var value, out _) ? Exactly(value, "What the key holds") : (0m, 0);
        return before.Then(number => Sum(number.Value, Math.Max(number.Places, _places))).Then<SessionData>(sum => data.With(key, sum));
    }

    private Result<DataValue> Sum(decimal number, int places)
    {
        // With no more places than these, everything below the bound has a decimal of its own, and decimals keep the order of what they
        // round.
        var bound = (decimal)Math.Pow(10, MostDigits - places);
        if (Math.Abs(number) >= bound || Math.Abs(_by) >= bound || Math.Abs(number + _by) >= bound)
        {
            return OutOfRange;
        }

        return new DataValue(Encoding.ASCII.GetBytes((number + _by).ToString(Plain, CultureInfo.InvariantCulture)));
    }

    private static Result<(decimal Value, int Places)> Exactly(DataValue value, string what)
    {
        if (!value.IsNumber)
        {
            return Refusal.NotAllowed($"{what} isn't a number.");
        }

        var text = Encoding.ASCII.GetString(value.Utf8.Span);
        if (JsonNumber.Parse(text) is not { } number
            || number.Exponent is < -MostDigits or > MostDigits
            || number.Digits.Length + Math.Max(0, number.Exponent) > MostDigits)
        {
            return OutOfRange;
        }

        return (decimal.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture), (int)Math.Max(0, -number.Exponent));
    }
}
