namespace Azure.Data.Tables.Tests;

public sealed class ConnectionStringTests
{
    [Theory]
    [InlineData(
        "DefaultEndpointsProtocol=https;AccountName=acc;AccountKey=a2V5;EndpointSuffix=core.windows.net",
        "acc", "https://acc.table.core.windows.net/")]
    [InlineData(
        "AccountName=acc;AccountKey=a2V5;EndpointSuffix=core.chinacloudapi.cn",
        "acc", "https://acc.table.core.chinacloudapi.cn/")]
    [InlineData(
        "DefaultEndpointsProtocol=https;AccountName=acc;AccountKey=a2V5a2V5YQ==;TableEndpoint=https://acc.table.cosmos.azure.com:443/;",
        "acc", "https://acc.table.cosmos.azure.com/")]
    [InlineData(
        "DefaultEndpointsProtocol=http;AccountName=devstoreaccount1;AccountKey=a2V5;TableEndpoint=http://127.0.0.1:10102/devstoreaccount1;",
        "devstoreaccount1", "http://127.0.0.1:10102/devstoreaccount1")]
    [InlineData("UseDevelopmentStorage=true", "devstoreaccount1", "http://127.0.0.1:10002/devstoreaccount1")]
    [InlineData("UseDevelopmentStorage=true;", "devstoreaccount1", "http://127.0.0.1:10002/devstoreaccount1")]
    public void A_connection_string_names_account_and_endpoint(string connectionString, string account, string endpoint)
    {
        var service = new TableServiceClient(connectionString);
        var table = new TableClient(connectionString, "table");

        Assert.Equal(new Uri(endpoint), service.Uri);
        Assert.Equal(account, service.AccountName);
        Assert.Equal(account, table.AccountName);
        Assert.Equal("table", table.Name);
    }

    [Fact]
    public void The_emulator_can_be_on_another_host() =>
        Assert.Equal(
            new Uri("http://emulator:10002/devstoreaccount1"),
            new TableServiceClient("UseDevelopmentStorage=true;DevelopmentStorageProxyUri=http://emulator").Uri);

    [Theory]
    [InlineData("AccountName=acc")]
    [InlineData("AccountName=acc;AccountKey=a2V5")]
    [InlineData("AccountKey=a2V5;EndpointSuffix=core.windows.net")]
    public void A_connection_string_that_lacks_something_is_refused(string connectionString) =>
        Assert.ThrowsAny<ArgumentException>(() => new TableServiceClient(connectionString));

    [Fact]
    public void A_malformed_connection_string_is_refused() =>
        Assert.Throws<InvalidOperationException>(() => new TableServiceClient("AccountName=acc;AccountKey"));

    [Fact]
    public void A_missing_connection_string_is_refused() =>
        Assert.Throws<ArgumentNullException>(() => new TableServiceClient((string)null!));
}
