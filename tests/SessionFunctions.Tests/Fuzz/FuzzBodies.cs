namespace SessionFunctions.Tests.Fuzz;

/// <summary>Bodies that the routes take, with the members they know, mostly.</summary>
internal sealed class FuzzBodies(FuzzText text, FuzzJson json, FuzzMemory memory)
{
    private static readonly Dictionary<string, string[]> Members = new(StringComparer.Ordinal)
    {
        ["POST sessions"] = ["data", "persistent", "idleTimeout", "lifetime", "transport"],
        ["POST manage/sessions"] = ["user", "claims", "data", "persistent", "idleTimeout", "lifetime"],
        ["POST manage/introspect"] = ["token", "touch"],
        ["POST manage/sessions/{sid}/ticket"] = ["user", "claims", "persistent"],
        ["POST manage/sessions/{sid}/sign-in"] = ["user", "claims", "persistent", "token"],
        ["PATCH manage/sessions/{sid}"] = ["expiresIn", "endsIn"],
        ["POST manage/users/sessions"] = ["user", "include", "continuation"],
        ["POST manage/users/end-sessions"] = ["user", "except"],
        ["POST manage/end-everything"] = ["confirm"],
        ["POST sessions/current/sign-in"] = ["ticket", "idToken", "nonce"],
    };

    private static readonly string[] Strange = ["token", "sid", "secret", "idToken", "expiresAt", "", "Data", "by", "admin"];

    private static readonly string[] MediaTypes =
    [
        "application/json", "application/json; charset=utf-8", "application/merge-patch+json", "application/json-patch+json", "APPLICATION/JSON", "text/plain",
        "application/json; charset=utf-16", "application/json; charset=", "application/xml", ",", "application/", "application/json,application/json", "*/*", "",
    ];

    /// <summary>Null: none at all.</summary>
    public string? Of(FuzzRoute? route, FuzzSession? session, string? ticket)
    {
        if (route is not null && Members.TryGetValue(route.ToString(), out var known))
        {
            return text.Chance(0.04) ? null : json.Members(Chosen(route, known).Select(name => (name, Member(name, session, ticket))));
        }

        return route?.Method is "GET" or "DELETE" && text.Chance(0.95) ? null
            : text.Chance(0.1) ? null
            : text.Chance(route?.Template.Contains("{key}", StringComparison.Ordinal) == true ? 0.4 : 0.05) ? $"{{\"by\":{json.Number()}}}"
            : text.Chance(0.15) ? json.Patch()
            : text.Chance(0.7) ? json.Object()
            : json.Value(0);
    }

    /// <summary>The type that goes with the body, mostly.</summary>
    public string MediaType(string? body) => text.Chance(0.06) ? text.Pick(MediaTypes)
        : body?.StartsWith('[') == true ? "application/json-patch+json"
        : text.Chance(0.1) ? "application/merge-patch+json"
        : "application/json";

    private List<string> Chosen(FuzzRoute route, string[] known)
    {
        var chosen = known.Where(name => text.Chance(name is "idToken" or "nonce" ? 0.1 : route.IsCreate || name is "claims" or "persistent" or "include" or "continuation" or "except" ? 0.35 : 0.9)).ToList();
        if (text.Chance(0.04))
        {
            chosen.Add(text.Chance(0.5) ? text.Pick(Strange) : text.Pick(known));
        }

        return chosen;
    }

    private string Member(string name, FuzzSession? session, string? ticket) => text.Chance(0.07) ? json.Wrongly() : name switch
    {
        "data" or "claims" => json.Object(),
        "persistent" or "touch" => text.Pick(["true", "false"]),
        "idleTimeout" => text.Pick(["1", "5", "60", "1200", "1200.5", "100000"]),
        "lifetime" => text.Pick(["1", "60", "3600", "28800", "90000000"]),
        "transport" => text.Pick(["\"bearer\"", "\"bearer\"", "\"cookie\"", "\"carrier pigeon\""]),
        "expiresIn" or "endsIn" => text.Pick(["0.5", "30", "600", "3600", "28800", "90000000"]),
        "continuation" => text.Pick(["\"AAABm72sGsAxY2V4YW1wbGVvdGhlcnh4ZXhhbXBsZXNlc3Np\"", "\"\"", "\"x\"", "1"]),
        "include" => text.Pick(["[\"data\"]", "[\"data\"]", "[]", "[\"all\"]"]),
        "except" => $"\"{text.Pick([session?.Sid ?? "x", memory.Any()?.Sid ?? "x", "x"])}\"",
        "confirm" => "\"end-everything\"",
        "idToken" or "nonce" => $"\"{text.Pick(FuzzHeaders.Foreign)}\"",
        "user" => $"\"{FuzzMemory.InJson(text.Pick(memory.Users))}\"",
        "token" => $"\"{TokenFor(session)}\"",
        "ticket" => $"\"{(ticket is not null && text.Chance(0.8) ? ticket : text.Spoilt(ticket ?? "AAAA"))}\"",
        _ => json.Value(1),
    };

    private string TokenFor(FuzzSession? session)
    {
        var token = (session ?? memory.Any())?.Token ?? "x";
        return text.Chance(0.7) ? token : text.Spoilt(token);
    }
}
