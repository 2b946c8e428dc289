using SessionFunctions.Tests.Service;

namespace SessionFunctions.Tests.Create;

/// <summary>Idempotency-Key: a create call that its sender repeats when the answer was lost.</summary>
public abstract class IdempotencySuite(Storage storage) : ApiSuite(storage)
{
    private const string Key = "8e03978e-40d5-43dd-bc93-6894a57f9324";

    [Fact]
    public async Task Sent_again_the_call_is_answered_alike_and_makes_no_second_session()
    {
        var call = Create("""{"transport":"bearer","data":{"a":1}}""", Key);
        var first = (await Api.SendAsync(call)).Is(201);
        var before = await Api.SnapshotAsync();
        Api.Clock.Advance(TimeSpan.FromMinutes(3));

        var second = (await Api.SendAsync(call)).Is(201);
        var quoted = (await Api.SendAsync(Create("""{"transport":"bearer","data":{"a":1}}""", $"\"{Key}\""))).Is(201);

        Assert.Equal((first.Body, first.ETag, first.Header("Location")), (second.Body, second.ETag, second.Header("Location")));
        Assert.Equal(first.Body, quoted.Body);
        Assert.Equal(before, await Api.SnapshotAsync());
        Assert.True(await new Holder(Api, second.Token!, ByCookie: false).IsLetInAsync());
    }

    [Fact]
    public async Task By_cookie_the_same_cookie_comes_again_and_no_token_in_the_body()
    {
        var first = (await Api.SendAsync(Create(null, Key))).Is(201);
        var second = (await Api.SendAsync(Create(null, Key))).Is(201);

        Assert.Equal((first.SetCookie, first.Body), (second.SetCookie, second.Body));
        Assert.DoesNotContain(first.CookieToken!.Split('.')[1], second.Body, StringComparison.Ordinal);
        Assert.True(await new Holder(Api, second.CookieToken!, ByCookie: true).IsLetInAsync());
    }

    [Fact]
    public async Task With_another_content_the_key_is_refused_and_with_another_key_the_content_is_taken()
    {
        (await Api.SendAsync(Create("""{"data":{"a":1}}""", Key))).Is(201);
        var before = await Api.SnapshotAsync();

        (await Api.SendAsync(Create("""{"data":{"a":2}}""", Key))).Is(422, "not-allowed");
        (await Api.SendAsync(Create(null, Key))).Is(422, "not-allowed");
        Assert.Equal(before, await Api.SnapshotAsync());
        (await Api.SendAsync(Create("""{"data":{"a":2}}""", $"{Key}-2"))).Is(201);
    }

    [Theory]
    [InlineData("")]
    [InlineData("\"\"")]
    [InlineData("fifteen-letters")]
    [InlineData("\"fifteen-letters\"")]
    [InlineData("with spaces in it, though long enough")]
    [InlineData("ключ-ключ-ключ-ключ")]
    [InlineData("a\ttab-in-a-key-long-enough")]
    public async Task A_key_too_short_or_with_odd_characters_is_malformed_and_makes_no_session(string key)
    {
        (await Api.SendAsync(Create(null, key))).Is(400, "malformed-request");

        Assert.Equal("", await Api.SnapshotAsync());
    }

    [Fact]
    public async Task So_is_one_too_long_and_so_are_two()
    {
        (await Api.SendAsync(Create(null, new string('k', 256)))).Is(400, "malformed-request");
        (await Api.SendAsync(Create(null, Key).With("Idempotency-Key", $"{Key}-2"))).Is(400, "malformed-request");
        (await Api.SendAsync(Create(null, Key).With("Idempotency-Key", Key))).Is(400, "malformed-request");
        Assert.Equal("", await Api.SnapshotAsync());

        (await Api.SendAsync(Create(null, new string('k', 255)))).Is(201);
        (await Api.SendAsync(Create(null, "sixteen-letters!"))).Is(201);
    }

    [Fact]
    public async Task A_call_that_was_refused_leaves_the_key_unused()
    {
        (await Api.SendAsync(Create("""{"idleTimeout":0}""", Key))).Is(422);

        (await Api.SendAsync(Create("""{"idleTimeout":60}""", Key))).Is(201);
    }

    private static Request Create(string? json, string key) => new Request("POST", "sessions") { Json = json }.With("Idempotency-Key", key);
}
