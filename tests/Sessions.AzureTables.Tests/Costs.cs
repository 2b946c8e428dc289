using SessionFunctions.Testing;
using Sessions.Create;

namespace Sessions.AzureTables.Tests;

/// <summary>What each call costs in requests to the table service, which is what its bill and its limits count.</summary>
public sealed class Costs
{
    private readonly RequestCounter _requests = new();
    private readonly SessionWorld _world;

    public Costs() => _world = new SessionWorld(AzuriteTable.New(_requests.Options()));

    [Fact]
    public async Task A_create_is_one_request()
    {
        await HolderAsync();

        Assert.Equal(1, await _requests.CountAsync(() => _world.CreateAsync()));
    }

    [Fact]
    public async Task A_create_with_data_of_many_columns_still_is_one()
    {
        await HolderAsync();
        var noise = new byte[150_000];
        new Random(1).NextBytes(noise);
        var data = SessionWorld.DataOf($$"""{"noise":"{{Convert.ToBase64String(noise)}}"}""");

        Assert.Equal(1, await _requests.CountAsync(() => _world.CreateAsync(new NewSession { Data = data })));
    }

    [Fact]
    public async Task A_read_is_one_request()
    {
        var token = await HolderAsync();

        Assert.Equal(1, await _requests.CountAsync(() => _world.ReadAsync(token)));
    }

    [Fact]
    public async Task A_read_is_two_when_a_slide_is_due_and_one_again_right_after()
    {
        var token = await HolderAsync();
        _world.Clock.Advance(_world.Lifetimes.IdleTimeout * _world.Lifetimes.SlideGranularity);

        Assert.Equal(1, await _requests.CountAsync(() => _world.IsLetInAsync(token))); // a look that slides nothing
        Assert.Equal(2, await _requests.CountAsync(() => _world.ReadAsync(token)));
        Assert.Equal(1, await _requests.CountAsync(() => _world.ReadAsync(token)));
    }

    [Fact]
    public async Task A_read_refused_is_one_request()
    {
        var token = await HolderAsync();

        Assert.Equal(1, await _requests.CountAsync(() => _world.ReadAsync(SessionToken.New(token.Id))));
        Assert.Equal(1, await _requests.CountAsync(() => _world.ReadAsync(SessionToken.New(SessionId.New(token.Id.Shard)))));
        _world.Clock.Advance(TimeSpan.FromHours(1));
        Assert.Equal(1, await _requests.CountAsync(() => _world.ReadAsync(token)));
    }

    [Fact]
    public async Task A_change_is_two_requests_whether_it_slides_or_not()
    {
        var token = await HolderAsync();

        Assert.Equal(2, await _requests.CountAsync(() => _world.PatchAsync(token, """{"a":1}""")));
        _world.Clock.Advance(TimeSpan.FromMinutes(10));
        Assert.Equal(2, await _requests.CountAsync(() => _world.PatchAsync(token, """{"b":2}""")));
    }

    [Fact]
    public async Task A_touch_is_two_requests()
    {
        var token = await HolderAsync();
        _world.Clock.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal(2, await _requests.CountAsync(() => _world.Holder.TouchAsync(token, default)));
    }

    [Fact]
    public async Task A_rotation_is_two_requests_and_so_is_the_first_use_of_the_new_token()
    {
        var token = await HolderAsync();
        SessionToken next = token;

        Assert.Equal(2, await _requests.CountAsync(async () => next = await _world.RotateAsync(token)));
        Assert.Equal(2, await _requests.CountAsync(() => _world.ReadAsync(next)));
        Assert.Equal(1, await _requests.CountAsync(() => _world.ReadAsync(next)));
    }

    [Fact]
    public async Task A_log_out_is_two_requests_and_a_second_one_is_one()
    {
        var token = await HolderAsync();

        Assert.Equal(2, await _requests.CountAsync(() => _world.Holder.EndAsync(token, default)));
        Assert.Equal(1, await _requests.CountAsync(() => _world.Holder.EndAsync(token, default)));
    }

    [Fact]
    public async Task A_look_at_whether_the_table_can_be_used_is_one_request()
    {
        await HolderAsync();

        Assert.Equal(1, await _requests.CountAsync(() => _world.Readiness.CheckAsync(default)));
    }

    [Fact]
    public async Task A_change_within_the_slides_step_writes_one_row_and_later_ones_move_the_index()
    {
        var token = await HolderAsync();
        var rows = new RowCounter(_world.Table);
        var world = new SessionWorld(rows, clock: _world.Clock);
        await world.PatchAsync(token, "{}");
        rows.Reset();

        Assert.Equal(2, await _requests.CountAsync(() => world.PatchAsync(token, """{"a":1}""")));
        Assert.Equal(1, rows.Written);

        _world.Clock.Advance(TimeSpan.FromMinutes(3));
        Assert.Equal(2, await _requests.CountAsync(() => world.PatchAsync(token, """{"a":2}""")));
        Assert.Equal(1 + 3, rows.Written); // its place in the order of expiry goes and comes
    }

    /// <summary>A holder on a table that is there, at an instance that has just looked for the not-before mark, as it often does.</summary>
    private async Task<SessionToken> HolderAsync()
    {
        var token = (await _world.CreateAsync()).Token;
        await _world.NotBefore.RefreshAsync(default);
        return token;
    }
}
