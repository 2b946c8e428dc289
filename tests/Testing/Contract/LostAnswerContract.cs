using Sessions;
using Sessions.Create;
using Sessions.Data;
using Sessions.Table;

using static SessionFunctions.Testing.SessionWorld;

namespace SessionFunctions.Testing.Contract;

/// <summary>A write that happened although its answer was lost: sent again by the client, it meets itself and must know itself.</summary>
public abstract class LostAnswerContract
{
    private readonly InterruptedTable _table;
    private readonly SessionWorld _world;

    protected LostAnswerContract(Func<ITable> newTable)
    {
        _table = new InterruptedTable(newTable());
        _world = new SessionWorld(_table);
    }

    [Fact]
    public async Task A_create_succeeds()
    {
        _table.LoseNextAnswer = true;
        var issued = await _world.CreateAsync();

        Assert.True(await _world.IsLetInAsync(issued.Token));
        Assert.Equal(2, (await _world.RowsAsync()).Count);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(10)]
    public async Task A_change_is_applied_once_however_many_others_have_written_before_the_retry(int others)
    {
        var issued = await _world.CreateAsync(new NewSession { Data = DataOf("""{"n":0}""") });
        _table.LoseNextAnswer = true;
        _table.BeforeRetry = async () =>
        {
            for (var i = 0; i < others; i++)
            {
                Assert.Null((await CountUpAsync(issued.Token)).Refusal);
            }
        };

        Assert.Null((await CountUpAsync(issued.Token)).Refusal);

        var read = Value(await _world.ReadAsync(issued.Token));
        Assert.Equal(($$"""{"n":{{others + 1}}}""", others + 2), (Json(read.Data), read.Version));
    }

    [Fact]
    public async Task A_key_used_for_another_change_after_its_minute_counts_anew_also_where_a_clock_was_ahead()
    {
        var token = (await _world.CreateAsync()).Token;
        var ahead = new SessionWorld(_table);
        ahead.Clock.Advance(TimeSpan.FromSeconds(15));
        Value(await ahead.PatchAsync(token, """{"ahead":1}"""));
        Value(await PatchAsync("""{"first":1}"""));
        _world.Clock.Advance(TimeSpan.FromSeconds(70));
        _table.BeforeNextSubmit = async () => Value(await _world.PatchAsync(token, """{"other":1}"""));

        var changed = Value(await PatchAsync("""{"second":1}"""));

        Assert.Equal("""{"ahead":1,"first":1,"other":1,"second":1}""", Json(changed.Data));

        Task<Result<Session>> PatchAsync(string patch) => _world.Data.ChangeAsync(
            token, VersionCondition.None, data => MergePatch.Apply(data, DataOf(patch)), default, IdempotencyKey.Of("a key"));
    }

    [Fact]
    public async Task A_rotation_hands_out_the_token_that_is_stored()
    {
        var issued = await _world.CreateAsync();
        _table.LoseNextAnswer = true;
        var next = await _world.RotateAsync(issued.Token);

        Assert.True(await _world.IsLetInAsync(next));
    }

    [Fact]
    public async Task A_log_out_succeeds()
    {
        var issued = await _world.CreateAsync();
        _table.LoseNextAnswer = true;

        Assert.True(await _world.Holder.EndAsync(issued.Token, default));
        Assert.Empty(await _world.RowsAsync());
    }

    private Task<Result<Session>> CountUpAsync(SessionToken token) =>
        _world.Data.ChangeAsync(token, VersionCondition.None, data => Increment.One.Apply(data, Value(DataKey.Parse("n"))), default);
}
