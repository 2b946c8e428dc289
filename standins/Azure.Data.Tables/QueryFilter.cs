#nullable enable
using System.Globalization;
using System.Text;

namespace Azure.Data.Tables
{
    /// <summary>Quotes and escapes the values of an interpolated string as OData literals.</summary>
    internal static class QueryFilter
    {
        public static string? Create(FormattableString? filter)
        {
            if (filter is null)
            {
                return null;
            }

            var literals = new object[filter.ArgumentCount];
            for (var i = 0; i < literals.Length; i++)
            {
                literals[i] = Literal(filter.GetArgument(i));
            }

            return string.Format(CultureInfo.InvariantCulture, filter.Format, literals);
        }

        private static string Literal(object? value) => value switch
        {
            null => "null",
            string or char or StringBuilder => $"'{value.ToString()!.Replace("'", "''", StringComparison.Ordinal)}'",
            bool flag => flag ? "true" : "false",
            long or ulong => string.Create(CultureInfo.InvariantCulture, $"{value}L"),
            sbyte or byte or short or ushort or int or uint or float or double or decimal =>
                ((IFormattable)value).ToString(null, CultureInfo.InvariantCulture),
            Guid guid => $"guid'{guid}'",
            DateTimeOffset time => DateTimeLiteral(time.UtcDateTime),
            DateTime time => DateTimeLiteral(time.ToUniversalTime()),
            byte[] bytes => BinaryLiteral(bytes),
            BinaryData data => BinaryLiteral(data.ToMemory().Span),
            _ => throw new ArgumentException($"A {value.GetType()} has no form as an OData literal.", nameof(value)),
        };

        private static string DateTimeLiteral(DateTime utc) =>
            string.Create(CultureInfo.InvariantCulture, $"datetime'{utc:yyyy-MM-ddTHH:mm:ss.FFFFFFFZ}'");

        private static string BinaryLiteral(ReadOnlySpan<byte> bytes) => $"X'{Convert.ToHexString(bytes)}'";
    }
}
