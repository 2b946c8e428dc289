using System.Text.Json;
using SessionFunctions.Tests.Service;
using Sessions;

namespace SessionFunctions.Tests.OpenApi;

/// <summary>Every status of the document, provoked: none is there only because it seemed likely. <see cref="ContractCheck"/> looks at the answers.</summary>
public sealed class EveryRefusalTests
{
    /// <summary>What asks nothing of storage has nothing that could fail at will, and what asks whether it is ready says 503 for every failure.</summary>
    private static readonly string[] Unfailing = ["HealthLive", "HealthReady", "Jwks", "OpenApi", "Docs", "DocsAsset"];

    public static IEnumerable<object[]> Refusals =>
        from operation in Contract.Document.Operations
        from response in operation.Responses
        where response.Status >= 300 && !(response.Status == 500 && Unfailing.Contains(operation.Id))
        select new object[] { operation.Id, response.Status };

    [Theory]
    [MemberData(nameof(Refusals))]
    public async Task It_answers_so_where_there_is_cause(string id, int status)
    {
        var table = new FailingTable();
        await using var api = await Api.StartAsync(Storage.Of(table), SettingsFor(id, status));
        var operation = Contract.Document.Operation(id);
        var sample = new Sample(api, operation);
        await sample.PrepareAsync(byCookie: false);
        await EnsureAsync(api, sample, status);
        var call = sample.ToRequest(operation.RequestExamples.Select(one => ((string, string, JsonElement)?)one).FirstOrDefault(), optional: false);
        if (status == 304)
        {
            using var first = await SendAsync(api, call);
            call = call.With("If-None-Match", first.Headers.ETag!.Tag);
        }

        table.Fault = status switch
        {
            500 => () => new InvalidOperationException("for the test"),
            503 => () => new StorageUnavailableException("for the test", new IOException()),
            _ => null,
        };
        using var answer = await SendAsync(api, Provocation.Of(status, sample, call));

        Assert.Equal(status, (int)answer.StatusCode);
    }

    private static (string, string)[] SettingsFor(string id, int status) => (id, status) switch
    {
        (_, 429) => [("Sessions__RateLimit__CreatesPerMinute", "1")],
        (_, 428) => [("Sessions__RequireIfMatch", "true")],
        (_, 409) => [("Sessions__MaxPerUser", "1"), ("Sessions__UserOverflow", "reject")],
        ("IssueJwt", not 404) or ("Jwks", not 404) => EveryOperationTests.AllOn,
        _ => [],
    };

    private static async Task EnsureAsync(Api api, Sample sample, int status)
    {
        if (sample.Operation.Id == "IssueJwt" && status == 422)
        {
            (await api.SendAsync(Sample.Operators("PATCH", $"manage/sessions/{sample.Holder.Sid}/claims", $$"""{"long":"{{new string('x', 5000)}}"}"""))).Is(200);
        }
    }

    private static async Task<HttpResponseMessage> SendAsync(Api api, Request call)
    {
        using var request = call.ToRequest();
        return await api.Http.SendAsync(request);
    }
}
