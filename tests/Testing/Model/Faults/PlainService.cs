namespace SessionFunctions.Testing.Model.Faults;

/// <summary>
/// What one call does and answers, in the plainest way: each write in its order, so that the world after any number of them is known. A call
/// that nothing goes wrong with does them all.
/// </summary>
internal sealed partial class PlainService(PlainWorld world, long now, PlainSettings settings, Facts facts)
{
    public const string NotAuthenticated = "refused NotAuthenticated";
    public const string Missing = "refused Missing";
    public const string NotAllowed = "refused NotAllowed";
    public const string Conflict = "refused Conflict";
    public const string Stale = "refused Stale";
    public const string TooLarge = "refused TooLarge";
    public const string Done = "done";

    private readonly List<PlainWorld> _before = [];

    /// <summary>As far as the call has got.</summary>
    public PlainWorld World { get; private set; } = world;

    public List<PlainWrite> Writes { get; } = [];

    /// <summary>What came about in it: where a thing never did, nothing was proved about it.</summary>
    public List<string> Notes { get; } = [];

    /// <summary>The world after so many of the writes.</summary>
    public PlainWorld After(int writes) => writes == Writes.Count ? World : _before[writes];

    public string Create(PlainSession wanted, string? user)
    {
        if (wanted.Data.Size > settings.MaxDataBytes)
        {
            return TooLarge;
        }

        var made = (wanted with { Id = facts.Id, User = user, Current = facts.Token, Born = Math.Max(now, World.Mark + 1) }).Written(now);
        if (user is null || settings.MaxPerUser == 0)
        {
            Do(PlainWrites.Insert(made));
            return made.Describe();
        }

        return DoWithin(made, PlainWrites.Insert(made), replacing: null) ?? made.Describe();
    }

    public string EndEverything()
    {
        // Sent twice, it finds a mark that it takes for another's, and moves on a little: the one call that writes again.
        do
        {
            var mark = Math.Max(World.Mark + 1, now + 5000);
            Do(PlainWrites.MoveMark(World.Mark, mark));
        }
        while (Writes.Count < facts.Writes);
        return Done;
    }

    /// <summary>How many rows were due.</summary>
    public int CleanUp()
    {
        var due = World.Sessions.Values.Where(session => session.Expires <= now)
            .Select(each => (At: each.Expires, Subject: each.Id, Rows: each.ListedOf is null ? 2 : 3, Write: PlainWrites.RemoveListed(each)))
            .Concat(World.Limits.Where(each => each.Value.Expires <= now).Select(each =>
                (At: each.Value.Expires, Subject: settings.LimitKey(each.Key), Rows: 2, Write: PlainWrites.RemoveLimit(each.Key, each.Value.Expires))))
            .OrderBy(each => each.At)
            .ThenBy(each => each.Subject, StringComparer.Ordinal)
            .ToList();
        var batch = new List<PlainWrite>();
        var rows = 0;
        foreach (var each in due)
        {
            if (rows + each.Rows > 100)
            {
                Do(PlainWrites.All(batch));
                (batch, rows) = ([], 0);
            }

            batch.Add(each.Write);
            rows += each.Rows;
        }

        if (batch.Count > 0)
        {
            Do(PlainWrites.All(batch));
        }

        return due.Count;
    }

    private void Do(PlainWrite write)
    {
        _before.Add(World);
        Writes.Add(write);
        World = write(World) ?? throw new InvalidOperationException("The model refuses its own write.");
    }

    /// <summary>The session if it lives under its id and opens to the right secret.</summary>
    private PlainSession? Open(string id) => Living(id) is { IsReserved: false, IsMarker: false } session ? session : null;

    /// <summary>The session if it isn't over, whatever it is.</summary>
    private PlainSession? Living(string id) => World.Find(id) is { IsEnded: false } session && !World.IsOver(session, now) ? session : null;

    private static string IdOf(string token) => token.Split('.')[0];
}

/// <summary>What the settings are, and the keys that the table has for users.</summary>
internal sealed record PlainSettings(int MaxPerUser, bool Rejects, int MaxDataBytes, IReadOnlyDictionary<string, string> UserKeys)
{
    public string LimitKey(string user) => $"l:{UserKeys[user]}";
}

/// <summary>What chance has decided in the call, and so the model can't know.</summary>
internal sealed class Facts
{
    private static int _unknown;

    /// <summary>The id of the session that it made.</summary>
    public string Id { get; set; } = "none";

    /// <summary>The token that it handed out, or one that nobody knows.</summary>
    public string Token { get; set; } = $"unknown.{Interlocked.Increment(ref _unknown)}";

    /// <summary>How many batches were carried out, each counted once, or are on their way.</summary>
    public int Writes { get; set; }
}
