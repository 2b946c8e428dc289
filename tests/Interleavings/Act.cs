using SessionFunctions.Testing;
using Sessions;
using Sessions.Data;
using Sessions.SignIn;

namespace Interleavings;

internal enum Does
{
    Nothing,
    Increments,
    Patches,
    Rotates,
    SignsIn,
    Creates,
    Cleans,
}

/// <summary>Whose sessions a call ends.</summary>
internal enum Ends
{
    Nobodys,
    This,
    Adas,
    Everybodys,
}

/// <summary>Something that a caller may do with the session, or with the user whose it is or becomes.</summary>
internal sealed record Act(string Name, Func<Doing, Task<Refusal?>> Run)
{
    private static readonly DataKey Counter = SessionWorld.Value(DataKey.Parse("n"));

    public Does Does { get; init; }

    public Ends Ends { get; init; }

    /// <summary>As whom it signs in.</summary>
    public string? User { get; init; }

    /// <summary>Whether it is made with the sibling's token.</summary>
    public bool BySibling { get; init; }

    /// <summary>Whether it is made with a token that was rotated away.</summary>
    public bool IsReplay { get; init; }

    public static readonly Act Read = new("read", async doing => (await doing.World.Holder.ReadAsync(doing.S, slide: true, doing.Cancellation)).Refusal);

    public static readonly Act Touch = new("touch", async doing => (await doing.World.Holder.TouchAsync(doing.S, doing.Cancellation)).Refusal);

    public static readonly Act Increment = new("increment", async doing => (await doing.World.Data.ChangeAsync(
        doing.S, VersionCondition.None, data => Sessions.Data.Increment.One.Apply(data, Counter), doing.Cancellation)).Refusal)
    {
        Does = Does.Increments,
    };

    /// <summary>With a key, made again until it is answered.</summary>
    public static readonly Act IncrementByKey = new("increment by key", doing => doing.UntilAnsweredAsync(async () => (await doing.World.Data.ChangeAsync(
        doing.S, VersionCondition.None, data => Sessions.Data.Increment.One.Apply(data, Counter), doing.Cancellation, IdempotencyKey.Of(doing.By))).Refusal))
    {
        Does = Does.Increments,
    };

    public static readonly Act Patch = new("patch", async doing => (await doing.World.Data.ChangeAsync(
        doing.S, VersionCondition.None, data => MergePatch.Apply(data, SessionWorld.DataOf($"{{\"{doing.By}\":1}}")), doing.Cancellation)).Refusal)
    {
        Does = Does.Patches,
    };

    public static readonly Act Rotate = new("rotate", async doing =>
    {
        var rotated = await doing.World.Holder.RotateAsync(doing.S, doing.Cancellation);
        return doing.Take(rotated) ?? (await doing.World.Holder.ReadAsync(doing.Deed.Token!, slide: true, doing.Cancellation)).Refusal;
    })
    {
        Does = Does.Rotates,
    };

    public static readonly Act LogOut = new("log out", async doing =>
    {
        await doing.World.Holder.EndAsync(doing.S, doing.Cancellation);
        return null;
    })
    {
        Ends = Ends.This,
    };

    public static readonly Act Revoke = new("end by the operator", async doing =>
    {
        await doing.World.Operator.EndAsync(doing.S.Id, doing.Cancellation);
        return null;
    })
    {
        Ends = Ends.This,
    };

    public static readonly Act EndUser = new("end all of ada's", async doing =>
        (await doing.World.Users.EndAsync(SessionWorld.Named(Scene.Ada), except: null, doing.Cancellation)).Refusal)
    {
        Ends = Ends.Adas,
    };

    public static readonly Act EndSiblings = new("end siblings", async doing =>
        (await doing.World.Siblings.EndAsync(doing.Scene.B!, doing.Cancellation)).Refusal)
    {
        Ends = Ends.Adas,
        BySibling = true,
    };

    public static readonly Act EndEverything = new("end everything", async doing =>
    {
        await doing.World.EndEverything.RunAsync(doing.Cancellation);
        return null;
    })
    {
        Ends = Ends.Everybodys,
    };

    public static readonly Act SignIn = new("sign in by ticket", async doing => doing.Take(await doing.World.SignIn.SignInAsync(
        doing.S.Id, SignInRights.ByTicket(doing.S, doing.TicketHash), agent: null, doing.Cancellation)))
    {
        Does = Does.SignsIn,
        User = Scene.Ada,
    };

    /// <summary>Made again until it is answered.</summary>
    public static readonly Act SignInAgain = new("sign in until answered", doing => doing.UntilAnsweredAsync(async () => doing.Take(
        await doing.World.SignIn.SignInAsync(doing.S.Id, SignInRights.ByTicket(doing.S, doing.TicketHash), agent: null, doing.Cancellation))))
    {
        Does = Does.SignsIn,
        User = Scene.Ada,
    };

