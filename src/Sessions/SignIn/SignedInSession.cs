using Microsoft.Extensions.Options;
using Sessions.Data;

namespace Sessions.SignIn;

/// <summary>What becomes of a session when somebody signs in: what is kept, and what starts anew.</summary>
internal sealed class SignedInSession(
    IOptions<LifetimeOptions> lifetimes, IOptions<SizeOptions> sizes, IOptions<KeptClaimsOptions> kept, TimeProvider time)
{
    private const int MostIdTokens = 8;

    private readonly LifetimeOptions _lifetimes = lifetimes.Value;

    public Result<Session> Of(Session old, SessionToken token, SignInAs signInAs, UserKey user, TimedHash? idToken, string? agent)
    {
        // What one user has left in a session is nothing for the next one at the same browser.
        var stays = old.User is null || old.User == signInAs.User;
        var claims = MergePatch.Apply(ClaimsKept(old, stays), signInAs.Claims);
        if (SizeRule.Check("claims", claims, sizes.Value.MaxClaimsBytes) is { } refusal)
        {
            return refusal;
        }

        var now = time.Now();
        var persistent = signInAs.Persistent ?? old.Persistent;
        return new Session
        {
            Id = token.Id,
            Secrets = new Secrets(token.Hash, now),
            Lifetime = LifetimeOf(old, persistent, now),
            Persistent = persistent,
            Version = old.Version + 1,
            Data = stays ? old.Data : SessionData.Empty,
            Claims = claims,
            User = signInAs.User,
            UserKey = user,
            Agent = agent ?? old.Agent,
            UsedIdTokens = [.. UsedBy(idToken).Concat(old.UsedIdTokens).Where(used => used.Time > now).Take(MostIdTokens)],
        };
    }

    private static IEnumerable<TimedHash> UsedBy(TimedHash? idToken) => idToken is null ? [] : [idToken];

    /// <summary>An anonymous session's all move along; a user's who signs in again, those that are named for it.</summary>
    private SessionData ClaimsKept(Session old, bool stays)
    {
        if (old.User is null)
        {
            return old.Claims;
        }

        var claims = SessionData.Empty;
        foreach (var name in stays ? kept.Value.KeepClaims : [])
        {
            if (DataKey.Parse(name).Succeeded(out var key, out _) && old.Claims.Find(key).Succeeded(out var value, out _))
            {
                claims = claims.With(key, value);
            }
        }

        return claims;
    }

    private Lifetime LifetimeOf(Session old, bool persistent, DateTimeOffset now)
    {
        var (idle, lifetime) = _lifetimes.Profile(persistent);
        if (persistent == old.Persistent)
        {
            // Times that were shortened stay so; times that the options have shortened since are shorter.
            idle = Shorter(idle, old.Lifetime.IdleTimeout);
            lifetime = Shorter(lifetime, old.Lifetime.Ends - old.Lifetime.Created);
        }

        return Lifetime.Start(now, idle, lifetime, _lifetimes.SlideGranularity) with { Born = old.Lifetime.Born };
    }

    private static TimeSpan Shorter(TimeSpan a, TimeSpan b) => a < b ? a : b;
}
