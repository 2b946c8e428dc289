namespace Sessions.SignIn;

/// <summary>Whether a holder may sign their session in, judged on the session as it is at that moment.</summary>
public static class SignInRights
{
    public static readonly Refusal WrongTicket =
        Refusal.NotAllowed("The ticket isn't valid for this session (any more). Ask the backend for a new one.");

    public static Result<SignInAs> ByTicket(Session? session, SessionToken token, SecretHash ticket, DateTimeOffset now) =>
        session is null || !session.Secrets.Admit(token.Hash, now) ? Refusal.NotAuthenticated
        : session.Ticket is not { } known || !known.Admits(ticket, now) ? WrongTicket
        : known.SignInAs;

    /// <param name="binding">What a verified id token says.</param>
    public static Result<SignInAs> ByIdToken(Session? session, SessionToken token, SignInAs binding, DateTimeOffset now) =>
        session is null || !session.Secrets.Admit(token.Hash, now) ? Refusal.NotAuthenticated : binding;
}
