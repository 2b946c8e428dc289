using Sessions;
using Sessions.Create;
using Sessions.Data;
using Sessions.Table;

using static SessionFunctions.Testing.SessionWorld;

namespace SessionFunctions.Testing.Contract;

/// <summary>What the operator can do with any session.</summary>
public abstract class OperateContract(Func<ITable> newTable) : ContractSuite(newTable)
{
    [Fact]
    public async Task Claims_and_data_are_changed_and_count_as_a_version_and_not_as_a_use()
    {
        var world = NewWorld();
        var issued = await world.CreateAsync(new NewSession { Data = DataOf("""{"n":1}"""), Claims = DataOf("""{"a":1,"b":2}""") });
        world.Clock.Advance(TimeSpan.FromMinutes(10));

        var claimed = Value(await PatchClaimsAsync(world, issued.Token.Id, """{"b":null,"c":3}"""));
        var changed = Value(await PatchDataAsync(world, issued.Token.Id, """{"m":2}"""));

        Assert.Equal(("""{"a":1,"c":3}""", """{"n":1}""", 2), (Json(claimed.Claims), Json(claimed.Data), claimed.Version));
        Assert.Equal(("""{"a":1,"c":3}""", """{"n":1,"m":2}""", 3), (Json(changed.Claims), Json(changed.Data), changed.Version));
        Assert.Equal(issued.Session.Lifetime, changed.Lifetime);
        Assert.Equal(changed with { Data = default!, Claims = default!, Secrets = default! }, await FoundAsync(world, issued.Token.Id));
    }

    [Fact]
    public async Task A_change_meant_for_an_older_version_is_stale()
    {
        var world = NewWorld();
        var id = (await world.CreateAsync()).Token.Id;
        await PatchClaimsAsync(world, id, """{"a":1}""");

        Assert.Equal(Refusal.Stale, (await PatchClaimsAsync(world, id, "{}", 1)).Refusal);
        Assert.Equal(Refusal.Stale, (await PatchDataAsync(world, id, "{}", 1)).Refusal);
        Assert.Equal(3, Value(await PatchDataAsync(world, id, "{}", 2)).Version);
    }

    [Fact]
    public async Task Claims_and_data_over_their_limits_are_refused()
    {
        var world = NewWorld(settings => (settings.MaxClaimsBytes, settings.MaxDataBytes) = (20, 10));
        var wanted = new NewSession { Data = DataOf("""{"a":"01"}"""), Claims = DataOf("""{"a":"0123456789"}""") };
        var id = (await world.CreateAsync(wanted)).Token.Id;

        Assert.Equal(RefusalKind.TooLarge, (await PatchClaimsAsync(world, id, """{"b":1}""")).Refusal?.Kind);
        Assert.Equal(RefusalKind.TooLarge, (await PatchDataAsync(world, id, """{"b":1}""")).Refusal?.Kind);
        Assert.Equal(1, Value(await world.Operator.FindAsync(id, default)).Version);
    }

    [Fact]
    public async Task An_unknown_session_is_missing_and_ending_it_changes_nothing()
    {
        var world = NewWorld();
        var unknown = SessionId.New(Shard.Random(world.Shards));

        Assert.Equal(RefusalKind.Missing, (await world.Operator.FindAsync(unknown, default)).Refusal?.Kind);
        Assert.Equal(RefusalKind.Missing, (await PatchClaimsAsync(world, unknown, "{}")).Refusal?.Kind);
        Assert.Equal(RefusalKind.Missing, (await PatchDataAsync(world, unknown, "{}")).Refusal?.Kind);
        Assert.Equal(RefusalKind.Missing, (await world.Operator.MoveDeadlinesAsync(unknown, null, null, default)).Refusal?.Kind);
        Assert.Equal(RefusalKind.Missing, (await world.Tickets.IssueAsync(unknown, new SignInAs(Named("ada")), default)).Refusal?.Kind);
        await world.Operator.EndAsync(unknown, default);
    }

    [Fact]
    public async Task A_session_that_was_ended_is_gone()
    {
        var world = NewWorld();
        var issued = await world.CreateAsync("ada");

        await world.Operator.EndAsync(issued.Token.Id, default);

        Assert.False(await world.IsLetInAsync(issued.Token));
        Assert.Empty(await world.RowsAsync());
    }

    private static async Task<Session> FoundAsync(SessionWorld world, SessionId id) =>
        Value(await world.Operator.FindAsync(id, default)) with { Data = default!, Claims = default!, Secrets = default! };

    private static Task<Result<Session>> PatchClaimsAsync(SessionWorld world, SessionId id, string patch, long? version = null) =>
        world.Operator.PatchClaimsAsync(id, Only(version), DataOf(patch), default);

    private static Task<Result<Session>> PatchDataAsync(SessionWorld world, SessionId id, string patch, long? version = null) =>
        world.Operator.ChangeDataAsync(id, Only(version), data => MergePatch.Apply(data, DataOf(patch)), default);

    private static VersionCondition Only(long? version) => version is { } only ? VersionCondition.OneOf([only]) : VersionCondition.None;
}
