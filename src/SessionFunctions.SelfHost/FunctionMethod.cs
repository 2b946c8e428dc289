using System.Reflection;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace SessionFunctions.SelfHost;

/// <summary>A method marked [Function], found once by reflection and called without it.</summary>
internal sealed class FunctionMethod
{
    private readonly MethodInfo _method;
    private readonly MethodInvoker _invoker;
    private readonly Func<object?, ValueTask<IResult?>> _complete;

    private FunctionMethod(string name, MethodInfo method)
    {
        Name = name;
        _method = method;
        _invoker = MethodInvoker.Create(method);
        _complete = CompletionOf(method.ReturnType)
            ?? throw Unsupported($"it returns {method.ReturnType}; return IResult, Task<IResult>, ValueTask<IResult>, Task, ValueTask or void");
    }

    public string Name { get; }

    public ParameterInfo[] Parameters => _method.GetParameters();

    private Type Class => _method.ReflectedType!;

    public static IReadOnlyList<FunctionMethod> FindIn(Assembly assembly) =>
    [
        .. from type in assembly.GetExportedTypes() // only public ones, as the worker has it; the others would load what they are made of
           where type.IsClass && !type.ContainsGenericParameters
           from method in type.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly)
           let function = method.GetCustomAttribute<FunctionAttribute>()
           where function is not null
           select new FunctionMethod(function.Name, method),
    ];

    /// <summary>The trigger of that kind among the parameters, if this function has it.</summary>
    public TTrigger? Trigger<TTrigger>()
        where TTrigger : Attribute =>
        Parameters.Select(parameter => parameter.GetCustomAttribute<TTrigger>()).FirstOrDefault(trigger => trigger is not null);

    /// <summary>Whether the trigger was given an argument of that type, rather than left to its default.</summary>
    public bool Names<TTrigger, TArgument>() =>
        Parameters.SelectMany(parameter => parameter.GetCustomAttributesData())
            .Where(data => data.AttributeType == typeof(TTrigger))
            .Any(data => data.ConstructorArguments.Any(argument => argument.ArgumentType == typeof(TArgument)));

    public void Register(IServiceCollection services)
    {
        if (!_method.IsStatic)
        {
            // As a service, because the container's call site is as fast as code and needs no compiled expression at start.
            services.TryAddTransient(Class);
        }
    }

    public ValueTask<IResult?> InvokeAsync(IServiceProvider services, object?[] arguments) =>
        _complete(_invoker.Invoke(_method.IsStatic ? null : services.GetRequiredService(Class), arguments.AsSpan()));

    public HostSettingException Unsupported(string reason) =>
        new($"The function {Name} ({_method.DeclaringType}.{_method.Name}) can't be hosted: {reason}.");

    private static Func<object?, ValueTask<IResult?>>? CompletionOf(Type type) => type switch
    {
        _ when type.IsAssignableTo(typeof(IResult)) => static returned => new((IResult?)returned),
        _ when type == typeof(Task<IResult>) => static returned => new((Task<IResult?>)returned!),
        _ when type == typeof(ValueTask<IResult>) => static returned => (ValueTask<IResult?>)returned!,
        _ when type == typeof(Task) => static returned => Nothing((Task)returned!),
        _ when type == typeof(ValueTask) => static returned => Nothing(((ValueTask)returned!).AsTask()),
        _ when type == typeof(void) => static _ => default,
        _ => null,
    };

    private static async ValueTask<IResult?> Nothing(Task task)
    {
        await task;
        return null;
    }
}

internal static class FunctionClasses
{
    public static void AddFunctionClasses(this IServiceCollection services, IEnumerable<FunctionMethod> functions)
    {
        foreach (var function in functions)
        {
            function.Register(services);
        }
    }
}
