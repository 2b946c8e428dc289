namespace Sessions;

/// <summary>A session with the token that was made for it just now: the only moment at which the token is known.</summary>
public sealed record IssuedSession(Session Session, SessionToken Token);
