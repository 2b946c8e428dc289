using System.Net;
using System.Security.Cryptography;
using System.Text.Json;
using SessionFunctions.Tests.Service;

namespace SessionFunctions.Tests.OpenApi;

/// <summary>Every operation of the document called as the document shows it. <see cref="ContractCheck"/> looks at the answers.</summary>
public sealed class EveryOperationTests() : ApiSuite(Storage.Memory, AllOn)
{
    internal static readonly (string, string)[] AllOn =
    [
        ("Sessions__Jwt__SigningKeys", $"k2026:{Convert.ToBase64String(ECDsa.Create(ECCurve.NamedCurves.nistP256).ExportPkcs8PrivateKey())}"),
        ("Sessions__Jwt__Issuer", "https://sessions.example.com"),
        ("Sessions__AllowPersistent", "true"),
    ];

    /// <summary>What needs more around it than a service by itself: a provider.</summary>
    private static readonly Dictionary<(string Operation, string Example), int> Refused = new() { [("SignIn", "idToken")] = 404 };

    /// <summary>An operation, and the media type and name of the example; neither where no body is sent.</summary>
    public static IEnumerable<object[]> Examples =>
        from operation in Contract.Document.Operations
        from example in operation.RequestExamples.Select(example => $"{example.MediaType} {example.Name}").Prepend("")
        where example.Length > 0 || IsBodyOptional(operation)
        select new object[] { operation.Id, example };

    public static TheoryData<string> Reads =>
        [.. Contract.Document.Operations.Where(operation => operation.Method == "GET").Select(operation => operation.Id)];

    [Theory]
    [MemberData(nameof(Examples))]
    public async Task It_does_what_the_example_shows(string id, string example)
    {
        var operation = Contract.Document.Operation(id);
        var shown = operation.RequestExamples.Select(one => ((string, string, JsonElement)?)one)
            .FirstOrDefault(one => $"{one!.Value.Item1} {one.Value.Item2}" == example);
        foreach (var byCookie in operation.ForHolders ? (bool[])[false, true] : [false])
        {
            foreach (var optional in (bool[])[false, true])
            {
                Api.Clock.Advance(TimeSpan.FromSeconds(1)); // past the moment up to which one of the operations ends every session
                var sample = new Sample(Api, operation);
                await sample.PrepareAsync(byCookie);
                using var request = sample.ToRequest(shown, optional).ToRequest();
                using var answer = await Api.Http.SendAsync(request);

                var expected = Refused.TryGetValue((id, shown?.Item2 ?? ""), out var status) ? [status] : Successes(operation);
                Assert.Contains((int)answer.StatusCode, expected);
            }
        }
    }

    /// <summary>As the document says: where nobody needs to show anything, so that monitors and caches can ask.</summary>
    [Theory]
    [MemberData(nameof(Reads))]
    public async Task HEAD_answers_as_GET_does_where_anybody_may_read_and_is_refused_elsewhere(string id)
    {
        var operation = Contract.Document.Operation(id);
        var sample = new Sample(Api, operation);
        await sample.PrepareAsync(byCookie: false);
        var call = sample.ToRequest(example: null, optional: true);
        using var get = call.ToRequest();
        using var head = (call with { Method = "HEAD" }).ToRequest();
        using var got = await Api.Http.SendAsync(get);
        using var answer = await Api.Http.SendAsync(head);

        Assert.Equal(operation.Security.Count == 0 ? got.StatusCode : HttpStatusCode.MethodNotAllowed, answer.StatusCode);
        Assert.Empty(await answer.Content.ReadAsByteArrayAsync());
    }

    private static int[] Successes(Operation operation) => [.. operation.Responses.Select(response => response.Status).Where(status => status < 300)];

    private static bool IsBodyOptional(Operation operation) =>
        !operation.Json.TryGetProperty("requestBody", out var body) || !body.GetProperty("required").GetBoolean();
}
