using System.Reflection;
using Microsoft.Azure.Functions.Worker;

namespace SessionFunctions.Tests.Fuzz;

/// <summary>One method of one address that the app has, found as the host finds it: a new function is fuzzed without being named here.</summary>
internal sealed record FuzzRoute(string Method, string Template, bool NeedsKey)
{
    public static IReadOnlyList<FuzzRoute> All { get; } =
    [
        .. from type in typeof(Composition).Assembly.GetTypes()
           from method in type.GetMethods()
           from parameter in method.GetParameters()
           let trigger = parameter.GetCustomAttribute<HttpTriggerAttribute>()
           where trigger?.Route!.StartsWith("{*", StringComparison.Ordinal) is false // odd addresses lead there
           from verb in trigger.Methods ?? []
           let route = new FuzzRoute(verb.ToUpperInvariant(), trigger.Route!, trigger.AuthLevel != AuthorizationLevel.Anonymous)
           orderby route.Template, route.Method
           select route,
    ];

    public bool IsAboutSomebody => Template.Split('/')[0] is "sessions" or "manage";

    /// <summary>Called as often as the others, these would leave hardly a session to try the others on.</summary>
    public bool EndsSessions => (Method == "DELETE" && !Template.Contains("data", StringComparison.Ordinal)) || Template.EndsWith("end-sessions", StringComparison.Ordinal);

    public bool IsHolders => Template.StartsWith("sessions/current", StringComparison.Ordinal);

    public bool TakesAnyRest => Template.Contains("{*", StringComparison.Ordinal);

    public bool IsCreate => this is { Method: "POST", Template: "sessions" or "manage/sessions" };

    public bool IsLogOut => this is { Method: "DELETE", Template: "sessions/current" };

    public bool IsEndOfEverything => Template == "manage/end-everything";

    public override string ToString() => $"{Method} {Template}";
}
