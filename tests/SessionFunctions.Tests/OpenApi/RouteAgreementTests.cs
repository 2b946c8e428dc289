using System.Reflection;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Template;
using Microsoft.Azure.Functions.Worker;

namespace SessionFunctions.Tests.OpenApi;

/// <summary>The functions of the app and the operations of the document are the same.</summary>
public sealed class RouteAgreementTests
{
    /// <summary>Functions that are there to refuse, so that the document has nothing to say of them.</summary>
    private static readonly string[] NoOperations =
    [
        "KeyWithSlash", // no key with a slash has an address
        "UnknownAddress", // what no other function takes
    ];

    private static readonly Route[] Routes =
    [
        .. from type in typeof(Composition).Assembly.GetTypes()
           from method in type.GetMethods()
           let function = method.GetCustomAttribute<FunctionAttribute>()
           let trigger = method.GetParameters().Select(parameter => parameter.GetCustomAttribute<HttpTriggerAttribute>()).FirstOrDefault(found => found is not null)
           where function is not null && trigger is not null
           select new Route(function.Name, [.. trigger.Methods!.Select(verb => verb.ToUpperInvariant())], trigger.Route!, trigger.AuthLevel),
    ];

    public static TheoryData<string> Functions => [.. Routes.Select(route => route.Name).Except(NoOperations)];

    [Fact]
    public void There_are_as_many_of_each() => Assert.Equal(
        Routes.Select(route => route.Name).Order(),
        Contract.Document.Operations.Select(operation => operation.Id).Concat(NoOperations).Order());

    [Theory]
    [MemberData(nameof(Functions))]
    public void The_path_and_the_method_of_an_operation_reach_its_function(string name)
    {
        var (route, operation) = (Routes.Single(known => known.Name == name), Contract.Document.Operation(name));
        var values = new RouteValueDictionary();

        // HEAD goes with GET where it is taken: the document says so once, for all.
        Assert.Equal([operation.Method], route.Methods.Where(method => method != "HEAD" || operation.Method != "GET"));
        Assert.True(new TemplateMatcher(TemplateParser.Parse(route.Template), []).TryMatch(operation.Path, values), $"{route.Template} doesn't take {operation.Path}");
        Assert.All(values.Where(value => value.Value is string text && text.StartsWith('{')), value => Assert.Equal($"{{{value.Key}}}", value.Value));
    }

    [Theory]
    [MemberData(nameof(Functions))]
    public void An_operation_names_a_function_key_where_the_function_asks_for_one(string name) =>
        Assert.Equal(Routes.Single(known => known.Name == name).Level == AuthorizationLevel.Function, Contract.Document.Operation(name).ForOperators);

    private sealed record Route(string Name, string[] Methods, string Template, AuthorizationLevel Level);
}
