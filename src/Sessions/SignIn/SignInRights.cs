namespace Sessions.SignIn;

/// <summary>
/// By which right a session is signed in, asked of the session as it is at that moment; null where there is none that lives.
/// </summary>
public delegate Result<SignInAs> SignInRight(Session? session, DateTimeOffset now);

/// <summary>The rights there are.</summary>
public static class SignInRights
{
    public static readonly Refusal WrongTicket =
        Refusal.NotAllowed("The ticket isn't valid for this session (any more). Ask the backend for a new one.");

    private static readonly Refusal WrongToken = Refusal.NotAllowed("The token isn't this session's.");

    /// <summary>The holder's, with a ticket from the operator.</summary>
    public static SignInRight ByTicket(SessionToken token, SecretHash ticket) => (session, now) =>
        !Opens(session, token, now) ? Refusal.NotAuthenticated
        : session!.Ticket is not { } known || !known.Admits(ticket, now) ? WrongTicket
        : known.SignInAs;

    /// <summary>The holder's, with what a verified id token says.</summary>
    public static SignInRight ByIdToken(SessionToken token, SignInAs signInAs) => (session, now) =>
        Opens(session, token, now) ? signInAs : Refusal.NotAuthenticated;

    /// <summary>The operator's. Where the token is sent along, it must be the session's.</summary>
    public static SignInRight ByOperator(SessionId id, SignInAs signInAs, string? token) => (session, now) =>
        session is null ? Refusal.NoSuchSession
        : token is not null && !(SessionToken.TryParse(token, out var shown) && shown.Id == id && Opens(session, shown, now)) ? WrongToken
        : signInAs;

    private static bool Opens(Session? session, SessionToken token, DateTimeOffset now) => session?.Secrets.Admit(token.Hash, now) ?? false;
}
