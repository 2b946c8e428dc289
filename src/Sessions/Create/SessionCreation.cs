using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Sessions.Rows;
using Sessions.Users;

namespace Sessions.Create;

/// <summary>Makes sessions: anonymous ones anywhere, a user's in the user's shard and within the limit per user.</summary>
public sealed class SessionCreation(
    SessionRows store, UserLimit admission, IdempotencyStore repeats, IOptions<SessionOptions> options, TimeProvider time, ILogger<SessionCreation> log)
{
    private readonly SessionOptions _options = options.Value;

    public async Task<Result<IssuedSession>> CreateAsync(NewSession wanted, CancellationToken cancellation)
    {
        var shard = wanted.User is { Key: var user } ? Shard.Of(user, _options.Shards) : Shard.Random(_options.Shards);
        if (!Make(wanted, SessionToken.New(SessionId.New(shard)), time.Now()).Succeeded(out var issued, out var refusal)
            || !(await admission.InsertAsync(issued.Session, replacing: null, cancellation)).Succeeded(out _, out refusal))
        {
            return refusal;
        }

        log.Created(issued.Session.Id, issued.Session.Persistent, issued.Session.User is not null);
        return issued;
    }

    /// <summary>
    /// The same, for a call that its sender may repeat when the answer was lost: with the same key and the same content it is answered alike, and
    /// makes no second session.
    /// </summary>
    public async Task<Result<IssuedSession>> CreateOnceAsync(NewSession wanted, IdempotencyKey key, byte[] fingerprint, CancellationToken cancellation)
    {
        var shard = key.Shard(_options.Shards);
        if (!Make(wanted, SessionToken.New(SessionId.New(shard)), time.Now()).Succeeded(out var issued, out var refusal))
        {
            return refusal;
        }

        var (session, token) = issued;
        if ((await store.InsertAsync(session, cancellation, batch => IdempotencyStore.Add(batch, key, fingerprint, session, token))).Succeeded(out _, out refusal))
        {
            log.Created(session.Id, session.Persistent, bound: false);
            return issued;
        }

        return refusal != Refusal.Busy
            ? refusal
            : (await repeats.FindAsync(key, shard, fingerprint, cancellation)).Then(first => Make(wanted, first.Token, first.Created));
    }

    private Result<IssuedSession> Make(NewSession wanted, SessionToken token, DateTimeOffset now)
    {
        var refusal = SizeRule.Check("data", wanted.Data, _options.MaxDataBytes) ?? SizeRule.Check("claims", wanted.Claims, _options.MaxClaimsBytes);
        if (refusal is not null || !LifetimeOf(wanted, now).Succeeded(out var lifetime, out refusal))
        {
            return refusal;
        }

        var session = new Session
        {
            Id = token.Id,
            Secrets = new Secrets(token.Hash, now),
            Lifetime = lifetime,
            Persistent = wanted.Persistent,
            Data = wanted.Data,
            Claims = wanted.Claims,
            User = wanted.User,
            Agent = wanted.Agent,
        };
        return new IssuedSession(session, token);
    }

    private Result<Lifetime> LifetimeOf(NewSession wanted, DateTimeOffset now)
    {
        var (maxIdle, maxLifetime) = _options.Profile(wanted.Persistent);
        if (OutOfRange(wanted.IdleTimeout, maxIdle))
        {
            return Refusal.NotAllowed($"idleTimeout must be 1 to {maxIdle.TotalSeconds} seconds.");
        }

        if (OutOfRange(wanted.Lifetime, maxLifetime))
        {
            return Refusal.NotAllowed($"lifetime must be 1 to {maxLifetime.TotalSeconds} seconds.");
        }

        return Lifetime.Start(now, wanted.IdleTimeout ?? maxIdle, wanted.Lifetime ?? maxLifetime, _options.SlideGranularity);
    }

    private static bool OutOfRange(TimeSpan? wanted, TimeSpan max) => wanted is { } asked && (asked < TimeSpan.FromSeconds(1) || asked > max);
}
