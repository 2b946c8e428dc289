using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Sessions.Rows;
using Sessions.Users;

namespace Sessions.Create;

/// <summary>Makes sessions: anonymous ones anywhere, a user's in the user's shard and within the limit per user.</summary>
public sealed class SessionCreation
{
    private readonly UserLimit _limit;
    private readonly NotBeforeMark _mark;
    private readonly UserKeys _keys;
    private readonly LifetimeOptions _lifetimes;
    private readonly SizeOptions _sizes;
    private readonly int _shards;
    private readonly TimeProvider _time;
    private readonly ILogger<SessionCreation> _log;

    internal SessionCreation(
        UserLimit limit,
        NotBeforeMark mark,
        UserKeys keys,
        IOptions<LifetimeOptions> lifetimes,
        IOptions<SizeOptions> sizes,
        IOptions<RowsOptions> rows,
        TimeProvider time,
        ILogger<SessionCreation> log)
    {
        (_limit, _mark, _keys, _lifetimes, _sizes) = (limit, mark, keys, lifetimes.Value, sizes.Value);
        (_shards, _time, _log) = (rows.Value.Shards, time, log);
    }

    public async Task<Result<IssuedSession>> CreateAsync(NewSession wanted, CancellationToken cancellation)
    {
        if (!(await MakeAsync(wanted, cancellation)).Succeeded(out var issued, out var refusal)
            || (refusal = await _limit.InsertAsync(issued.Session, replacing: null, cancellation)) is not null)
        {
            return refusal;
        }

        _log.Created(issued.Session.Id, issued.Session.Persistent, issued.Session.User is not null);
        return issued;
    }

    private async Task<Result<IssuedSession>> MakeAsync(NewSession wanted, CancellationToken cancellation)
    {
        var now = _time.Now();
        var refusal = SizeRule.Check("data", wanted.Data, _sizes.MaxDataBytes) ?? SizeRule.Check("claims", wanted.Claims, _sizes.MaxClaimsBytes);
        if (refusal is not null || !LifetimeOf(wanted, now).Succeeded(out var lifetime, out refusal))
        {
            return refusal;
        }

        UserKey? key = wanted.User is { } user ? await _keys.OfAsync(user, cancellation) : null;
        var shard = key is { } known ? Shard.Of(known, _shards) : Shard.Random(_shards);
        var token = SessionToken.New(SessionId.New(shard));
        var session = new Session
        {
            Id = token.Id,
            Secrets = new Secrets(token.Hash, now),
            Lifetime = lifetime with { Born = await _mark.BornAtAsync(now, cancellation) },
            Persistent = wanted.Persistent,
            Data = wanted.Data,
            Claims = wanted.Claims,
            User = wanted.User,
            UserKey = key,
            Agent = wanted.Agent,
        };
        return new IssuedSession(session, token);
    }

    private Result<Lifetime> LifetimeOf(NewSession wanted, DateTimeOffset now)
    {
        var (maxIdle, maxLifetime) = _lifetimes.Profile(wanted.Persistent);
        return LifetimeRules.Check("idleTimeout", wanted.IdleTimeout, maxIdle) is { } tooLongIdle ? tooLongIdle
            : LifetimeRules.Check("lifetime", wanted.Lifetime, maxLifetime) is { } tooLong ? tooLong
            : Lifetime.Start(now, wanted.IdleTimeout ?? maxIdle, wanted.Lifetime ?? maxLifetime, _lifetimes.SlideGranularity);
    }
}
