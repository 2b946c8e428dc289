namespace Azure.Data.Tables.Tests;

/// <summary>What Azurite doesn't check but the services do.</summary>
public sealed class WireTests
{
    private const string Storage = "https://account.table.core.windows.net";
    private const string Cosmos = "https://account.table.cosmos.azure.com";

    private readonly StubTransport _transport = new(_ => new StubResponse(204));

    [Theory]
    [InlineData(TableClientOptions.ServiceVersion.V2019_02_02, "2019-02-02")]
    [InlineData(TableClientOptions.ServiceVersion.V2020_12_06, "2020-12-06")]
    public async Task Requests_name_the_versions_they_speak(TableClientOptions.ServiceVersion version, string header)
    {
        await Table(Storage, version).AddEntityAsync(new TableEntity("p", "r"));

        var headers = Assert.Single(_transport.Requests).Headers;
        Assert.Equal(header, headers["x-ms-version"]);
        Assert.Equal("3.0", headers["DataServiceVersion"]);
        Assert.Equal("return-no-content", headers["Prefer"]);
        Assert.StartsWith("application/json", headers["Content-Type"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Requests_are_signed_with_the_shared_key()
    {
        await Table(Storage).AddEntityAsync(new TableEntity("p", "r"));

        var headers = Assert.Single(_transport.Requests).Headers;
        Assert.StartsWith("SharedKeyLite account:", headers["Authorization"], StringComparison.Ordinal);
        Assert.True(DateTimeOffset.TryParse(headers["x-ms-date"], out _));
    }

    [Theory]
    [InlineData(Storage, "PATCH", null)]
    [InlineData(Cosmos, "POST", "MERGE")]
    public async Task A_merge_speaks_the_dialect_of_the_service(string endpoint, string method, string? overridden)
    {
        await Table(endpoint).UpdateEntityAsync(new TableEntity("p", "r"), new ETag("W/\"1\""));

        var request = Assert.Single(_transport.Requests);
        Assert.Equal(method, request.Method);
        Assert.Equal(overridden, request.Headers.GetValueOrDefault("X-HTTP-Method"));
        Assert.Equal("W/\"1\"", request.Headers["If-Match"]);
    }

    [Fact]
    public async Task A_replace_is_a_PUT_and_a_delete_without_an_etag_matches_any()
    {
        await Table(Storage).UpdateEntityAsync(new TableEntity("p", "r"), ETag.All, TableUpdateMode.Replace);
        await Table(Storage).DeleteEntityAsync("p", "r");

        Assert.Equal(["PUT", "DELETE"], _transport.Requests.Select(request => request.Method));
        Assert.All(_transport.Requests, request => Assert.Equal("*", request.Headers["If-Match"]));
    }

    [Fact]
    public async Task An_upsert_carries_no_If_Match()
    {
        await Table(Storage).UpsertEntityAsync(new TableEntity("p", "r"), TableUpdateMode.Replace);

        Assert.DoesNotContain("If-Match", Assert.Single(_transport.Requests).Headers.Keys);
    }

    [Theory]
    [InlineData("""{"A@odata.type":"Edm.Int64","A":"9007199254740993","B@odata.type":"Edm.Binary","B":"AQI="}""")]
    [InlineData("""{"A":"9007199254740993","A@odata.type":"Edm.Int64","B":"AQI=","B@odata.type":"Edm.Binary"}""")]
    [InlineData("""{"A":"9007199254740993","B":"AQI=","B@odata.type":"Edm.Binary","A@odata.type":"Edm.Int64"}""")]
    public async Task Type_annotations_may_stand_before_or_after_their_values(string json)
    {
        var transport = new StubTransport(_ => new StubResponse(200, json, ("Content-Type", "application/json")));
        var table = new TableClient(
            new Uri(Storage), "table", new TableSharedKeyCredential("account", "a2V5"), new TableClientOptions { Transport = transport });

        var entity = (await table.GetEntityAsync<TableEntity>("p", "r")).Value;

        Assert.Equal((1L << 53) + 1, entity.GetInt64("A"));
        Assert.Equal([1, 2], entity.GetBinary("B"));
        Assert.Equal(["A", "B"], entity.Keys.Order(StringComparer.Ordinal));
    }

    private TableClient Table(
        string endpoint, TableClientOptions.ServiceVersion version = TableClientOptions.ServiceVersion.V2020_12_06) =>
        new(
            new Uri(endpoint),
            "table",
            new TableSharedKeyCredential("account", "a2V5"),
            new TableClientOptions(version) { Transport = _transport });
}
