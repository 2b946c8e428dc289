using Microsoft.Extensions.Options;
using Sessions.Use;

namespace Sessions.SignIn;

/// <summary>The operator's leave for the holder of a session to sign in.</summary>
public sealed class Tickets
{
    private readonly LiveSessions _sessions;
    private readonly TicketOptions _options;
    private readonly SizeOptions _sizes;

    internal Tickets(LiveSessions sessions, IOptions<TicketOptions> options, IOptions<SizeOptions> sizes) =>
        (_sessions, _options, _sizes) = (sessions, options.Value, sizes.Value);

    /// <summary>A second ticket takes the place of the first.</summary>
    public async Task<Result<IssuedTicket>> IssueAsync(SessionId id, SignInAs signInAs, CancellationToken cancellation)
    {
        if (SizeRule.Check("claims", signInAs.Claims, _sizes.MaxClaimsBytes) is { } refusal)
        {
            return refusal;
        }

        var (code, hash) = TicketCode.New();
        var updated = await _sessions.UpdateAsync(
            id,
            (stored, now) => ValueTask.FromResult<Result<Session>>(_sessions.Open(stored) is { } session
                ? session with { Ticket = new Ticket(hash, now + _options.TicketLifetime, signInAs) }
                : Refusal.NoSuchSession),
            key: null,
            cancellation);
        return updated.Then<IssuedTicket>(session => new IssuedTicket(session.Ticket!, code));
    }
}
