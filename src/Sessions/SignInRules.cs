namespace Sessions;

/// <summary>Whether a holder may sign their session in, judged on the session as it is at that moment.</summary>
public static class SignInRules
{
    public static readonly Refusal WrongTicket =
        Refusal.NotAllowed("The ticket isn't valid for this session (any more). Ask the backend for a new one.");

    public static Result<Binding> ByTicket(Session? session, SessionToken token, SecretHash ticket, DateTimeOffset now) =>
        session is null || !session.Secrets.Admit(token.Hash, now) ? Refusal.NotAuthenticated
        : session.Ticket is not { } known || !known.Admits(ticket, now) ? WrongTicket
        : known.Binding;

    /// <param name="binding">What a verified id token says.</param>
    public static Result<Binding> ByIdToken(Session? session, SessionToken token, Binding binding, DateTimeOffset now) =>
        session is null || !session.Secrets.Admit(token.Hash, now) ? Refusal.NotAuthenticated : binding;
}
