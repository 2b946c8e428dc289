using System.Globalization;

namespace Sessions.Data;

/// <summary>
/// A JSON number as it is meant, whatever its spelling: digits without zeros around them, times a power of ten. A double would take
/// 0.1 + 0.2 for something else than 0.3, and two integers of 20 digits for the same.
/// </summary>
internal readonly record struct JsonNumber(bool Negative, string Digits, long Exponent)
{
    private const long MaxExponent = long.MaxValue / 4;

    /// <param name="text">A number by JSON's grammar.</param>
    /// <returns>Null where the exponent is beyond all reckoning.</returns>
    public static JsonNumber? Parse(string text)
    {
        var e = text.AsSpan().IndexOfAny('e', 'E');
        var mantissa = e < 0 ? text : text[..e];
        var point = mantissa.IndexOf('.', StringComparison.Ordinal);
        var significant = mantissa.Replace(".", "", StringComparison.Ordinal).TrimStart('-').TrimStart('0');
        var digits = significant.TrimEnd('0');
        if (digits.Length == 0)
        {
            return new JsonNumber(false, "", 0);
        }

        var exponent = 0L;
        if (e >= 0
            && (!long.TryParse(text.AsSpan(e + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out exponent)
                || exponent is < -MaxExponent or > MaxExponent))
        {
            return null;
        }

        var fraction = point < 0 ? 0 : mantissa.Length - point - 1;
        return new JsonNumber(text[0] == '-', digits, exponent - fraction + significant.Length - digits.Length);
    }

    /// <summary>
    /// Whether both mean the same number: 1, 1.0 and 10e-1 do. Exponents beyond reckoning are the same only in the same spelling.
    /// </summary>
    public static bool AreEqual(string a, string b) => a == b || (Parse(a) is { } x && Parse(b) is { } y && x == y);
}
