using System.Reflection;
using Microsoft.Azure.Functions.Worker;

namespace SessionFunctions.SelfHost;

/// <summary>A method marked [Function], found once by reflection and called without it.</summary>
internal sealed class FunctionMethod
{
    private readonly MethodInfo _method;
    private readonly Func<object?, ValueTask<IResult?>> _complete;

    private FunctionMethod(string name, MethodInfo method)
    {
        Name = name;
        _method = method;
        Parameters = method.GetParameters();
        _complete = CompletionOf(method.ReturnType)
            ?? throw Unsupported($"it returns {method.ReturnType}; return IResult, Task<IResult>, ValueTask<IResult>, Task, ValueTask or void");
    }

    public string Name { get; }

    public ParameterInfo[] Parameters { get; }

    /// <summary>The class to make an instance of; null for a static method.</summary>
    public Type? Class => _method.IsStatic ? null : _method.ReflectedType;

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
        where TTrigger : Attribute
    {
        foreach (var parameter in Parameters)
        {
            if (parameter.GetCustomAttribute<TTrigger>() is { } trigger)
            {
                return trigger;
            }
        }

        return null;
    }

    /// <summary>Whether the trigger was given an argument of that type, rather than left to its default.</summary>
    public bool Names<TTrigger, TArgument>() =>
        Parameters.SelectMany(parameter => parameter.GetCustomAttributesData())
            .Where(data => data.AttributeType == typeof(TTrigger))
            .Any(data => data.ConstructorArguments.Any(argument => argument.ArgumentType == typeof(TArgument)));

    /// <summary>A call of the method on that instance.</summary>
    public Func<object?[], ValueTask<IResult?>> On(object? instance)
    {
        var invoker = MethodInvoker.Create(_method);
        return arguments => _complete(invoker.Invoke(instance, arguments.AsSpan()));
    }

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

/// <summary>
/// One instance of each class of functions, made when one of its functions is first called. The Functions worker makes one a call; with
/// classes that keep nothing of a call, and need only what there is once, nobody can tell.
/// </summary>
internal static class FunctionClasses
{
    public static void AddFunctionClasses(this IServiceCollection services, IEnumerable<FunctionMethod> functions)
    {
        foreach (var type in functions.Select(function => function.Class).OfType<Type>().Distinct())
        {
            services.AddSingleton(type);
        }
    }

    /// <summary>The function, ready to be called.</summary>
    public static Func<object?[], ValueTask<IResult?>> Bind(this IServiceProvider services, FunctionMethod function) =>
        function.On(function.Class is { } type ? services.GetRequiredService(type) : null);
}
