using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Sessions.Create;
using Sessions.Rows;

namespace Sessions.Use;

/// <summary>What a holder of a token can do with a session.</summary>
public sealed class HolderSessions(
    LiveSessions writer, UserRows users, IOptions<SessionOptions> options, TimeProvider time, ILogger<HolderSessions> log)
{
    private readonly SessionOptions _options = options.Value;

    /// <param name="slide">False: a look that isn't a use and doesn't keep the session alive.</param>
    public Task<Result<Session>> ReadAsync(SessionToken token, bool slide, CancellationToken cancellation) =>
        UseAsync(token, (session, now) => slide ? session with { Lifetime = session.Lifetime.Slide(now) } : session, cancellation);

    /// <summary>A read whose answer can carry a new token: gives one once the present one is old enough (<see cref="SessionOptions.RotateAfter"/>).</summary>
    public async Task<Result<(Session Session, SessionToken? Rotated)>> ReadAndRotateAsync(SessionToken token, bool slide, CancellationToken cancellation)
    {
        SessionToken? rotated = null;
        var read = await UseAsync(
            token,
            (session, now) =>
            {
                rotated = null;
                var seen = slide ? session with { Lifetime = session.Lifetime.Slide(now) } : session;
                if (_options.RotateAfter is not { } age || !session.Secrets.IsDue(now, age, _options.RotationGrace))
                {
                    return seen;
                }

                rotated = SessionToken.New(token.Id);
                return seen with { Secrets = seen.Secrets.Rotate(rotated.Hash, now) };
            },
            cancellation);
        return read.Then<(Session, SessionToken?)>(session => (session, rotated));
    }

    /// <summary>Keeps the session alive, written down at once.</summary>
    public Task<Result<Session>> TouchAsync(SessionToken token, CancellationToken cancellation) =>
        UseAsync(token, (session, now) => session with { Lifetime = session.Lifetime.SlideNow(now) }, cancellation);

    /// <summary>Changes the data as it is at that moment: where another write comes in between, the change is worked out anew.</summary>
    public Task<Result<Session>> ChangeDataAsync(
        SessionToken token, VersionCondition condition, Func<SessionData, Result<SessionData>> change, CancellationToken cancellation) =>
        UseAsync(
            token,
            (session, now) => !condition.Holds(session.Version)
                ? Refusal.Stale
                : change(session.Data).Then<Session>(data => SizeRule.Check("data", data, _options.MaxDataBytes) is { } refusal
                    ? refusal
                    : session with { Data = data, Version = session.Version + 1, Lifetime = session.Lifetime.SlideNow(now) }),
            cancellation);

    /// <summary>A new secret for the same session; the old one works on until the new one was used, and a little longer.</summary>
    public async Task<Result<IssuedSession>> RotateAsync(SessionToken token, CancellationToken cancellation)
    {
        var next = SessionToken.New(token.Id);
        var rotated = await UseAsync(
            token,
            (session, now) => session with { Secrets = session.Secrets.Rotate(next.Hash, now), Lifetime = session.Lifetime.SlideNow(now) },
            cancellation);
        return rotated.Then<IssuedSession>(session =>
        {
            log.Rotated(session.Id);
            return new IssuedSession(session, next);
        });
    }

    /// <summary>Ends the session, if the token is one of its own. Done twice it is done once; whether it existed isn't told.</summary>
    public async Task EndAsync(SessionToken token, CancellationToken cancellation)
    {
        while (await writer.FindAsync(token.Id, cancellation) is { Session: var session }
            && session.Secrets.Match(token.Hash, time.Now()) != SecretMatch.None)
        {
            if (await writer.DeleteAsync(session, cancellation))
            {
                log.Ended(session.Id);
                return;
            }
        }
    }

    /// <summary>The other sessions of the user that this one is bound to; none where it is bound to nobody.</summary>
    public async Task<Result<ListedSession[]>> SiblingsAsync(SessionToken token, CancellationToken cancellation)
    {
        if (!(await ReadAsync(token, slide: true, cancellation)).Succeeded(out var session, out var refusal))
        {
            return refusal;
        }

        return session.User is { Key: var user }
            ? (await writer.LiveEntriesAsync(users, user, session.Id.Shard, cancellation)).Where(entry => entry.Id != session.Id).ToArray()
            : Array.Empty<ListedSession>();
    }

    /// <summary>Ends the other sessions of the same user.</summary>
    public async Task<Result<int>> EndSiblingsAsync(SessionToken token, CancellationToken cancellation)
    {
        if (!(await ReadAsync(token, slide: true, cancellation)).Succeeded(out var session, out var refusal))
        {
            return refusal;
        }

        var ended = session.User is { Key: var user }
            ? await users.EndAsync(user, session.Id.Shard, entry => entry.Id != session.Id, cancellation)
            : [];
        foreach (var id in ended)
        {
            log.RevokedBySibling(id, session.Id);
        }

        return ended.Count;
    }

    private Task<Result<Session>> UseAsync(
        SessionToken token, Func<Session, DateTimeOffset, Result<Session>> decide, CancellationToken cancellation) =>
        writer.UpdateAsync(
            token.Id,
            async (session, now) => (await LetInAsync(session, token, now, cancellation)).Then(known => decide(known, now)),
            cancellation);

    /// <summary>The session if the token opens it, with the token's first use noted; a replayed token ends it.</summary>
    private async Task<Result<Session>> LetInAsync(Session? session, SessionToken token, DateTimeOffset now, CancellationToken cancellation)
    {
        switch (session?.Secrets.Match(token.Hash, now))
        {
            case SecretMatch.Current or SecretMatch.InGrace:
                return session;

            case SecretMatch.Pending:
                return session with { Secrets = session.Secrets.Promote(now, _options.RotationGrace) };

            case SecretMatch.Replayed:
                log.Replayed(session.Id);
                await EndAsync(token, cancellation);
                return Refusal.NotAuthenticated;

            default:
                return Refusal.NotAuthenticated;
        }
    }
}
