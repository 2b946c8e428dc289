namespace Sessions;

/// <summary>Whether a holder's ticket lets their session sign in.</summary>
public static class TicketRule
{
    public static readonly Refusal WrongTicket =
        Refusal.NotAllowed("The ticket isn't valid for this session (any more). Ask the backend for a new one.");

    public static Result<Binding> Admit(Session? session, SessionToken token, SecretHash ticket, DateTimeOffset now) =>
        session is null || !session.Secrets.Admit(token.Hash, now) ? Refusal.NotAuthenticated
        : session.Ticket is not { } known || !known.Admits(ticket, now) ? WrongTicket
        : known.Binding;
}
