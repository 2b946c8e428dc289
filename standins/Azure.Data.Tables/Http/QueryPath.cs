#nullable enable
using System.Globalization;
using System.Text;

namespace Azure.Data.Tables.Http
{
    /// <summary>A path with those query parameters that have a value.</summary>
    internal sealed class QueryPath(string path)
    {
        private readonly StringBuilder _text = new(path);
        private char _separator = '?';

        public QueryPath With(string name, string? value)
        {
            if (value is not null)
            {
                _text.Append(_separator).Append(name).Append('=').Append(Uri.EscapeDataString(value));
                _separator = '&';
            }

            return this;
        }

        public QueryPath With(string name, int? value) => With(name, value?.ToString(CultureInfo.InvariantCulture));

        public QueryPath WithSelect(IEnumerable<string>? properties) =>
            With("$select", properties is null ? null : string.Join(',', properties));

        public override string ToString() => _text.ToString();
    }
}
