using SessionFunctions.Testing;
using Sessions.Create;

using static SessionFunctions.Testing.SessionWorld;

namespace Sessions.AzureTables.Tests;

/// <summary>What the calls about users cost in requests to the table service.</summary>
public sealed class CostsOfUsers
{
    private const int RowsOfSession = 3;

    private readonly RequestCounter _requests = new();

    /// <summary>The mark that ends everything is read once by each world and stays fresh: how often it is read is no call's cost.</summary>
    private readonly TestClock _still = new();

    private readonly SessionWorld _world;
    private readonly SessionWorld _limited;

    public CostsOfUsers()
    {
        var table = AzuriteTable.New(_requests.Options());
        _world = new SessionWorld(table, markClock: _still);
        _limited = new SessionWorld(table, settings => settings.MaxPerUser = 300, markClock: _still);
    }

    [Fact]
    public async Task A_users_list_is_one_request_and_one_more_for_each_session_that_is_read()
    {
        await WarmUpAsync();
        await CreateAsync(_world, 3);

        Assert.Equal(1, await _requests.CountAsync(() => _world.ListAsync("ada")));
        Assert.Equal(1 + 3, await _requests.CountAsync(() => _world.Users.ReadAsync(Named("ada"), after: null, default)));
    }

    [Fact]
    public async Task Ending_them_all_is_one_request_and_one_for_every_33_sessions()
    {
        await WarmUpAsync();
        await CreateAsync(_world, 250);
        var ended = 0;

        var requests = await _requests.CountAsync(async () => ended = Value(await _world.Users.EndAsync(Named("ada"), except: null, default)));

        // 100 rows in a batch, and a session is 3.
        Assert.Equal((250, 1 + 8), (ended, requests));
        Assert.Equal(8, (250 + (100 / RowsOfSession) - 1) / (100 / RowsOfSession));
        Assert.Equal(1, await _requests.CountAsync(() => _world.Users.EndAsync(Named("ada"), except: null, default)));
    }

    [Fact]
    public async Task With_a_limit_it_is_no_more()
    {
        await WarmUpAsync();
        await CreateAsync(_limited, 40);

        Assert.Equal(1 + 2, await _requests.CountAsync(() => _limited.Users.EndAsync(Named("ada"), except: null, default)));
    }

    [Fact]
    public async Task Ending_all_siblings_or_one_is_a_read_a_list_and_a_batch()
    {
        await WarmUpAsync();
        var mine = await CreateAsync(_world, 3);

        Assert.Equal(2, await _requests.CountAsync(() => _world.Siblings.ListAsync(mine[0].Token, after: null, default)));
        Assert.Equal(3, await _requests.CountAsync(() => _world.Siblings.EndOneAsync(mine[0].Token, mine[1].Token.Id, default)));
        Assert.Equal(3, await _requests.CountAsync(() => _world.Siblings.EndAsync(mine[0].Token, default)));
    }

    [Fact]
    public async Task A_sign_in_is_four_requests_and_six_with_a_limit()
    {
        await WarmUpAsync();
        var (one, other) = (await _world.CreateAsync(), await _limited.CreateAsync());

        Assert.Equal(4, await _requests.CountAsync(() => _world.SignInAsync(one.Token.Id, "ada")));
        Assert.Equal(6, await _requests.CountAsync(() => _limited.SignInAsync(other.Token.Id, "ada")));
    }

    [Fact]
    public async Task A_ticket_is_two_requests_and_redeeming_it_four()
    {
        await WarmUpAsync();
        var token = (await _world.CreateAsync()).Token;
        var code = "";

        Assert.Equal(2, await _requests.CountAsync(async () => code = await _world.TicketAsync(token.Id, "ada")));
        Assert.Equal(4, await _requests.CountAsync(() => _world.RedeemAsync(token, code)));
    }

    [Fact]
    public async Task A_sign_in_refused_for_the_limit_leaves_all_as_it_was_in_three()
    {
        await WarmUpAsync();
        var full = new SessionWorld(
            _world.Table, settings => (settings.MaxPerUser, settings.UserOverflow) = (1, "reject"), markClock: _still);
        await CreateAsync(full, 1);
        var token = (await full.CreateAsync()).Token;
        await full.IsLetInAsync(token);

        // Read, the limit's row, list.
        Assert.Equal(3, await _requests.CountAsync(() => full.SignInAsync(token.Id, "ada")));
    }

    [Fact]
    public async Task An_introspection_is_one_request()
    {
        await WarmUpAsync();
        var token = (await CreateAsync(_world, 1))[0].Token;

        Assert.Equal(1, await _requests.CountAsync(() => _world.Holder.ReadAsync(token, slide: false, default)));
    }

    [Fact]
    public async Task A_create_for_a_user_is_one_request_and_three_with_a_limit()
    {
        await WarmUpAsync();

        Assert.Equal(1, await _requests.CountAsync(() => CreateAsync(_world, 1)));
        Assert.Equal(3, await _requests.CountAsync(() => CreateAsync(_limited, 1)));
        Assert.Equal(3, await _requests.CountAsync(() => CreateAsync(_limited, 1)));
    }

    [Fact]
    public async Task Every_change_by_the_operator_is_two_requests_and_so_is_an_end()
    {
        await WarmUpAsync();
        var (id, any, one) = ((await CreateAsync(_world, 1))[0].Token.Id, VersionCondition.None, DataOf("""{"a":1}"""));

        Assert.Equal(2, await _requests.CountAsync(() => _world.Operator.PatchClaimsAsync(id, any, one, default)));
        Assert.Equal(2, await _requests.CountAsync(() => _world.Operator.ChangeDataAsync(id, any, _ => one, default)));
        Assert.Equal(2, await _requests.CountAsync(() => _world.Operator.MoveDeadlinesAsync(id, TimeSpan.FromMinutes(1), null, default)));
        Assert.Equal(2, await _requests.CountAsync(() => _world.Operator.EndAsync(id, default)));
        Assert.Equal(1, await _requests.CountAsync(() => _world.Operator.EndAsync(id, default)));
    }

    [Fact]
    public async Task The_end_of_everything_is_two_requests_however_many_sessions_there_are()
    {
        await WarmUpAsync();
        await CreateAsync(_world, 20);

        Assert.Equal(2, await _requests.CountAsync(() => _world.EndEverything.RunAsync(default)));
    }

    /// <summary>The first write makes the table too, and each world reads the mark at its first use.</summary>
    private async Task WarmUpAsync()
    {
        var token = (await _world.CreateAsync()).Token;
        await _world.IsLetInAsync(token);
        await _limited.IsLetInAsync(token);
    }

    private static Task<IReadOnlyList<IssuedSession>> CreateAsync(SessionWorld world, int count) =>
        world.CreateAsync(count, new NewSession { User = Named("ada") });
}
