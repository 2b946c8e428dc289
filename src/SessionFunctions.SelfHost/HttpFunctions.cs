using System.Reflection;
using Microsoft.Azure.Functions.Worker;

namespace SessionFunctions.SelfHost;

internal static partial class HttpFunctions
{
    // A trigger that names no method takes any. HEAD isn't answered unless it is named, as for every other function.
    private static readonly string[] AnyMethod =
        [HttpMethods.Get, HttpMethods.Post, HttpMethods.Put, HttpMethods.Patch, HttpMethods.Delete, HttpMethods.Options];

    public static void MapHttpFunctions(this WebApplication app, IEnumerable<FunctionMethod> functions, FunctionsHostSettings settings)
    {
        var keys = new FunctionKeys(settings.FunctionKey);
        foreach (var function in functions)
        {
            if (function.Trigger<HttpTriggerAttribute>() is { } trigger)
            {
                var methods = trigger.Methods is { Length: > 0 } named ? named.Select(method => method.ToUpperInvariant()) : AnyMethod;
                app.MapMethods($"{settings.RoutePrefix}/{trigger.Route ?? function.Name}", methods, keys.Guard(LevelOf(function, trigger), Call(function, app.Services, app.Logger)))
                    .WithMetadata(function)
                    .WithDisplayName(function.Name);
            }
        }
    }

    // The attribute says Anonymous where only methods are given; the Functions host takes a level left out as Function.
    private static AuthorizationLevel LevelOf(FunctionMethod function, HttpTriggerAttribute trigger) =>
        trigger.AuthLevel == AuthorizationLevel.Anonymous && !function.Names<HttpTriggerAttribute, AuthorizationLevel>()
            ? AuthorizationLevel.Function
            : trigger.AuthLevel;

    private static RequestDelegate Call(FunctionMethod function, IServiceProvider services, ILogger logger)
    {
        Func<object?[], ValueTask<IResult?>>? bound = null; // with the first call
        var bindings = Array.ConvertAll(function.Parameters, parameter => Bind(function, parameter));
        return async context =>
        {
            try
            {
                var arguments = Array.ConvertAll(bindings, binding => binding(context));
                if (await (bound ??= services.Bind(function))(arguments) is { } result)
                {
                    await result.ExecuteAsync(context);
                }
            }
            catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
            {
                // The caller has gone; nobody reads an answer.
            }
            catch (Exception exception) when (!context.Response.HasStarted && exception is not BadHttpRequestException)
            {
                LogFailure(logger, exception, function.Name);
                context.Response.Clear();
                await Problems.WriteAsync(context, StatusCodes.Status500InternalServerError, "internal-error", "Something went wrong here");
            }
        };
    }

    private static Func<HttpContext, object?> Bind(FunctionMethod function, ParameterInfo parameter)
    {
        var name = parameter.Name!;
        return parameter.ParameterType switch
        {
            var type when type == typeof(HttpRequest) => static context => context.Request,
            var type when type == typeof(HttpContext) => static context => context,
            var type when type == typeof(CancellationToken) => static context => context.RequestAborted,
            var type when type == typeof(string) => context => context.Request.RouteValues[name] as string,
            var type => throw function.Unsupported(
                $"parameter {name} is {type}; take HttpRequest, HttpContext, CancellationToken or a route value as string"),
        };
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The function {Function} failed")]
    private static partial void LogFailure(ILogger logger, Exception exception, string function);
}
