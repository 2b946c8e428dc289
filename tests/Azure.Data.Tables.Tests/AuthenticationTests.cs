using System.Text;
using SessionFunctions.Testing;

namespace Azure.Data.Tables.Tests;

public sealed class AuthenticationTests
{
    [Fact]
    public async Task A_shared_key_credential_opens_the_account()
    {
        var azurite = await Azurite.SharedAsync();
        var key = azurite.ConnectionString.Split("AccountKey=")[1].Split(';')[0];
        var table = new TableClient(azurite.TableEndpoint, TestTable.NewName(), new TableSharedKeyCredential("devstoreaccount1", key));

        await table.CreateAsync();
        await table.AddEntityAsync(new TableEntity("p", "it's r"));

        Assert.True((await table.GetEntityIfExistsAsync<TableEntity>("p", "it's r")).HasValue);
    }

    [Fact]
    public async Task A_wrong_key_is_rejected()
    {
        var azurite = await Azurite.SharedAsync();
        var wrong = Convert.ToBase64String(Encoding.UTF8.GetBytes("not the key"));
        var table = new TableClient(azurite.TableEndpoint, TestTable.NewName(), new TableSharedKeyCredential("devstoreaccount1", wrong));

        var failure = await Assert.ThrowsAsync<RequestFailedException>(() => table.CreateAsync());

        Assert.Equal(403, failure.Status);
    }

    [Fact]
    public async Task A_credential_takes_a_rotated_key_without_a_new_client()
    {
        var azurite = await Azurite.SharedAsync();
        var credential = new TableSharedKeyCredential("devstoreaccount1", Convert.ToBase64String(Encoding.UTF8.GetBytes("the old key")));
        var table = new TableClient(azurite.TableEndpoint, TestTable.NewName(), credential);
        await Assert.ThrowsAsync<RequestFailedException>(() => table.CreateAsync());

        credential.SetAccountKey(azurite.ConnectionString.Split("AccountKey=")[1].Split(';')[0]);

        await table.CreateAsync();
    }

    [Theory]
    [InlineData("https://account.table.core.windows.net", "https://storage.azure.com/.default")]
    [InlineData("https://account.table.cosmos.azure.com", "https://cosmos.azure.com/.default")]
    public async Task A_token_is_asked_for_the_endpoints_audience_and_sent_as_bearer(string endpoint, string scope)
    {
        var transport = new StubTransport(_ => new StubResponse(204));
        var credential = new StubCredential();
        var table = new TableClient(new Uri(endpoint), "table", credential, new TableClientOptions { Transport = transport });

        await table.AddEntityAsync(new TableEntity("p", "r"));
        await table.DeleteEntityAsync("p", "r");

        Assert.Equal([scope], credential.Scopes);
        Assert.All(transport.Requests, request => Assert.Equal("Bearer the-token", request.Headers["Authorization"]));
        Assert.Equal("account", table.AccountName);
    }

    [Fact]
    public async Task A_token_never_leaves_over_plain_http()
    {
        var table = new TableClient((await Azurite.SharedAsync()).TableEndpoint, "table", new StubCredential());

        await Assert.ThrowsAsync<InvalidOperationException>(() => table.CreateAsync());
    }
}
