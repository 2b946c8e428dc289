using System.Reflection;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Template;
using Microsoft.Azure.Functions.Worker;

namespace SessionFunctions.Tests.OpenApi;

/// <summary>The functions of the app and the operations of the document are the same.</summary>
public sealed class RouteAgreementTests
{
    /// <summary>They say that there is nothing to call: the document has it once for all addresses.</summary>
    private static readonly string[] Undocumented = ["UnknownAddress", "KeyWithSlash"];

    private static readonly Route[] Routes =
    [
        .. from type in typeof(Composition).Assembly.GetTypes()
           from method in type.GetMethods()
           let function = method.GetCustomAttribute<FunctionAttribute>()
           let trigger = method.GetParameters().Select(parameter => parameter.GetCustomAttribute<HttpTriggerAttribute>()).FirstOrDefault(found => found is not null)
           where function is not null && trigger is not null && !Undocumented.Contains(function.Name)
           select new Route(function.Name, trigger.Methods![0].ToUpperInvariant(), trigger.Route!, trigger.AuthLevel),
    ];

    public static TheoryData<string> Functions => [.. Routes.Select(route => route.Name)];

    [Fact]
    public void There_are_as_many_of_each() =>
        Assert.Equal(Routes.Select(route => route.Name).Order(), Contract.Document.Operations.Select(operation => operation.Id).Order());

    [Theory]
    [MemberData(nameof(Functions))]
    public void The_path_and_the_method_of_an_operation_reach_its_function(string name)
    {
        var (route, operation) = (Routes.Single(known => known.Name == name), Contract.Document.Operation(name));
        var values = new RouteValueDictionary();

        Assert.Equal(route.Method, operation.Method);
        Assert.True(new TemplateMatcher(TemplateParser.Parse(route.Template), []).TryMatch(operation.Path, values), $"{route.Template} doesn't take {operation.Path}");
        Assert.All(values.Where(value => value.Value is string text && text.StartsWith('{')), value => Assert.Equal($"{{{value.Key}}}", value.Value));
    }

    [Theory]
    [MemberData(nameof(Functions))]
    public void An_operation_names_a_function_key_where_the_function_asks_for_one(string name) =>
        Assert.Equal(Routes.Single(known => known.Name == name).Level == AuthorizationLevel.Function, Contract.Document.Operation(name).ForOperators);

    private sealed record Route(string Name, string Method, string Template, AuthorizationLevel Level);
}