    public static readonly Act SignInByIdToken = new("sign in by id token", async doing => doing.Take(await doing.World.SignIn.SignInAsync(
        doing.S.Id, SignInRights.ByIdToken(doing.S, new SignInAs(SessionWorld.Named(Scene.Bob)), doing.IdToken), agent: null, doing.Cancellation)))
    {
        Does = Does.SignsIn,
        User = Scene.Bob,
    };

    public static readonly Act SignInByOperator = new("sign in by the operator", async doing => doing.Take(await doing.World.SignIn.SignInAsync(
        doing.S.Id, SignInRights.ByOperator(doing.S.Id, new SignInAs(SessionWorld.Named(Scene.Ada)), token: null), agent: null, doing.Cancellation)))
    {
        Does = Does.SignsIn,
        User = Scene.Ada,
    };

    public static readonly Act IssueTicket = new("issue a ticket", async doing => (await doing.World.Tickets.IssueAsync(
        doing.S.Id, new SignInAs(SessionWorld.Named(Scene.Bob)), doing.Cancellation)).Refusal);

    public static readonly Act MoveDeadlines = new("move deadlines", async doing => (await doing.World.Operator.MoveDeadlinesAsync(
        doing.S.Id, TimeSpan.FromMinutes(15), endsIn: null, doing.Cancellation)).Refusal);

    public static readonly Act Create = new("create as ada", async doing => doing.Take(await doing.World.Creation.CreateAsync(
        new() { User = SessionWorld.Named(Scene.Ada) }, doing.Cancellation)))
    {
        Does = Does.Creates,
        User = Scene.Ada,
    };

    public static readonly Act Cleanup = new("clean up", async doing =>
    {
        await doing.World.Cleanup.RunAsync(doing.Cancellation);
        return null;
    })
    {
        Does = Does.Cleans,
    };

    public static readonly Act List = new("list ada's", async doing =>
    {
        await doing.World.Users.ListAsync(SessionWorld.Named(Scene.Ada), after: null, doing.Cancellation);
        return null;
    });

    public static readonly Act Replay = new("replay", async doing => (await doing.World.Holder.ReadAsync(
        doing.Scene.Replayed!, slide: true, doing.Cancellation)).Refusal)
    {
        Ends = Ends.This,
        IsReplay = true,
    };

    public static readonly Act ReplaySignIn = new("replay at a sign-in", async doing => (await doing.World.SignIn.SignInAsync(
        doing.S.Id, SignInRights.ByTicket(doing.Scene.Replayed!, doing.TicketHash), agent: null, doing.Cancellation)).Refusal)
    {
        Ends = Ends.This,
        IsReplay = true,
    };

    /// <summary>What can be done in any scene.</summary>
    public static readonly IReadOnlyList<Act> All =
    [
        Read, Touch, Increment, IncrementByKey, Patch, Rotate, LogOut, Revoke, EndUser, EndEverything, SignIn, SignInAgain, SignInByIdToken, SignInByOperator, IssueTicket,
        MoveDeadlines, Create, Cleanup, List,
    ];

    public static IEnumerable<Act> In(Scene scene) =>
        [.. All, .. scene.B is null ? [] : new[] { EndSiblings }, .. scene.Replayed is null ? [] : new[] { Replay, ReplaySignIn }];
}

/// <summary>A caller at work.</summary>
internal sealed record Doing(Scene Scene, SessionWorld World, Deed Deed, CancellationToken Cancellation)
{
    private const int MostAttempts = 5;

    public SessionToken S => Scene.S;

    public string By => Deed.By;

    public TimedHash IdToken => new(SecretHash.Of("id token"u8), World.Clock.GetUtcNow() + TimeSpan.FromHours(1));

    public SecretHash TicketHash =>
        TicketCode.TryParse(Scene.Ticket, out var hash) ? hash : throw new InvalidOperationException("The scene's ticket has no form.");

    /// <summary>Makes a call again while it isn't known what became of it.</summary>
    public async Task<Refusal?> UntilAnsweredAsync(Func<Task<Refusal?>> call)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                var refusal = await call();
                if (refusal is not { Kind: RefusalKind.Unknown } || attempt == MostAttempts)
                {
                    return refusal;
                }
            }
            catch (StorageUnavailableException) when (attempt < MostAttempts)
            {
            }

            Deed.IsRepeated = true;
        }
    }

    public Refusal? Take(Result<IssuedSession> result)
    {
        if (result.Succeeded(out var issued, out var refusal))
        {
            Deed.Token = issued.Token;
        }

        return refusal;
    }
}
