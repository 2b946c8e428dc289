namespace SessionFunctions.Testing.Model.Faults;

/// <content>What holders do with their session, and the operator with any.</content>
internal sealed partial class PlainService
{
    private const int MostHandovers = 20;

    public string Read(string token, bool slide) => Use(token, session => (slide ? session.Slid(now) : session, null));

    public string Touch(string token) => Use(token, session => (session.SlidNow(now), null));

    public string Rotate(string token) => Use(token, session => (session.Rotated(facts.Token).SlidNow(now), null));

    public string Change(string token, long? version, Func<ModelData, ModelData?> change, string? key) => Use(
        token,
        session => Changed(session, version, change) is (var changed, null) ? (changed!.Slid(now), null) : Changed(session, version, change),
        key);

    public string OperatorChange(string id, long? version, Func<ModelData, ModelData?> change, string? key) =>
        Operate(id, session => Changed(session, version, change), key);

    public string OperatorPatchesClaims(string id, Func<ModelData, ModelData> change, string? key) =>
        Operate(id, session => (session with { Claims = change(session.Claims), Version = session.Version + 1 }, null), key);

    public string OperatorFinds(string id) => Operate(id, session => (session, null), key: null);

    public string MoveDeadlines(string id, int? expiresIn, int? endsIn) => Operate(
        id,
        session =>
        {
            var (maxIdle, maxLifetime) = Profile(session.Persistent);
            if (expiresIn * 1000L > maxIdle || endsIn * 1000L > maxLifetime)
            {
                return (null, NotAllowed);
            }

            var ends = endsIn is { } end ? now + (end * 1000L) : session.Ends;
            return (session with { Ends = ends, Expires = Math.Min(expiresIn is { } idle ? now + (idle * 1000L) : session.Expires, ends) }, null);
        },
        key: null);

    public string Ticket(string id, PlainSignIn signIn) =>
        Operate(id, session => (session with { Ticket = new PlainTicket(facts.Token, now + 60_000, signIn) }, null), key: null) == Missing
            ? Missing
            : Done;

    public string LogOut(string token) =>
        World.Find(IdOf(token)) is { } session && session.Expires > now && session.RoleOf(token, now) != Role.None
            ? End(session, MostHandovers).ToString()
            : bool.FalseString;

    public string OperatorEnds(string id)
    {
        EndById(id);
        return Done;
    }

    public static (long Idle, long Lifetime) Profile(bool persistent) =>
        persistent ? (14 * 86_400_000L, 90 * 86_400_000L) : (20 * 60_000L, 8 * 3_600_000L);

    private (PlainSession?, string?) Changed(PlainSession session, long? version, Func<ModelData, ModelData?> change) =>
        version is { } wanted && wanted != session.Version ? (null, Stale)
        : change(session.Data) is not { } data ? (null, NotAllowed)
        : data.Size > settings.MaxDataBytes ? (null, TooLarge)
        : (session with { Data = data, Version = session.Version + 1 }, null);

    /// <summary>A call that shows a token. What it decides to change is written; a call that is refused changes nothing.</summary>
    private string Use(string token, Func<PlainSession, (PlainSession?, string?)> decide, string? key = null)
    {
        if (Open(IdOf(token)) is not { } session)
        {
            return NotAuthenticated;
        }

        switch (session.RoleOf(token, now))
        {
            case Role.None:
                return NotAuthenticated;

            case Role.Replayed:
                Notes.Add("replayed token");
                EndById(session.Id);
                return NotAuthenticated;

            case Role.Pending:
                Notes.Add(session.Pending.Count > 1 ? "one of several pending used" : "pending used");
                return Write(session, session.Promoted(token, now), decide, key);

            case Role.InGrace:
                Notes.Add(session.Previous[0].Token == token ? "predecessor in grace" : "earlier predecessor in grace");
                return Write(session, session, decide, key);

            default:
                return Write(session, session, decide, key);
        }
    }

    private string Operate(string id, Func<PlainSession, (PlainSession?, string?)> decide, string? key) =>
        Open(id) is { } session ? Write(session, session, decide, key) : Missing;

    private string Write(PlainSession before, PlainSession letIn, Func<PlainSession, (PlainSession?, string?)> decide, string? key)
    {
        var isKnown = before.Knows(key);
        Notes.AddRange(isKnown ? ["known key"] : []);
        var (next, refusal) = isKnown ? (letIn, null) : decide(letIn);
        if (next is null)
        {
            return refusal!;
        }

        if (next != before)
        {
            Do(PlainWrites.Replace(before, next.Written(now, isKnown ? null : key)));
        }

        return next.Describe();
    }

    private bool EndById(string id) => World.Find(id) is { } session && session.Expires > now && End(session, MostHandovers);

    /// <summary>Whether one ended that could have been used: it, or what it went on as.</summary>
    private bool End(PlainSession session, int handovers)
    {
        if (!session.IsEnded && !session.IsMarker)
        {
            Notes.AddRange(handovers < MostHandovers ? ["ended by its old id"] : []);
            Do(PlainWrites.Remove(session));
            return true;
        }

        var ended = session.Successor is { } next && handovers > 0 && World.Find(next.Id) is { } successor && End(successor, handovers - 1);
        Do(PlainWrites.Remove(session));
        return ended;
    }
}
