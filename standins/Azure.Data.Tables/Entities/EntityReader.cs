#nullable enable
using System.Text.Json;

namespace Azure.Data.Tables.Entities
{
    internal static class EntityReader
    {
        public static T Read<T>(Response response)
            where T : class, ITableEntity
        {
            var json = new Utf8JsonReader(response.Content.ToMemory().Span);
            json.Read();
            return As<T>(ReadEntity(ref json));
        }

        /// <summary>The entities of `{"odata.metadata":…,"value":[…]}`.</summary>
        public static IReadOnlyList<T> ReadPage<T>(Response response)
            where T : class, ITableEntity
        {
            var entities = new List<T>();
            var json = new Utf8JsonReader(response.Content.ToMemory().Span);
            json.Read();
            while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
            {
                var isValue = json.ValueTextEquals("value"u8);
                json.Read();
                if (!isValue)
                {
                    json.Skip();
                    continue;
                }

                while (json.Read() && json.TokenType == JsonTokenType.StartObject)
                {
                    entities.Add(As<T>(ReadEntity(ref json)));
                }
            }

            return entities;
        }

        private static T As<T>(TableEntity entity)
            where T : class, ITableEntity
            => entity as T ?? throw new NotSupportedException(
                $"A stand-in for Azure.Data.Tables: entities are {nameof(TableEntity)}; {typeof(T)} needs the official package.");

        private static TableEntity ReadEntity(ref Utf8JsonReader json)
        {
            var entity = new TableEntity();
            var values = new EntityValues(entity);
            while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
            {
                var name = json.GetString()!;
                json.Read();
                if (name.EndsWith(EdmType.Suffix, StringComparison.Ordinal))
                {
                    values.Annotate(name[..^EdmType.Suffix.Length], json.GetString()!);
                }
                else if (name == TableEntity.ETagName || !name.StartsWith("odata.", StringComparison.Ordinal))
                {
                    values.Add(name, ref json);
                }
                else
                {
                    json.Skip();
                }
            }

            return entity;
        }
    }
}
