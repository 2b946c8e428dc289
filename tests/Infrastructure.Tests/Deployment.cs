using System.Text.Json.Nodes;

namespace Infrastructure.Tests;

/// <summary>
/// What Azure would be asked for with the given parameters: the compiled template, evaluated by the compiler itself. What only a deployment
/// can know, such as an object id, stays an expression.
/// </summary>
internal sealed class Deployment
{
    private const string Everything =
        """
        param privateNetwork = true
        param useCosmos = true
        param encryptionKeysSecretName = 'data-keys'
        param jwtSigningKeysSecretName = 'jwt-keys'
        param allowedOrigins = ['https://app.example.org']
        param alertEmails = ['oncall@example.org']
        param customDomain = 'sessions.example.org'
        param customDomainCertificate = 'certificate'
        param alwaysReadyInstances = 1
        param httpConcurrency = 16
        param hstsIncludeSubDomains = true
        """;

    private static readonly Lazy<Task<JsonNode>> Compiled = new(CompileAsync);
    private static readonly Lazy<Task<Deployment>> PlainOnce = new(() => PredictAsync(""));
    private static readonly Lazy<Task<Deployment>> FullOnce = new(() => PredictAsync(Everything));

    private Deployment(JsonNode template, IEnumerable<JsonNode> resources) => (Template, Resources) = (template, [.. resources]);

    /// <summary>Every parameter at its default.</summary>
    public static Task<Deployment> PlainAsync() => PlainOnce.Value;

    /// <summary>Everything that can be asked for: private, with Cosmos DB, keys of both kinds, a domain.</summary>
    public static Task<Deployment> FullAsync() => FullOnce.Value;

    /// <summary>infra/main.bicep as compiled, its modules inside.</summary>
    public JsonNode Template { get; }

    public IReadOnlyList<JsonNode> Resources { get; }

    public IReadOnlyDictionary<string, string> AppSettings =>
        Assert.Single(Of("Microsoft.Web/sites/config")).At("properties")!.AsObject()
            .ToDictionary(setting => setting.Key, setting => setting.Value!.ToString());

    public IReadOnlyList<JsonNode> Of(string type) => [.. Resources.Where(resource => resource.Text("type") == type)];

    public static async Task<Deployment> PredictAsync(string parameters)
    {
        var (resources, fault) = await TryPredictAsync(parameters);
        return new Deployment(await Compiled.Value, resources ?? throw new InvalidOperationException(fault));
    }

    public static async Task<(IEnumerable<JsonNode>? Resources, string Fault)> TryPredictAsync(string parameters)
    {
        var folder = Directory.CreateTempSubdirectory("session-functions-").FullName;
        try
        {
            // The compiler takes no absolute path here.
            var main = Path.GetRelativePath(folder, Repository.At("infra/main.bicep")).Replace('\\', '/');
            var file = Path.Combine(folder, "main.bicepparam");
            await File.WriteAllTextAsync(
                file, $"using '{main}'\nparam environmentName = 'test'\nparam location = 'westeurope'\n{parameters}");
            var result = await Bicep.RunAsync(
                "snapshot", file, "--mode", "overwrite", "--subscription-id", Guid.Empty.ToString(), "--location", "westeurope");
            var snapshot = Path.ChangeExtension(file, ".snapshot.json");
            if (result.ExitCode != 0 || !File.Exists(snapshot))
            {
                return (null, result.Errors);
            }

            var resources = JsonNode.Parse(await File.ReadAllTextAsync(snapshot)).At("predictedResources")!.AsArray();
            return (resources.Select(resource => resource!), result.Errors);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>
    /// The same with one thing changed: <paramref name="where"/> is a type, or a type and the end of a name after a colon, or "template";
    /// without a path the resource itself goes, without JSON the property does.
    /// </summary>
    public Deployment With(string where, string path, string? json)
    {
        var changed = new Deployment(Template.DeepClone(), Resources.Select(resource => resource.DeepClone()));
        var (type, name) = where.Split(':') is [var first, var second] ? (first, second) : (where, "");
        var target = where == "template"
            ? changed.Template
            : changed.Of(type).First(found => found.Text("name")!.EndsWith(name, StringComparison.Ordinal));
        if (path.Length == 0)
        {
            return new Deployment(changed.Template, changed.Resources.Where(resource => resource != target));
        }

        var cut = path.LastIndexOf('.');
        var (parent, member) = (cut < 0 ? target : target.At(path[..cut])!, path[(cut + 1)..]);
        if (json is null)
        {
            Assert.True(parent.AsObject().Remove(member), $"{where} has no {path} to take away");
        }
        else
        {
            parent[member] = JsonNode.Parse(json);
        }

        return changed;
    }

    private static async Task<JsonNode> CompileAsync()
    {
        var result = await Bicep.RunAsync("build", "infra/main.bicep", "--stdout");
        return result.ExitCode == 0 ? JsonNode.Parse(result.Output)! : throw new InvalidOperationException(result.Errors);
    }
}

/// <summary>Ways through JSON, by names and numbers with dots between.</summary>
internal static class JsonPaths
{
    public static JsonNode? At(this JsonNode? node, string path) =>
        path.Split('.').Aggregate(node, (found, name) => found switch
        {
            JsonArray list => int.TryParse(name, out var index) && index < list.Count ? list[index] : null,
            JsonObject members => members[name],
            _ => null,
        });

    /// <summary>A text as it is, anything else as JSON.</summary>
    public static string? Text(this JsonNode? node, string path) => node.At(path)?.ToString();

    public static IEnumerable<(string Name, JsonNode Value)> Members(this JsonNode? node) => node switch
    {
        JsonObject members => members.Where(member => member.Value is not null)
            .SelectMany(member => member.Value.Members().Prepend((member.Key, member.Value!))),
        JsonArray list => list.SelectMany(item => item.Members()),
        _ => [],
    };
}
