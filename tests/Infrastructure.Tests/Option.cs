using System.Collections;
using System.Globalization;
using System.Reflection;

namespace Infrastructure.Tests;

/// <summary>An option as the code has it: its name in the configuration, and its default as it is written there; empty for none.</summary>
internal sealed record Option(string Name, string Default, bool AnyCase = false)
{
    private static readonly string[] Assemblies = ["Sessions", "Sessions.AzureTables", "SessionFunctions"];

    /// <summary>Out of every class that says which section of the configuration it is.</summary>
    public static IReadOnlyDictionary<string, Option> All { get; } =
        (from assembly in Assemblies
         from type in Assembly.Load(assembly).GetTypes()
         let section = type.GetField("Section", BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static)
         where section is { IsLiteral: true } && section.FieldType == typeof(string)
         from option in In((string)section.GetRawConstantValue()!, Activator.CreateInstance(type, nonPublic: true)!)
         select option).ToDictionary(option => option.Name, StringComparer.Ordinal);

    /// <summary>As an app setting writes it.</summary>
    public string Setting => Name.Replace(":", "__", StringComparison.Ordinal);

    /// <summary>Yes or no and a choice of words may be written in any case, words with hyphens.</summary>
    public bool DefaultIs(string value) => AnyCase
        ? Default.Equals(value.Replace("-", "", StringComparison.Ordinal), StringComparison.OrdinalIgnoreCase)
        : Default == value;

    // Some are set by their own binding, and by nobody else: an internal setter is one too.
    private static IEnumerable<Option> In(string section, object options) =>
        options.GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Where(property => property.SetMethod is { IsPrivate: false })
            .SelectMany(property => Of($"{section}:{property.Name}", property.PropertyType, property.GetValue(options)));

    private static IEnumerable<Option> Of(string name, Type type, object? value) => value switch
    {
        null when IsGroup(type) => In(name, Activator.CreateInstance(type, nonPublic: true)!),
        null => [new Option(name, "")],
        bool => [new Option(name, value.ToString()!, AnyCase: true)],
        Enum => [new Option(name, value.ToString()!, AnyCase: true)],
        string or Uri => [new Option(name, value.ToString()!)],
        IFormattable number => [new Option(name, number.ToString(format: null, CultureInfo.InvariantCulture))],
        IEnumerable list => [new Option(name, string.Join(',', list.Cast<object>()))],
        _ => In(name, value),
    };

    private static bool IsGroup(Type type) =>
        type.IsClass && type != typeof(string) && type != typeof(Uri) && !typeof(IEnumerable).IsAssignableFrom(type);
}
