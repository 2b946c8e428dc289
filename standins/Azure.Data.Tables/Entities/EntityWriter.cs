#nullable enable
using System.Buffers;
using System.Globalization;
using System.Text.Json;

namespace Azure.Data.Tables.Entities
{
    internal static class EntityWriter
    {
        public static ReadOnlyMemory<byte> Write(ITableEntity entity)
        {
            if (entity is not IDictionary<string, object> properties)
            {
                throw new NotSupportedException(
                    $"A stand-in for Azure.Data.Tables: entities are {nameof(TableEntity)}; {entity.GetType()} needs the official package.");
            }

            var buffer = new ArrayBufferWriter<byte>(1024);
            using (var json = new Utf8JsonWriter(buffer))
            {
                json.WriteStartObject();
                foreach (var (name, value) in properties)
                {
                    // The service sets these two itself. A property that is null is one that isn't there.
                    if (value is not null && name is not (TableEntity.ETagName or nameof(ITableEntity.Timestamp)))
                    {
                        Write(json, name, value);
                    }
                }

                json.WriteEndObject();
            }

            return buffer.WrittenMemory;
        }

        private static void Write(Utf8JsonWriter json, string name, object value)
        {
            switch (value)
            {
                case string text:
                    json.WriteString(name, text);
                    break;
                case bool flag:
                    json.WriteBoolean(name, flag);
                    break;
                case int number:
                    json.WriteNumber(name, number);
                    break;
                case long number:
                    // As a string: JSON readers that know only doubles lose what is beyond 2^53.
                    Annotate(json, name, EdmType.Int64);
                    json.WriteString(name, number.ToString(CultureInfo.InvariantCulture));
                    break;
                case double number:
                    Annotate(json, name, EdmType.Double);
                    WriteDouble(json, name, number);
                    break;
                case byte[] bytes:
                    Annotate(json, name, EdmType.Binary);
                    json.WriteBase64String(name, bytes);
                    break;
                case BinaryData data:
                    Annotate(json, name, EdmType.Binary);
                    json.WriteBase64String(name, data.ToMemory().Span);
                    break;
                case DateTimeOffset time:
                    Annotate(json, name, EdmType.DateTime);
                    json.WriteString(name, time.UtcDateTime);
                    break;
                case DateTime { Kind: DateTimeKind.Utc } time:
                    Annotate(json, name, EdmType.DateTime);
                    json.WriteString(name, time);
                    break;
                case Guid guid:
                    Annotate(json, name, EdmType.Guid);
                    json.WriteString(name, guid);
                    break;
                case DateTime:
                    throw new NotSupportedException($"Property '{name}': a DateTime must be UTC.");
                default:
                    throw new NotSupportedException($"Property '{name}': the table service has no type for {value.GetType()}.");
            }
        }

        private static void WriteDouble(Utf8JsonWriter json, string name, double number)
        {
            if (double.IsFinite(number))
            {
                json.WriteNumber(name, number);
            }
            else
            {
                // NaN, Infinity, -Infinity: JSON has no numbers for these, OData takes the words.
                json.WriteString(name, number.ToString(CultureInfo.InvariantCulture));
            }
        }

        private static void Annotate(Utf8JsonWriter json, string name, string type) => json.WriteString(name + EdmType.Suffix, type);
    }
}
