using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using SessionFunctions.Tests.Service;

namespace SessionFunctions.Tests.OpenApi;

/// <summary>A call as the document shows it, in a state of things in which it makes sense.</summary>
internal sealed class Sample(Api api, Operation operation)
{
    private const string User = "user-1842";

    /// <summary>The session of the examples, which their tags name.</summary>
    private const string ExampleSid = "2aexamplesessionexamplesessa";

    private string? _ticket;

    /// <summary>Whose session it is about.</summary>
    public Holder Holder { get; private set; } = null!;

    /// <summary>The session that the address names, where it names one.</summary>
    public string Sid { get; private set; } = null!;

    public Operation Operation => operation;

    public static Request Operators(string method, string path, string? json = null) =>
        (new Request(method, path) { Json = json }).With("x-functions-key", Api.FunctionKey);

    /// <summary>A session with the data of the examples, a ticket to sign in with, and a user who has one of their own.</summary>
    public async Task PrepareAsync(bool byCookie)
    {
        const string Data = """{"theme":"dark","cart":{"items":2},"visits":3}""";
        var users = new Backend(api);
        if (operation.Id == "EndSibling")
        {
            (Holder, Sid) = ((await users.CreateAsync(User)) with { ByCookie = byCookie }, (await users.CreateAsync(User)).Sid);
            return;
        }

        Holder = byCookie ? await api.CookieAsync(Data) : await api.BearerAsync(Data);
        Sid = Holder.Sid;
        await users.CreateAsync(User);
        _ticket = await users.TicketAsync(Holder.Sid, User);
    }

    /// <param name="example">The body to send; none.</param>
    /// <param name="optional">Whether to send every header and query parameter that has an example.</param>
    public Request ToRequest((string MediaType, string Name, JsonElement Value)? example, bool optional)
    {
        var call = operation.ForOperators ? Operators(operation.Method, Address(optional))
            : operation.ForHolders ? Holder.Request(operation.Method, Address(optional))
            : new Request(operation.Method, Address(optional));
        if (example is var (mediaType, _, value))
        {
            call = call with { MediaType = mediaType, Bytes = Encoding.UTF8.GetBytes(Real(value).ToJsonString()) };
        }

        foreach (var parameter in optional ? Shown("header") : [])
        {
            call = call.With(parameter.Name, parameter.Example.Replace(ExampleSid, Sid, StringComparison.Ordinal));
        }

        return call;
    }

    private string Address(bool optional)
    {
        var path = Shown("path").Aggregate(operation.Path[1..], (at, parameter) =>
            at.Replace($"{{{parameter.Name}}}", parameter.Name == "sid" ? Sid : parameter.Example, StringComparison.Ordinal));
        return optional ? $"{path}?{string.Join('&', Shown("query").Select(parameter => $"{parameter.Name}={parameter.Example}"))}" : path;
    }

    private IEnumerable<(string Name, string Example)> Shown(string place) =>
        from parameter in operation.Parameters
        where parameter.GetProperty("in").GetString() == place && parameter.TryGetProperty("example", out _)
        let example = parameter.GetProperty("example")
        select (parameter.GetProperty("name").GetString()!, example.ValueKind == JsonValueKind.Array ? string.Join(',', example.EnumerateArray()) : example.ToString());

    /// <summary>The tokens and tickets of the examples are made up; these are their counterparts here.</summary>
    private JsonNode Real(JsonElement example)
    {
        var body = JsonNode.Parse(example.GetRawText())!;
        if (body is JsonObject members)
        {
            Replace("ticket", _ticket);
            Replace("token", Holder.Token);

            void Replace(string name, string? value)
            {
                if (members.ContainsKey(name))
                {
                    members[name] = value;
                }
            }
        }

        return body;
    }
}
