using Sessions.Rows;

namespace Sessions.Use;

/// <summary>
/// Ends a session for good, and wins whatever happens at the same time: nobody is told that a session has ended while it, or what it goes
/// on as after a sign-in, can still be used.
/// </summary>
internal sealed class SessionEnding(SessionRows rows, NotBeforeMark mark, TimeProvider time)
{
    /// <summary>Sign-ins one after another, each within a minute of the one before.</summary>
    private const int MostHandovers = 20;

    /// <summary>False where there is none that could be used, or it mayn't be ended.</summary>
    /// <param name="id">The session.</param>
    /// <param name="end">Why it ends.</param>
    /// <param name="may">Asked once, of the session as it is found.</param>
    /// <param name="cancellation">Gives up.</param>
    public async Task<bool> EndAsync(SessionId id, SessionEnd end, Func<StoredSession, bool> may, CancellationToken cancellation)
    {
        await mark.GetAsync(cancellation); // an app that doesn't fit the table ends nothing either
        if (await rows.FindAsync(id, cancellation) is not { } stored || stored.Expires <= time.Now() || !may(stored))
        {
            return false;
        }

        return await EndAsync(stored, end, MostHandovers, cancellation);
    }

    /// <summary>Ends one that a sign-in has made and nobody was given.</summary>
    public async Task DiscardAsync(StoredSession reserved, CancellationToken cancellation)
    {
        if (await rows.DeleteAsync(reserved, cancellation) == WriteOutcome.Changed)
        {
            await rows.EndAsync(reserved, SessionEnd.Overtaken, cancellation);
        }
    }

    private async Task<bool> EndAsync(StoredSession stored, SessionEnd end, int handovers, CancellationToken cancellation)
    {
        var wasUsable = stored is { IsEnded: false, Handover: null };
        if (wasUsable)
        {
            if (await rows.DeleteAsync(stored, cancellation) != WriteOutcome.Changed)
            {
                return true;
            }

            // In use: told that it is over, it changes no more, and can be looked at and deleted.
            if (!await rows.EndAsync(stored, end, cancellation) || await rows.FindAsync(stored.Id, cancellation) is not { } marked)
            {
                return true;
            }

            stored = marked;
        }

        // What it goes on as ends before what says so is deleted: whoever stops in between can be followed.
        if (stored.Handover is { Successor: var next } && handovers > 0 && await rows.FindAsync(next, cancellation) is { } successor)
        {
            wasUsable |= await EndAsync(successor, end, handovers - 1, cancellation);
        }

        await rows.DeleteAsync(stored, cancellation); // else the cleanup does
        return wasUsable;
    }
}
