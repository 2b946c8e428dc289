using System.Text;

namespace SessionFunctions.Tests.Fuzz;

/// <summary>Makes one call after the other; which ones follows from the seed and the answers alone.</summary>
internal sealed class FuzzMaker(Random random, FuzzText text, FuzzMemory memory)
{
    private static readonly IReadOnlyList<FuzzRoute> Creates = [.. FuzzRoute.All.Where(route => route.Method == "POST" && route.Template.EndsWith("sessions", StringComparison.Ordinal))];

    private readonly FuzzJson _json = new(random, text);
    private readonly FuzzHeaders _headers = new(text);

    private FuzzBodies Bodies => new(text, _json, memory);

    public FuzzCall Next(IReadOnlyList<string> strangersTokens)
    {
        var odd = text.Chance(0.06);
        var route = odd ? null : text.Chance(0.12) ? text.Pick(Creates) : text.Pick(FuzzRoute.All);
        route = route is { EndsSessions: true } && text.Chance(0.6) ? text.Pick(FuzzRoute.All) : route;
        var ticket = memory.Ticket();
        var session = route?.Template == "sessions/current/sign-in" && text.Chance(0.8) && ticket is not null ? ticket.Value.Session : memory.Any();
        var code = ticket is { } known && known.Session == session ? known.Code : null;
        var body = Bodies.Of(route, session, code);

        var call = odd ? new FuzzCall(text.Pick(["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS", "TRACE", "BREW"]), text.OddPath()) { IsBroken = true } : Addressed(route!, session);
        call = WithCredentials(call, session, strangersTokens);
        call = WithKey(call, session);
        call = call with { Headers = [.. call.Headers, .. _headers.Some()] };
        return body is null ? call : WithBody(call, body);
    }

    private FuzzCall Addressed(FuzzRoute route, FuzzSession? session)
    {
        var call = new FuzzCall(route.Method, "") { Route = route };
        var path = new StringBuilder("/api");
        foreach (var part in route.Template.Split('/'))
        {
            path.Append('/');
            switch (part)
            {
                case "{sid}":
                    var own = session is not null && text.Chance(0.9);
                    call = call with { Sid = own ? session : null };
                    path.Append(own ? session!.Sid : Uri.EscapeDataString(text.Spoilt(session?.Sid ?? "00")));
                    break;
                case ['{', ..]:
                    path.Append(Uri.EscapeDataString(Encoding.UTF8.GetString(_json.Spoilt(_json.Name()))));
                    call = call with { IsBroken = true };
                    break;
                default:
                    path.Append(part);
                    break;
            }
        }

        if (text.Chance(0.3))
        {
            path.Append(text.Pick(["?touch=false", "?touch=true", "?touch=x", "?fields=a,b", "?fields=", "?except=x", "?&&=", "?a=%F0%9F%A6%8A"]));
        }

        return call with { Target = path.ToString() };
    }

    private FuzzCall WithCredentials(FuzzCall call, FuzzSession? session, IReadOnlyList<string> strangersTokens)
    {
        var kind = call.Route is { IsHolders: false } && text.Chance(0.8) ? 9 : random.Next(10);
        return (kind, session) switch
        {
            ( >= 9, _) or (_, null) => call,
            ( <= 2, _) => call with { Holder = session, Headers = [Bearer(session.Token)] },
            (3, _) => call with { Holder = session, Headers = [("Session-Token", session.Token)] },
            ( <= 5, _) => call with { Holder = session, Headers = [Cookie(session.Token), .. Csrf()] },
            (6, _) => call with { Misused = session, Headers = [text.Chance(0.5) ? Bearer(text.Spoilt(session.Token)) : Cookie(text.Spoilt(session.Token)), .. Csrf()] },
            (7, _) when session.OldTokens.Count > 0 => call with { Misused = session, Headers = [Bearer(text.Pick(session.OldTokens))] },
            (8, _) when strangersTokens.Count > 0 && text.Chance(0.7) => call with { IsStrangers = true, Headers = [Bearer(text.Pick(strangersTokens))] },
            _ => call with { Misused = session, Headers = [Bearer(session.Token), Cookie(text.Spoilt(session.Token)), .. Csrf()] },
        };
    }

    private FuzzCall WithKey(FuzzCall call, FuzzSession? session)
    {
        // The end of everything would end the other lanes' sessions too; it comes between two rounds. An odd address might lead there.
        var good = call.Route is { NeedsKey: true, IsEndOfEverything: false } && !(call.IsBroken && call.Method == "DELETE") && text.Chance(0.85);
        if (good)
        {
            return call.Target.Contains('?', StringComparison.Ordinal) || text.Chance(0.9)
                ? call with { HasKey = true, Headers = [.. call.Headers, ("x-functions-key", FuzzHost.Key)] }
                : call with { HasKey = true, Target = $"{call.Target}?code={FuzzHost.Key}" };
        }

        return text.Chance(call.Route?.NeedsKey == true ? 0.6 : 0.02)
            ? call with { Headers = [.. call.Headers, ("x-functions-key", text.Chance(0.5) ? session?.Token ?? "x" : text.Spoilt(FuzzHost.Key))] }
            : call;
    }

    private FuzzCall WithBody(FuzzCall call, string body)
    {
        var type = Bodies.MediaType(body);
        return call with
        {
            Body = _json.Spoilt(body),
            Chunked = text.Chance(0.1),
            Headers = type.Length == 0 ? call.Headers : [.. call.Headers, ("Content-Type", type)],
        };
    }

    private static (string Name, string Value) Bearer(string token) => ("Authorization", $"Bearer {token}");

    private static (string Name, string Value) Cookie(string token) => ("Cookie", $"__Host-session={token}");

    private (string Name, string Value)[] Csrf() => text.Chance(0.8) ? [("X-CSRF", "1")] : [];
}
