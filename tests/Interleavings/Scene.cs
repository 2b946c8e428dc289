using SessionFunctions.Testing;
using Sessions;
using Sessions.Create;
using Sessions.Table;

namespace Interleavings;

/// <summary>
/// What there is before the callers come: a session that all of it is about, held by S, and another one of ada's, held by B.
/// </summary>
internal sealed class Scene
{
    public const string Ada = "ada";
    public const string Bob = "bob";

    private readonly Action<WorldSettings> _configure;
    private readonly MemoryTable _rows;
    private readonly DateTimeOffset _now;

    private Scene(string name, Action<WorldSettings> configure, MemoryTable rows, DateTimeOffset now) =>
        (Name, _configure, _rows, _now) = (name, configure, rows, now);

    public string Name { get; }

    /// <summary>Whether the session is ada's from the beginning.</summary>
    public bool IsMember { get; private init; }

    /// <summary>Ada's limit; 0: none.</summary>
    public int Limit { get; private init; }

    public bool Rejects { get; private init; }

    public required SessionToken S { get; init; }

    public SessionToken? B { get; private init; }

    /// <summary>A token of the session that was rotated away so long ago that its use is a replay.</summary>
    public SessionToken? Replayed { get; private init; }

    /// <summary>Leave to sign in as ada.</summary>
    public required string Ticket { get; init; }

    public bool HasLimit => Limit > 0;

    public static async Task<Scene> MakeAsync(
        string name, bool member = false, bool rotated = false, bool sibling = true, int limit = 0, bool rejects = false)
    {
        void Configure(WorldSettings settings)
        {
            settings.Shards = 2;
            settings.MaxPerUser = limit;
            settings.UserOverflow = rejects ? "reject" : "evict-oldest";
            settings.EncryptionKeys = null; // nothing here depends on it, and it takes most of the time
        }

        var rows = new MemoryTable();
        var world = new SessionWorld(rows, Configure);
        var b = sibling ? (await world.CreateAsync(Ada)).Token : null;
        world.Clock.Advance(TimeSpan.FromSeconds(1));
        var wanted = new NewSession { Data = SessionWorld.DataOf("""{"n":0}"""), User = member ? SessionWorld.Named(Ada) : null };
        var first = (await world.CreateAsync(wanted)).Token;
        var s = first;
        if (rotated)
        {
            s = await world.RotateAsync(first);
            await world.ReadAsync(s);
        }

        // Late enough for a read to be written down, and for the grace to be over.
        world.Clock.Advance(TimeSpan.FromMinutes(3));
        var ticket = await world.TicketAsync(s.Id, Ada);
        return new Scene(name, Configure, rows, world.Clock.GetUtcNow())
        {
            IsMember = member,
            Limit = limit,
            Rejects = rejects,
            S = s,
            B = b,
            Replayed = rotated ? first : null,
            Ticket = ticket,
        };
    }

    public MemoryTable Rows() => _rows.Copy();

    public TestClock Clock() => new(_now);

    public SessionWorld World(ITable table, TestClock clock) => new(table, _configure, clock, markClock: clock);
}
