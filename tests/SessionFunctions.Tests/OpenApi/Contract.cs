using System.Text.Json;

namespace SessionFunctions.Tests.OpenApi;

/// <summary>The document that the app serves, as tests look things up in it.</summary>
public sealed class Contract
{
    private static readonly HashSet<string> Methods = ["get", "put", "post", "patch", "delete"];

    public static readonly Contract Document = Load();

    private Contract(JsonElement root)
    {
        Root = root;
        Schemas = new Schemas(root);
        Operations =
        [
            .. from path in root.GetProperty("paths").EnumerateObject()
               from member in path.Value.EnumerateObject()
               where Methods.Contains(member.Name)
               select new Operation(this, path.Name, path.Value, member.Name.ToUpperInvariant(), member.Value),
        ];
    }

    public JsonElement Root { get; }

    public Schemas Schemas { get; }

    public IReadOnlyList<Operation> Operations { get; }

    public Operation Operation(string id) => Operations.Single(operation => operation.Id == id);

    /// <summary>The operation that a call is one of; of several the one whose path says most.</summary>
    public Operation? Find(string method, string path) =>
        Operations.Where(operation => operation.Method == method && operation.Takes(path)).MaxBy(operation => operation.Path.Length);

    /// <summary>The element itself, or what it refers to.</summary>
    public JsonElement Follow(JsonElement element) =>
        element.TryGetProperty("$ref", out var reference) ? Schemas.Resolve(reference.GetString()!) : element;

    private static Contract Load()
    {
        using var stream = typeof(Composition).Assembly.GetManifestResourceStream("openapi.json")!;
        return new Contract(JsonDocument.Parse(stream).RootElement);
    }
}
