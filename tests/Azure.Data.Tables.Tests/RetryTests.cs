using Azure.Core;
using SessionFunctions.Testing;

namespace Azure.Data.Tables.Tests;

public sealed class RetryTests
{
    [Fact]
    public async Task A_request_that_was_not_sent_is_sent_again()
    {
        var transport = new UnreliableTransport(failures: 2, loseAnswer: false);
        var table = await OverAsync(transport);

        await table.AddEntityAsync(new TableEntity("p", "r"));

        Assert.Equal(3, transport.Calls);
        Assert.True((await table.GetEntityIfExistsAsync<TableEntity>("p", "r")).HasValue);
    }

    [Fact]
    public async Task A_transaction_that_was_not_sent_is_sent_again_as_a_whole()
    {
        var table = await OverAsync(new UnreliableTransport(failures: 1, loseAnswer: false));

        var response = await table.SubmitTransactionAsync(
        [
            new(TableTransactionActionType.Add, new TableEntity("p", "1")),
            new(TableTransactionActionType.Add, new TableEntity("p", "2")),
        ]);

        Assert.All(response.Value, part => Assert.Equal(204, part.Status));
    }

    [Fact]
    public async Task A_write_whose_answer_was_lost_meets_its_own_effect()
    {
        var table = await OverAsync(new UnreliableTransport(failures: 1, loseAnswer: true));

        var failure = await Assert.ThrowsAsync<RequestFailedException>(() => table.AddEntityAsync(new TableEntity("p", "r")));

        Assert.Equal("EntityAlreadyExists", failure.ErrorCode);
    }

    [Fact]
    public async Task A_busy_service_is_asked_again()
    {
        var transport = new StubTransport(call => new StubResponse(call == 1 ? 503 : 204));
        var table = new TableClient(
            new Uri("https://account.table.core.windows.net"),
            "table",
            new TableSharedKeyCredential("account", "a2V5"),
            Quick(new TableClientOptions { Transport = transport }));

        await table.AddEntityAsync(new TableEntity("p", "r"));

        Assert.Equal(2, transport.Requests.Count);
    }

    [Fact]
    public async Task A_busy_service_is_not_mistaken_for_an_absent_entity()
    {
        var transport = new StubTransport(call => new StubResponse(call == 1 ? 503 : 404));
        var table = new TableClient(
            new Uri("https://account.table.core.windows.net"),
            "table",
            new TableSharedKeyCredential("account", "a2V5"),
            Quick(new TableClientOptions { Transport = transport }));

        var response = await table.GetEntityIfExistsAsync<TableEntity>("p", "r");

        Assert.False(response.HasValue);
        Assert.Equal(2, transport.Requests.Count);
    }

    [Fact]
    public async Task An_error_that_is_the_callers_is_not_retried()
    {
        var transport = new StubTransport(_ => new StubResponse(400, "<html>not the service's JSON</html>"));
        var table = new TableClient(
            new Uri("https://account.table.core.windows.net"),
            "table",
            new TableSharedKeyCredential("account", "a2V5"),
            Quick(new TableClientOptions { Transport = transport }));

        var failure = await Assert.ThrowsAsync<RequestFailedException>(() => table.AddEntityAsync(new TableEntity("p", "r")));

        Assert.Equal(400, failure.Status);
        Assert.Single(transport.Requests);
    }

    [Fact]
    public async Task A_service_that_is_down_fails_after_all_tries_and_works_once_it_is_back()
    {
        await using var azurite = await Azurite.StartAsync();
        var table = new TableClient(azurite.ConnectionString, TestTable.NewName(), Quick(new TableClientOptions()));
        var impatient = new TableClientOptions();
        impatient.Retry.MaxRetries = 0;
        var once = new TableClient(azurite.ConnectionString, table.Name, impatient);
        await table.CreateAsync();

        await azurite.StopAsync();
        var tries = await Assert.ThrowsAsync<AggregateException>(() => table.AddEntityAsync(new TableEntity("p", "r")));
        var single = await Assert.ThrowsAsync<RequestFailedException>(() => once.AddEntityAsync(new TableEntity("p", "r")));
        await azurite.StartAgainAsync();
        await table.CreateAsync();
        await table.AddEntityAsync(new TableEntity("p", "r"));

        Assert.Equal(4, tries.InnerExceptions.Count);
        Assert.All(tries.InnerExceptions, inner => Assert.IsType<RequestFailedException>(inner));
        Assert.Equal(0, single.Status);
    }

    private static async Task<TableClient> OverAsync(UnreliableTransport transport)
    {
        var table = await TestTable.CreateAsync();
        var options = Quick(new TableClientOptions { Transport = transport });
        return new TableClient((await Azurite.SharedAsync()).ConnectionString, table.Name, options);
    }

    private static TableClientOptions Quick(TableClientOptions options)
    {
        options.Retry.Mode = RetryMode.Fixed;
        options.Retry.Delay = TimeSpan.FromMilliseconds(1);
        return options;
    }
}
