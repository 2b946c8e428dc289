using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Sessions.Create;
using Sessions.Data;
using Sessions.Rows;
using Sessions.Users;

namespace Sessions.SignIn;

/// <summary>
/// Binds a session to a user, by moving it into a new one with a new id and a new token in the user's shard: whoever planted the anonymous session, or
/// saw its token, is left with nothing. Data and claims move along, unless the session was another user's.
/// </summary>
/// <remarks>
/// Two partitions can't change together, so it takes four round trips, and may stop after any of them: read; mark the old session as moving,
/// from when on it opens nothing; create the new one; delete the old one. The same call, made again, finds the mark and completes. The last to mark wins:
/// only who finds the old session as they marked it may delete it, and only then is a token handed out, so there are never two.
/// </remarks>
public sealed class SessionSignIn(
    LiveSessions writer, SessionRows store, UserLimit admission, IOptions<SessionOptions> options, TimeProvider time, ILogger<SessionSignIn> log)
{
    private const int MaxRounds = 20;

    private static readonly Refusal Overtaken = Refusal.Conflict("This session is being signed in by another call at the same time; that call's answer counts.");

    private readonly SessionOptions _options = options.Value;

    /// <param name="id">The session to bind.</param>
    /// <param name="admit">Checks the caller's right on the session as it is, and says whom to bind it to; null where there is no session.</param>
    /// <param name="agent">A label of the holder's browser, where the holder calls.</param>
    /// <param name="cancellation">Stops it between two steps.</param>
    public async Task<Result<IssuedSession>> SignInAsync(
        SessionId id, Func<Session?, DateTimeOffset, Result<SignInAs>> admit, string? agent, CancellationToken cancellation)
    {
        for (var round = 0; round < MaxRounds; round++)
        {
            var stored = await writer.FindAsync(id, cancellation);
            if (!admit(stored?.Session, time.Now()).Succeeded(out var binding, out var refusal))
            {
                return refusal;
            }

            var shard = Shard.Of(binding.User.Key, _options.Shards);
            if (!(await MarkAsync(stored!, shard, cancellation)).Succeeded(out var marked, out refusal))
            {
                if (refusal == Refusal.Busy)
                {
                    continue; // changed since it was read, and not marked by us: look again
                }

                return refusal;
            }

            return await MoveAsync(marked, binding, agent, cancellation);
        }

        return Refusal.Busy;
    }

    private async Task<Result<StoredSession>> MarkAsync(StoredSession stored, Shard shard, CancellationToken cancellation)
    {
        if (stored.Session.MovingTo is { } before)
        {
            // Somebody stopped half-way, or is just at it: from now on they can't finish. What they have made was never handed out.
            if (!(await store.ReplaceAsync(stored, stored.Session, cancellation)).Succeeded(out var ours, out var refusal))
            {
                return refusal;
            }

            await DiscardAsync(before, cancellation);
            stored = ours;
        }

        return stored.Session.MovingTo?.Shard == shard
            ? stored
            : await store.ReplaceAsync(stored, stored.Session with { MovingTo = SessionId.New(shard) }, cancellation);
    }

    private async Task<Result<IssuedSession>> MoveAsync(StoredSession marked, SignInAs binding, string? agent, CancellationToken cancellation)
    {
        var old = marked.Session;
        var token = SessionToken.New(old.MovingTo!.Value);
        if (!Bound(old, token, binding, agent).Succeeded(out var session, out var refusal)
            || !(await InsertAsync(marked, session, cancellation)).Succeeded(out _, out refusal))
        {
            if (refusal != Overtaken)
            {
                // Not to be: the old session is what it was. Should this not get through, the same call comes by here again.
                await store.ReplaceAsync(marked, old with { MovingTo = null }, cancellation);
            }

            return refusal;
        }

        if (!await store.DeleteUntouchedAsync(marked, cancellation) && !await WasOursAsync(old, token, cancellation))
        {
            return Overtaken;
        }

        log.Bound(old.Id, session.Id);
        return new IssuedSession(session, token);
    }

    private async Task<Result<StoredSession>> InsertAsync(StoredSession marked, Session session, CancellationToken cancellation)
    {
        for (var round = 0; round < MaxRounds; round++)
        {
            var inserted = await admission.InsertAsync(session, replacing: marked.Session.Id, cancellation);
            if (inserted.Refusal != SessionRows.Taken)
            {
                return inserted;
            }

            // Another call came first with the session that it was about to make. While the mark is ours it can't hand that one out.
            if ((await store.FindAsync(marked.Session.Id, cancellation))?.ETag != marked.ETag)
            {
                return Overtaken;
            }

            await DiscardAsync(session.Id, cancellation);
        }

        return Refusal.Busy;
    }

    private async Task DiscardAsync(SessionId unfinished, CancellationToken cancellation)
    {
        if (await store.FindAsync(unfinished, cancellation) is { Session: var made })
        {
            await store.DeleteAsync(made, cancellation);
        }
    }

    /// <summary>After a delete that found nothing as it should be: ours all the same, with its answer lost, if the old one is gone and the new one is as we made it.</summary>
    private async Task<bool> WasOursAsync(Session old, SessionToken token, CancellationToken cancellation) =>
        await store.FindAsync(old.Id, cancellation) is null
        && await store.FindAsync(token.Id, cancellation) is { } made
        && made.Session.Secrets.Current.Matches(token.Hash);

    private Result<Session> Bound(Session old, SessionToken token, SignInAs binding, string? agent)
    {
        // What one user has left in a session is nothing for the next one at the same browser.
        var stays = old.User is null || old.User == binding.User;
        if (!MergePatch.Apply(stays ? old.Claims : SessionData.Empty, binding.Claims).Succeeded(out var claims, out var refusal)
            || (refusal = SizeRule.Check("claims", claims, _options.MaxClaimsBytes)) is not null)
        {
            return refusal;
        }

        var now = time.Now();
        var persistent = binding.Persistent ?? old.Persistent;
        var (idle, lifetime) = _options.Profile(persistent);
        if (persistent == old.Persistent)
        {
            // Times that were shortened stay so; times that the options have shortened since are shorter.
            idle = Shorter(idle, old.Lifetime.IdleTimeout);
            lifetime = Shorter(lifetime, old.Lifetime.Ends - old.Lifetime.Created);
        }

        return new Session
        {
            Id = token.Id,
            Secrets = new Secrets(token.Hash, now),
            Lifetime = Lifetime.Start(now, idle, lifetime, _options.SlideGranularity) with { Born = old.Lifetime.Born },
            Persistent = persistent,
            Version = old.Version + 1,
            Data = stays ? old.Data : SessionData.Empty,
            Claims = claims,
            User = binding.User,
            Agent = agent ?? old.Agent,
        };
    }

    private static TimeSpan Shorter(TimeSpan a, TimeSpan b) => a < b ? a : b;
}
