using SessionFunctions.Testing;
using Sessions.Create;

using static SessionFunctions.Testing.SessionWorld;

namespace Sessions.AzureTables.Tests;

/// <summary>What the calls about users cost in requests to the table service.</summary>
public sealed class CostsOfUsers
{
    private const int RowsOfSession = 3;

    private static readonly byte[] SomeContent = [1];

    private readonly RequestCounter _requests = new();
    /// <summary>The mark that ends everything is read once by each world and stays fresh: how often it is read is no call's cost.</summary>
    private readonly TestClock _still = new();

    private readonly SessionWorld _world;
    private readonly SessionWorld _limited;

    public CostsOfUsers()
    {
        var table = AzuriteTable.New(_requests.Options());
        _world = new SessionWorld(table, markClock: _still);
        _limited = new SessionWorld(table, o => o.MaxPerUser = 300, markClock: _still);
    }

    [Fact]
    public async Task A_users_list_is_one_request()
    {
        await WarmUpAsync();
        await CreateAsync(_world, 3);

        Assert.Equal(1, await _requests.CountAsync(() => _world.Manager.ListAsync(Named("ada"), default)));
    }

    [Fact]
    public async Task Logging_out_everywhere_is_one_request_and_one_for_every_33_sessions()
    {
        await WarmUpAsync();
        await CreateAsync(_world, 250);
        var ended = 0;

        var requests = await _requests.CountAsync(async () => ended = await _world.Manager.EndAllAsync(Named("ada"), except: null, default));

        // 100 rows in a batch, and a session is 3.
        Assert.Equal((250, 1 + 8), (ended, requests));
        Assert.Equal(8, (250 + (100 / RowsOfSession) - 1) / (100 / RowsOfSession));
        Assert.Equal(1, await _requests.CountAsync(() => _world.Manager.EndAllAsync(Named("ada"), except: null, default)));
    }

    [Fact]
    public async Task With_a_limit_it_is_two_more_for_the_guard()
    {
        await WarmUpAsync();
        await CreateAsync(_limited, 40);

        Assert.Equal(1 + 2 + 2, await _requests.CountAsync(() => _limited.Manager.EndAllAsync(Named("ada"), except: null, default)));
    }

    [Fact]
    public async Task Ending_the_siblings_is_a_read_a_list_and_a_batch()
    {
        await WarmUpAsync();
        var tokens = await CreateAsync(_world, 3);

        Assert.Equal(2, await _requests.CountAsync(() => _world.Sessions.SiblingsAsync(tokens[0], default)));
        Assert.Equal(3, await _requests.CountAsync(() => _world.Sessions.EndSiblingsAsync(tokens[0], default)));
    }

    [Fact]
    public async Task A_bind_is_four_requests_and_six_with_a_limit()
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

        Assert.Equal(2, await _requests.CountAsync(async () => code = Value(await _world.Manager.IssueTicketAsync(token.Id, new SignInAs(Named("ada")), default)).Code));
        Assert.Equal(4, await _requests.CountAsync(() => _world.RedeemAsync(token, code)));
    }

    [Fact]
    public async Task A_bind_refused_for_the_limit_leaves_all_as_it_was_in_five()
    {
        await WarmUpAsync();
        var full = new SessionWorld(_world.Table, o => (o.MaxPerUser, o.UserOverflow) = (1, "reject"), markClock: _still);
        await CreateAsync(full, 1);
        var token = (await full.CreateAsync()).Token;
        await full.IsLetInAsync(token);

        // Read, mark, guard, list, unmark.
        Assert.Equal(5, await _requests.CountAsync(() => full.SignInAsync(token.Id, "ada")));
    }

    [Fact]
    public async Task An_introspection_is_one_request()
    {
        await WarmUpAsync();
        var token = (await CreateAsync(_world, 1))[0];

        Assert.Equal(1, await _requests.CountAsync(() => _world.Sessions.ReadAsync(token, slide: false, default)));
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
    public async Task A_create_with_a_key_is_one_request_and_its_repeat_three()
    {
        await WarmUpAsync();
        Assert.True(IdempotencyKey.TryParse("8e03978e-40d5-43dd-bc93-6894a57f9324", out var key));

        Assert.Equal(1, await _requests.CountAsync(() => _world.Factory.CreateOnceAsync(new NewSession(), key, SomeContent, default)));
        // The batch that finds the key taken, a look whether it was ours with its answer lost, and the first call's row.
        Assert.Equal(3, await _requests.CountAsync(() => _world.Factory.CreateOnceAsync(new NewSession(), key, SomeContent, default)));
    }

    [Fact]
    public async Task A_change_of_claims_is_two_requests_and_a_revocation_two()
    {
        await WarmUpAsync();
        var id = (await CreateAsync(_world, 1))[0].Id;

        Assert.Equal(2, await _requests.CountAsync(() => _world.Manager.PatchClaimsAsync(id, VersionCondition.None, DataOf("""{"a":1}"""), default)));
        Assert.Equal(2, await _requests.CountAsync(() => _world.Manager.RevokeAsync(id, default)));
        Assert.Equal(1, await _requests.CountAsync(() => _world.Manager.RevokeAsync(id, default)));
    }

    [Fact]
    public async Task The_end_of_everything_is_three_requests_however_many_sessions_there_are()
    {
        await WarmUpAsync();
        await CreateAsync(_world, 20);

        Assert.Equal(3, await _requests.CountAsync(() => _world.Manager.EndEverythingAsync(default)));
    }

    /// <summary>The first write makes the table too, and each world reads the mark at its first use.</summary>
    private async Task WarmUpAsync()
    {
        var token = (await _world.CreateAsync()).Token;
        await _world.IsLetInAsync(token);
        await _limited.IsLetInAsync(token);
    }

    private static async Task<List<SessionToken>> CreateAsync(SessionWorld world, int count)
    {
        var tokens = new List<SessionToken>();
        for (var i = 0; i < count; i++)
        {
            tokens.Add((await world.CreateAsync(new NewSession { User = Named("ada") })).Token);
        }

        return tokens;
    }
}
