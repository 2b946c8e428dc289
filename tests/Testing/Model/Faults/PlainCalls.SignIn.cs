using Sessions;
using Sessions.SignIn;

namespace SessionFunctions.Testing.Model.Faults;

/// <content>Tickets and sign-ins.</content>
internal sealed partial class PlainCalls
{
    private PlainCall Ticket()
    {
        var (id, signIn) = (AnyId(), AnySignIn());
        return new PlainCall(
            "ticket",
            $"ticket for {Short(id)} as {signIn}",
            async (world, facts) =>
            {
                if (!(await world.Tickets.IssueAsync(Parsed(id), Asked(signIn), default)).Succeeded(out var issued, out var refusal))
                {
                    return Text(refusal);
                }

                facts.Token = issued.Code;
                return PlainService.Done;
            },
            model => model.Ticket(id, signIn))
        {
            TicketFor = id,
        };
    }

    private PlainCall SignInByTicket()
    {
        var tickets = _chance.Next(5) == 0 ? _tickets : _tickets.FindAll(ticket => IsUsable(ticket.Id));
        if (tickets.Count == 0)
        {
            return Ticket();
        }

        var (id, code) = tickets[^(1 + Math.Min(_chance.Next(tickets.Count), _chance.Next(tickets.Count)))];
        var token = _chance.Next(12) == 0 || TokensOf(id).Count == 0 ? AnyToken() : TokensOf(id)[^1];
        return SignIn(token.Split('.')[0], new PlainRight($"ticket:{code}", token, code, null, null));
    }

    private PlainCall SignInByIdToken()
    {
        var token = AnyToken();
        var name = _chance.Next(4) == 0 ? $"idtoken:{_names}" : $"idtoken:{++_names}";
        return SignIn(token.Split('.')[0], new PlainRight(name, token, null, AnySignIn(), _now + _chance.Next(1, 300_000)));
    }

    private PlainCall SignInByOperator()
    {
        var (id, signIn) = (AnyId(), AnySignIn());
        var token = _chance.Next(3) == 0 && TokensOf(id).Count > 0 ? TokensOf(id)[_chance.Next(TokensOf(id).Count)] : null;
        return SignIn(id, new PlainRight($"operator:{signIn.User}", token, null, signIn, null));
    }

    /// <summary>The same call once more.</summary>
    private PlainCall SignInAgain()
    {
        if (_signIns.Count == 0)
        {
            return SignInByOperator();
        }

        var (id, right) = _signIns[_chance.Next(_signIns.Count)];
        return SignIn(id, right);
    }

    private static PlainCall SignIn(string id, PlainRight right) => new(
        "sign in",
        $"sign in {Short(id)} by {right.Name[..Math.Min(16, right.Name.Length)]} with {(right.Token is null ? "no token" : Short(right.Token))}",
        async (world, facts) => Issued(await world.SignIn.SignInAsync(Parsed(id), RightOf(id, right), agent: null, default), facts),
        model => model.SignIn(id, right))
    {
        IsRepeatable = true,
        SignIn = (id, right),
    };

    private static SignInRight RightOf(string id, PlainRight right)
    {
        if (right.Code is { } code)
        {
            Assert.True(TicketCode.TryParse(code, out var ticket));
            return SignInRights.ByTicket(Token(right.Token!), ticket);
        }

        return right.Ends is { } ends
            ? SignInRights.ByIdToken(
                Token(right.Token!), Asked(right.For!), new TimedHash(Hash(right.Name), DateTimeOffset.FromUnixTimeMilliseconds(ends)))
            : SignInRights.ByOperator(Parsed(id), Asked(right.For!), right.Token);
    }

    private static SignInAs Asked(PlainSignIn signIn) => new(SessionWorld.Named(signIn.User))
    {
        Claims = SessionWorld.DataOf(signIn.Claim is null ? "{}" : $$"""{"{{signIn.Claim}}":true}"""),
        Persistent = signIn.Persistent,
    };
}
