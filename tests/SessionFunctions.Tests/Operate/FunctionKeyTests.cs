using SessionFunctions.Tests.OpenApi;
using SessionFunctions.Tests.Service;

namespace SessionFunctions.Tests.Operate;

/// <summary>Who may call /manage: the holder of the function key, and nobody else.</summary>
public sealed class FunctionKeyTests() : OperatorSuite(Storage.Memory)
{
    /// <summary>Every route that there is, so that one added later is held to it too.</summary>
    public static TheoryData<string, string> Routes
    {
        get
        {
            var routes = new TheoryData<string, string>();
            foreach (var operation in Contract.Document.Operations.Where(operation => operation.ForOperators))
            {
                routes.Add(operation.Method, operation.Path[1..].Replace("{sid}", Unknown, StringComparison.Ordinal));
            }

            return routes;
        }
    }

    [Theory]
    [MemberData(nameof(Routes))]
    public async Task Without_the_key_every_call_is_refused_and_changes_nothing(string method, string path)
    {
        var holder = await Operator.CreateAsync("ada", ""","claims":{"role":"admin"}""");
        var cookie = await SignedInAsync(await Api.CookieAsync(), "ada");
        var before = await Api.SnapshotAsync();
        var call = new Request(method, path) { Json = method is "GET" or "DELETE" ? null : """{"user":"ada"}""" };

        (await Api.SendAsync(call)).Is(401, "function-key");
        (await Api.SendAsync(call.With("x-functions-key", ""))).Is(401, "function-key");
        (await Api.SendAsync(call.With("x-functions-key", "wrong"))).Is(401, "function-key");
        (await Api.SendAsync(call.With("x-functions-key", Api.FunctionKey[..^1]))).Is(401, "function-key");
        (await Api.SendAsync(call.With("x-functions-key", Api.FunctionKey.ToUpperInvariant()))).Is(401, "function-key");
        (await Api.SendAsync(call.With("x-functions-key", holder.Token))).Is(401, "function-key");
        (await Api.SendAsync(call with { Path = $"{path}?code=wrong" })).Is(401, "function-key");
        (await Api.SendAsync(call with { Bearer = Api.FunctionKey })).Is(401, "function-key");
        (await Api.SendAsync(call with { Bearer = holder.Token })).Is(401, "function-key");
        (await Api.SendAsync((call with { Cookie = cookie.Token }).With("Sec-Fetch-Site", "same-origin"))).Is(401, "function-key");

        Assert.Equal(before, await Api.SnapshotAsync());
    }

    [Fact]
    public async Task With_the_key_in_the_header_or_in_the_query_the_call_goes_on()
    {
        (await Operator.SendAsync("GET", $"manage/sessions/{Unknown}")).Is(404, "not-found");
        (await Api.GetAsync($"manage/sessions/{Unknown}?code={Api.FunctionKey}")).Is(404, "not-found");
    }

    [Fact]
    public async Task The_key_opens_no_holders_call() =>
        (await Operator.SendAsync("GET", "sessions/current")).Is(401, "not-authenticated");
}
