namespace Sessions;

/// <summary>Leave to sign in as a user, given by the operator and redeemed by the holder: once, soon, and with this session only.</summary>
public sealed record Ticket(SecretHash Hash, DateTimeOffset Expires, SignInAs SignInAs)
{
    public bool Admits(SecretHash presented, DateTimeOffset now) => Hash.Matches(presented) && now < Expires;
}

/// <summary>Whom a session is to be signed in as.</summary>
public sealed record SignInAs(User User)
{
    /// <summary>Merged into the claims that the session keeps.</summary>
    public SessionData Claims { get; init; } = SessionData.Empty;

    /// <summary>Null: as the session is.</summary>
    public bool? Persistent { get; init; }
}

/// <summary>A ticket with the code that redeems it: the only moment at which the code is known.</summary>
public sealed record IssuedTicket(Ticket Ticket, string Code);
