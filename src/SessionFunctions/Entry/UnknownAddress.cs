using System.Reflection;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing.Template;
using Microsoft.Azure.Functions.Worker;

namespace SessionFunctions.Entry;

/// <summary>
/// Whatever no other function takes. Hosts would answer with an empty 404, for a wrong method too; here it says which of the two it is.
/// </summary>
public sealed class UnknownAddress(EntryStep entry)
{
    /// <summary>Every route with its methods; found when it is first asked for, since few calls go wrong.</summary>
    private static readonly Lazy<(TemplateMatcher Route, string[] Methods)[]> Known = new(() =>
    [
        .. from type in typeof(UnknownAddress).Assembly.GetExportedTypes()
           from method in type.GetMethods()
           from parameter in method.GetParameters()
           let trigger = parameter.GetCustomAttribute<HttpTriggerAttribute>()
           where trigger is not null && !trigger.Route!.Contains("{*", StringComparison.Ordinal) // what takes the rest of an address refuses it
           select (new TemplateMatcher(TemplateParser.Parse(trigger.Route!), []), trigger.Methods!),
    ]);

    [Function("UnknownAddress")]
    public Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", "post", "put", "patch", "delete", "options", Route = "{*address}")] HttpRequest request,
        string? address = null) =>
        entry.OpenAsync(request, address ?? "", AnswerAsync);

    private static Task<IResult> AnswerAsync(OpenCall call, string address)
    {
        var path = new PathString($"/{address}"); // as it is: the conversion of a text would decode it once more
        var allowed = Known.Value
            .Where(known => known.Route.TryMatch(path, []))
            .SelectMany(known => known.Methods)
            .Select(method => method.ToUpperInvariant())
            .Distinct(StringComparer.Ordinal)
            .Order(StringComparer.Ordinal);
        return Task.FromResult<IResult>(string.Join(", ", allowed) is { Length: > 0 } methods ? Problem.WrongMethod(methods) : Problem.NothingHere());
    }
}
