using System.Text;
using Sessions.Rows;

namespace Sessions.SignIn;

/// <summary>By which right a session is signed in, asked of the session as it is at that moment.</summary>
public abstract class SignInRight
{
    private protected SignInRight(SessionToken? token, SecretHash mark) => (Token, Mark) = (token, mark);

    /// <summary>The token that is shown along with it.</summary>
    internal SessionToken? Token { get; }

    /// <summary>What stands for it in the row: whoever makes the same call again comes with the same.</summary>
    internal SecretHash Mark { get; }

    /// <summary>What a caller is told where the session isn't there (any more).</summary>
    internal virtual Refusal NoSession => Refusal.NotAuthenticated;

    /// <summary>Whether a holder comes with it, whose token must be the session's.</summary>
    internal virtual bool IsHolders => true;

    /// <summary>An id token that is used up by it, until when.</summary>
    internal virtual TimedHash? IdToken => null;

    internal abstract Result<SignInAs> Of(Session session, DateTimeOffset now);

    /// <summary>Whether the session, gone already, went by this right: then the call is made again and may be completed.</summary>
    internal virtual bool Completes(StoredSession left, DateTimeOffset now) =>
        left.Handover is { } handover
        && handover.Right.Matches(Mark)
        && (Token is null || left.Secrets?.Admit(Token.Hash, now) is true);
}

/// <summary>The rights there are.</summary>
public static class SignInRights
{
    public static readonly Refusal WrongTicket =
        Refusal.NotAllowed("The ticket isn't valid for this session (any more). Ask the backend for a new one.");

    private static readonly Refusal WrongToken = Refusal.NotAllowed("The token isn't this session's.");

    private static readonly Refusal UsedIdToken = Refusal.NotAllowed("The id token has been used to sign in already. Get a new one from the provider.");

    /// <summary>The holder's, with a ticket from the operator.</summary>
    public static SignInRight ByTicket(SessionToken token, SecretHash ticket) => new TicketRight(token, ticket);

    /// <summary>The holder's, with what a verified id token says. It works once, until it expires.</summary>
    public static SignInRight ByIdToken(SessionToken token, SignInAs signInAs, TimedHash idToken) => new IdTokenRight(token, signInAs, idToken);

    /// <summary>The operator's. Where the token is sent along, it must be the session's.</summary>
    public static SignInRight ByOperator(SessionId id, SignInAs signInAs, string? token)
    {
        var shown = SessionToken.TryParse(token, out var parsed) && parsed.Id == id ? parsed : null;
        return new OperatorRight(signInAs, shown, isWrong: token is not null && shown is null);
    }

    private sealed class TicketRight(SessionToken token, SecretHash ticket) : SignInRight(token, ticket)
    {
        internal override Result<SignInAs> Of(Session session, DateTimeOffset now) =>
            session.Ticket is { } known && known.Admits(Mark, now) ? known.SignInAs : WrongTicket;
    }

    private sealed class IdTokenRight(SessionToken token, SignInAs signInAs, TimedHash idToken) : SignInRight(token, idToken.Hash)
    {
        internal override TimedHash IdToken => idToken;

        internal override Result<SignInAs> Of(Session session, DateTimeOffset now) =>
            session.UsedIdTokens.Any(used => used.Hash.Matches(idToken.Hash)) ? UsedIdToken : signInAs;
    }

    private sealed class OperatorRight(SignInAs signInAs, SessionToken? token, bool isWrong)
        : SignInRight(token, SecretHash.Of(Encoding.UTF8.GetBytes($"operator:{signInAs.User.Name}")))
    {
        internal override Refusal NoSession => Refusal.NoSuchSession;

        internal override bool IsHolders => false;

        internal override bool Completes(StoredSession left, DateTimeOffset now) => !isWrong && base.Completes(left, now);

        internal override Result<SignInAs> Of(Session session, DateTimeOffset now) =>
            isWrong || (Token is not null && !session.Secrets.Admit(Token.Hash, now)) ? WrongToken : signInAs;
    }
}
