using System.Globalization;
using System.Text.Json;
using Sessions;

namespace SessionFunctions.Testing.Model;

/// <summary>Data of at most two levels, names in order: values as JSON text, objects as maps of such.</summary>
internal sealed class ModelData
{
    private readonly SortedDictionary<string, SortedDictionary<string, string>> _objects = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, string> _values = new(StringComparer.Ordinal);

    /// <summary>Its length without white space.</summary>
    public int Size => ToString().Length;

    public static ModelData With(string name, string value) => new ModelData().Patched(name, null, value);

    /// <summary>RFC 7396 with one name, or one name inside one name.</summary>
    public ModelData Patched(string name, string? inner, string? value)
    {
        var patched = Copy();
        patched._values.Remove(name);
        if (inner is null)
        {
            patched._objects.Remove(name);
            if (value == "{}")
            {
                // A patch that is an empty object merges into one that is there.
                patched._objects[name] = _objects.TryGetValue(name, out var same) ? same : [];
            }
            else if (value is not null)
            {
                patched._values[name] = value;
            }

            return patched;
        }

        var members = _objects.TryGetValue(name, out var known)
            ? new SortedDictionary<string, string>(known, StringComparer.Ordinal)
            : new SortedDictionary<string, string>(StringComparer.Ordinal);
        members.Remove(inner);
        if (value is not null)
        {
            members[inner] = value;
        }

        patched._objects[name] = members;
        return patched;
    }

    /// <summary>One more, of a name that holds whole numbers.</summary>
    public ModelData Counted(string name) => Patched(
        name, null, (_values.TryGetValue(name, out var text) ? long.Parse(text, CultureInfo.InvariantCulture) + 1 : 1).ToString(CultureInfo.InvariantCulture));

    public override string ToString() =>
        InOrder(_values.Concat(_objects.Select(each => KeyValuePair.Create(each.Key, Object(each.Value)))));

    /// <summary>The data of a session in the same order.</summary>
    public static string Canonical(SessionData data)
    {
        using var document = JsonDocument.Parse(data.Utf8.ToArray());
        return Canonical(document.RootElement);
    }

    private static string Canonical(JsonElement element) =>
        element.ValueKind == JsonValueKind.Object
            ? InOrder(element.EnumerateObject().Select(each => KeyValuePair.Create(each.Name, Canonical(each.Value))))
            : element.GetRawText();

    private static string InOrder(IEnumerable<KeyValuePair<string, string>> members) =>
        Object(members.OrderBy(each => each.Key, StringComparer.Ordinal));

    private static string Object(IEnumerable<KeyValuePair<string, string>> members) =>
        $"{{{string.Join(',', members.Select(each => $"\"{each.Key}\":{each.Value}"))}}}";

    private ModelData Copy()
    {
        var copy = new ModelData();
        foreach (var (name, value) in _values)
        {
            copy._values[name] = value;
        }

        foreach (var (name, members) in _objects)
        {
            copy._objects[name] = members;
        }

        return copy;
    }
}
