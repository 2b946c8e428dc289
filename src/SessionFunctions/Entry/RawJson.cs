using System.Text.Json;
using System.Text.Json.Serialization;
using Sessions;

namespace SessionFunctions.Entry;

/// <summary>JSON that goes into an answer as it is.</summary>
[JsonConverter(typeof(RawJsonConverter))]
internal readonly record struct RawJson(SessionData Data);

internal sealed class RawJsonConverter : JsonConverter<RawJson>
{
    public override RawJson Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        throw new NotSupportedException("Answers are written only.");

    public override void Write(Utf8JsonWriter writer, RawJson value, JsonSerializerOptions options) =>
        writer.WriteRawValue(value.Data.Utf8, skipInputValidation: true);
}
