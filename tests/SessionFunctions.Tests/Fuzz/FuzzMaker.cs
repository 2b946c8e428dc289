using System.Text;

namespace SessionFunctions.Tests.Fuzz;

/// <summary>Makes one call after the other; which ones follows from the seed and the answers alone.</summary>
internal sealed class FuzzMaker(Random random, FuzzText text, FuzzMemory memory)
{
    private static readonly IReadOnlyList<FuzzRoute> Creates = [.. FuzzRoute.All.Where(route => route.IsCreate)];

    private readonly FuzzJson _json = new(random, text);

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
        call = WithKey(WithCredentials(call, session, strangersTokens), session);
        call = call with { Headers = [.. call.Headers, .. FuzzHeaders.Some(text)] };
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
                    var named = route.IsHolders && text.Chance(0.8) ? memory.Sibling(session) ?? session : text.Chance(0.3) ? memory.Any() : session;
                    var isOwn = named is not null && text.Chance(0.9);
                    call = call with { Sid = isOwn ? named : null, IsBroken = !isOwn };
                    path.Append(isOwn ? named!.Sid : Uri.EscapeDataString(text.Spoilt(named?.Sid ?? "00")));
                    break;
                case ['{', '*', ..]:
                    path.Append(text.Pick(["b", "increment", "b/c", "b/increment"]));
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

        return call with { Target = text.Chance(0.3) ? path + text.Pick(["?touch=false", "?touch=true", "?touch=x", "?fields=a,b", "?fields=", "?except=x", "?&&=", "?a=%F0%9F%A6%8A"]) : path.ToString() };
    }

    private FuzzCall WithCredentials(FuzzCall call, FuzzSession? session, IReadOnlyList<string> strangersTokens)
    {
        if (session is null || (call.Route is { IsHolders: false } && text.Chance(0.8)))
        {
            return call;
        }

        var spoilt = text.Spoilt(session.Token);
        var other = memory.Any();
        return random.Next(12) switch
        {
            0 or 1 => call with { Shown = [session], Headers = [Bearer(session.Token)] },
            2 => call with { Shown = [session], Headers = [Own(session.Token)] },
            3 or 4 => call with { Shown = [session], Headers = [Cookie(session.Token), .. Csrf()] },
            // An identity provider's token beside it: ours speaks.
            5 => call with { Shown = [session], Headers = [Bearer(text.Pick(FuzzHeaders.Foreign)), text.Chance(0.3) ? Own(session.Token) : Cookie(session.Token), .. Csrf()] },
            6 => call with { Shown = [session], Headers = [Bearer(session.Token), Own(session.Token), Cookie(session.Token)] },
            7 => call with { Misused = session, Headers = [text.Pick([Bearer(spoilt), Own(spoilt), Cookie(spoilt)]), .. Csrf()] },
            8 when session.OldTokens.Count > 0 => call with { Misused = session, Headers = [Bearer(text.Pick(session.OldTokens))] },
            9 when strangersTokens.Count > 0 => call with { IsStrangers = true, Headers = [Bearer(text.Pick(strangersTokens))] },
            10 when other is not null && other != session => call with
            {
                Shown = [session, other],
                Headers = text.Pick<(string Name, string Value)[]>(
                    [[Bearer(session.Token), Cookie(other.Token)], [Own(session.Token), Bearer(other.Token)], [("Cookie", $"{Cookie(session.Token).Value}; {Cookie(other.Token).Value}"), .. Csrf()]]),
            },
            _ => call,
        };
    }

    private FuzzCall WithKey(FuzzCall call, FuzzSession? session)
    {
        // The end of everything would end the other lanes' sessions too; it comes between two rounds.
        if (call.Route is { NeedsKey: true, IsEndOfEverything: false } && text.Chance(0.85))
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

    private static (string Name, string Value) Own(string token) => ("Session-Token", token);

    private static (string Name, string Value) Cookie(string token) => ("Cookie", $"__Host-session={token}");

    private (string Name, string Value)[] Csrf() => text.Chance(0.8) ? [("X-CSRF", "1")] : [];
}
