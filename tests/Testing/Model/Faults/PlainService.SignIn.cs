namespace SessionFunctions.Testing.Model.Faults;

/// <content>Sign-ins.</content>
internal sealed partial class PlainService
{
    private const long MarkerLife = 60_000;
    private const long ReservationLife = 70_000;
    private const int MostIdTokens = 8;

    public string SignIn(string id, PlainRight right)
    {
        var noSession = right.IsOperators ? Missing : NotAuthenticated;
        if (Living(id) is not { } old)
        {
            return noSession;
        }

        if (old.Successor is { } went)
        {
            return went.Right == right.Name && (right.Token is null || old.Admits(right.Token, now)) ? Complete(went.Id, noSession) : noSession;
        }

        if (old.IsReserved)
        {
            return noSession;
        }

        if (right is { IsOperators: false, Token: { } token } && !old.Admits(token, now))
        {
            if (old.RoleOf(token, now) == Role.Replayed)
            {
                Notes.Add("replayed token at a sign-in");
                EndById(id);
            }

            return NotAuthenticated;
        }

        return right.Of(old, now) is { } signIn ? SignIn(old, right, signIn) : NotAllowed;
    }

    private string SignIn(PlainSession old, PlainRight right, PlainSignIn signIn)
    {
        var next = Becomes(old, right, signIn).Written(now);
        var reserved = next with { IsReserved = true, Expires = now + ReservationLife };
        var insert = PlainWrites.Insert(reserved);
        if (!settings.Rejects)
        {
            Do(insert);
        }
        else if (DoWithin(reserved, insert, replacing: old.Id) is { } refusal)
        {
            return refusal;
        }

        var marker = old.Written(now) with { Successor = (next.Id, right.Name), Expires = now + MarkerLife, Ticket = null };
        Do(PlainWrites.Replace(old, marker));
        return Activate(World.Find(next.Id)!, World.Find(next.Id)!.Activated(now));
    }

    /// <summary>The same call made again: another token beside the one that may be lost.</summary>
    private string Complete(string id, string noSession)
    {
        if (Living(id) is not { IsMarker: false } session)
        {
            return noSession;
        }

        var next = session.Rotated(facts.Token);
        Notes.Add(session.IsReserved ? "reserved sign-in completed" : "finished sign-in made again");
        if (session.IsReserved)
        {
            return Activate(session, next.Activated(now));
        }

        Do(PlainWrites.Replace(session, next.Written(now)));
        return next.Describe();
    }

    private string Activate(PlainSession reserved, PlainSession session)
    {
        var replace = PlainWrites.Replace(reserved, session.Written(now));
        if (settings.MaxPerUser == 0 || settings.Rejects)
        {
            Do(replace);
            return session.Describe();
        }

        return DoWithin(session, replace, replacing: null) ?? session.Describe();
    }

    /// <summary>What the session goes on as: data and claims move along, unless they were another user's.</summary>
    private PlainSession Becomes(PlainSession old, PlainRight right, PlainSignIn signIn)
    {
        var stays = old.User is null || old.User == signIn.User;
        var claims = old.User is null ? old.Claims : new ModelData();
        var persistent = signIn.Persistent ?? old.Persistent;
        var (idle, lifetime) = Profile(persistent);
        if (persistent == old.Persistent)
        {
            (idle, lifetime) = (Math.Min(idle, old.Idle), Math.Min(lifetime, old.Ends - old.Created));
        }

        return PlainSession.Begun(facts.Id, facts.Token, now, old.Born, idle, lifetime) with
        {
            Persistent = persistent,
            Version = old.Version + 1,
            Data = stays ? old.Data : new ModelData(),
            Claims = signIn.Claim is { } claim ? claims.Patched(claim, null, "true") : claims,
            User = signIn.User,
            IdTokens = [.. right.UsedUp.Concat(old.IdTokens).Where(used => used.Ends > now).Take(MostIdTokens)],
            Log = old.Log,
        };
    }

    /// <summary>Within the user's limit, which the oldest make room for, or which refuses the new one.</summary>
    private string? DoWithin(PlainSession added, PlainWrite write, string? replacing)
    {
        var user = added.User!;
        var live = World.LiveOf(user, now).ToList();
        var others = live.FindAll(other => other.Id != replacing && other.Id != added.Id && (settings.Rejects || !other.IsReserved));
        var surplus = others.Count - settings.MaxPerUser + 1;
        if (surplus > 0 && settings.Rejects)
        {
            Notes.Add("limit refuses");
            return Conflict;
        }

        var evicted = others.OrderBy(other => other.Created).Take(Math.Max(0, surplus)).ToList();
        var lapsed = World.ListOf(user)
            .Where(other => settings.Rejects && other is { IsReserved: true, IsEnded: false } && World.IsOver(other, now))
            .ToList();
        Notes.AddRange([.. evicted.Select(_ => "oldest makes room"), .. lapsed.Select(_ => "lapsed reservation")]);
        Do(PlainWrites.All(
            [write, PlainWrites.Keep(user, World.LimitOf(user), added.Ends), .. lapsed.Select(PlainWrites.End), .. evicted.Select(PlainWrites.RemoveListed)]));
        return null;
    }
}

/// <summary>By which right somebody signs in.</summary>
/// <param name="Name">The same for the same call made again.</param>
/// <param name="Token">What the holder shows, or the operator sends along.</param>
/// <param name="Code">The ticket's.</param>
/// <param name="For">Whom the operator or the id token names.</param>
/// <param name="Ends">When the id token expires.</param>
internal sealed record PlainRight(string Name, string? Token, string? Code, PlainSignIn? For, long? Ends)
{
    public bool IsOperators => Code is null && Ends is null;

    public IEnumerable<(string Name, long Ends)> UsedUp => Ends is { } ends ? [(Name, ends)] : [];

    public PlainSignIn? Of(PlainSession session, long now) =>
        Code is not null ? (session.Ticket is { } ticket && ticket.Code == Code && now < ticket.Ends ? ticket.For : null)
        : Ends is not null && session.IdTokens.Exists(used => used.Name == Name) ? null
        : IsOperators && Token is not null && !session.Admits(Token, now) ? null
        : For;
}
