#nullable enable
using System.Globalization;
using System.Text.Json;

namespace Azure.Data.Tables.Entities
{
    /// <summary>
    /// Gives the values of an entity their types while it is read. Annotations come right before their values from the service,
    /// but anywhere from an emulator that keeps what was once merged into an entity.
    /// </summary>
    internal struct EntityValues(TableEntity entity)
    {
        private Dictionary<string, string>? _types;

        public void Annotate(string name, string type)
        {
            if (entity[name] is { } value)
            {
                entity[name] = value is string text ? Convert(text, type) : value;
                return;
            }

            (_types ??= new Dictionary<string, string>(StringComparer.Ordinal))[name] = type;
        }

        public readonly void Add(string name, ref Utf8JsonReader json)
        {
            var type = _types?.GetValueOrDefault(name) ?? (name == nameof(ITableEntity.Timestamp) ? EdmType.DateTime : null);
            entity[name] = json.TokenType switch
            {
                JsonTokenType.String => ReadString(ref json, type),
                JsonTokenType.Number => ReadNumber(ref json, type),
                JsonTokenType.True => true,
                JsonTokenType.False => false,
                JsonTokenType.Null => null,
                _ => throw new JsonException($"A property of an entity can't be a {json.TokenType}."),
            };
        }

        private static object ReadString(ref Utf8JsonReader json, string? type) => type switch
        {
            // Straight from UTF-8: most of what a session's row holds is binary.
            EdmType.Binary => json.GetBytesFromBase64(),
            EdmType.DateTime when json.TryGetDateTimeOffset(out var time) => time,
            EdmType.Guid when json.TryGetGuid(out var guid) => guid,
            _ => Convert(json.GetString()!, type),
        };

        private static object ReadNumber(ref Utf8JsonReader json, string? type)
        {
            if (type == EdmType.Double || json.ValueSpan.ContainsAny(".eE"u8))
            {
                return json.GetDouble();
            }

            // Boxed one by one: a conditional expression over numbers would make them all doubles.
            return json.TryGetInt32(out var small) ? small : json.TryGetInt64(out var large) ? (object)large : json.GetDouble();
        }

        private static object Convert(string text, string? type) => type switch
        {
            EdmType.Binary => System.Convert.FromBase64String(text),
            EdmType.DateTime => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal),
            EdmType.Double => double.Parse(text, CultureInfo.InvariantCulture),
            EdmType.Guid => Guid.Parse(text),
            EdmType.Int64 => long.Parse(text, CultureInfo.InvariantCulture),
            _ => text,
        };
    }
}
