using SessionFunctions.Tests.Service;

namespace SessionFunctions.Tests.Create;

/// <summary>POST /sessions.</summary>
public abstract class CreateSuite(Storage storage) : ApiSuite(storage)
{
    [Theory]
    [InlineData(null)]
    [InlineData("{}")]
    [InlineData("""{"data":null,"persistent":null,"idleTimeout":null,"lifetime":null,"transport":null}""")]
    [InlineData("""{"transport":"cookie"}""")]
    public async Task With_nothing_asked_for_a_session_comes_with_a_cookie_and_the_defaults(string? body)
    {
        var answer = (await CreateAsync(body)).Is(201);

        Assert.Equal("/api/sessions/current", answer.Header("Location"));
        Assert.Equal("\"1\"", answer.ETag);
        Assert.Equal(
            $$"""
            {"sid":"{{answer.CookieToken!.Split('.')[0]}}","version":1,"data":{},"claims":{},"persistent":false,
            "createdAt":"2030-01-01T00:00:00Z","lastSeenAt":"2030-01-01T00:00:00Z",
            "expiresAt":"2030-01-01T00:22:00Z","endsAt":"2030-01-01T08:00:00Z",
            "idleTimeout":1200,"lifetime":28800}
            """.ReplaceLineEndings(""),
            answer.Body);
    }

    [Fact]
    public async Task The_cookie_is_out_of_reach_for_scripts_for_plain_http_and_for_other_hosts()
    {
        var answer = await CreateAsync(null);

        Assert.Equal($"__Host-session={answer.CookieToken}; Path=/; Secure; HttpOnly; SameSite=Lax", answer.SetCookie);
        Assert.Matches(@"^0[01][a-z2-7]{26}\.[A-Za-z0-9_-]{43}$", answer.CookieToken);
    }

    [Fact]
    public async Task With_a_cookie_the_token_is_nowhere_else()
    {
        var answer = await CreateAsync("""{"data":{"a":1}}""");

        Assert.Null(answer.Token);
        Assert.DoesNotContain(answer.CookieToken!.Split('.')[1], answer.Body, StringComparison.Ordinal);
        Assert.DoesNotContain(answer.CookieToken!.Split('.')[1], answer.Header("Location"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task With_bearer_transport_the_token_is_in_the_body_and_no_cookie_is_set()
    {
        var answer = (await CreateAsync("""{"transport":"bearer"}""")).Is(201);

        Assert.Null(answer.SetCookie);
        Assert.Matches(@"^0[01][a-z2-7]{26}\.[A-Za-z0-9_-]{43}$", answer.Token);
        Assert.Equal(answer.Token!.Split('.')[0], answer.Json.GetProperty("sid").GetString());
        Assert.Equal("/api/sessions/current", answer.Header("Location"));
    }

    [Theory]
    [InlineData("", 7_776_000, 1_209_600)]
    [InlineData(""","lifetime":3600""", 3600, 1_209_600)]
    [InlineData(""","lifetime":3600.9,"idleTimeout":60""", 3600, 60)]
    public async Task A_persistent_sessions_cookie_lasts_as_long_as_the_session_may(string more, long maxAge, double idleTimeout)
    {
        var answer = (await CreateAsync($$"""{"persistent":true{{more}}}""")).Is(201);

        Assert.Equal($"__Host-session={answer.CookieToken}; Max-Age={maxAge}; Path=/; Secure; HttpOnly; SameSite=Lax", answer.SetCookie);
        Assert.True(answer.Json.GetProperty("persistent").GetBoolean());
        Assert.Equal(idleTimeout, answer.Json.GetProperty("idleTimeout").GetDouble());
    }

    [Fact]
    public async Task Data_comes_along_and_is_read_back()
    {
        const string Data = """{"cart":[{"sku":"A-1","n":2}],"grün":"🦊 <b>&amp;</b>","n":123456789012345678901234567890}""";
        var answer = (await CreateAsync($$""" { "transport" : "bearer", "data" : {{Data}} } """)).Is(201);

        Assert.Equal(Data, answer.Data);
        Assert.Equal(Data, (await new Holder(Api, answer.Token!, ByCookie: false).ReadAsync()).Is(200).Data);
    }

    [Theory]
    [InlineData("""{"idleTimeout":60,"lifetime":600}""", 60, 600)]
    [InlineData("""{"idleTimeout":1.5}""", 1.5, 28_800)]
    [InlineData("""{"idleTimeout":1200,"lifetime":28800}""", 1200, 28_800)]
    [InlineData("""{"lifetime":1}""", 1200, 1)]
    public async Task The_times_may_be_shortened(string body, double idleTimeout, double lifetime)
    {
        var session = (await CreateAsync(body)).Is(201).Json;

        Assert.Equal((idleTimeout, lifetime), (session.GetProperty("idleTimeout").GetDouble(), session.GetProperty("lifetime").GetDouble()));
    }

    [Theory]
    [InlineData("""{"idleTimeout":1200.001}""")]
    [InlineData("""{"idleTimeout":0.999}""")]
    [InlineData("""{"idleTimeout":0}""")]
    [InlineData("""{"idleTimeout":-1}""")]
    [InlineData("""{"idleTimeout":1e400}""")]
    [InlineData("""{"idleTimeout":"60"}""")]
    [InlineData("""{"lifetime":28801}""")]
    [InlineData("""{"lifetime":true}""")]
    [InlineData("""{"persistent":true,"idleTimeout":1209601}""")]
    [InlineData("""{"persistent":true,"lifetime":7776001}""")]
    [InlineData("""{"persistent":"yes"}""")]
    [InlineData("""{"transport":"header"}""")]
    [InlineData("""{"transport":1}""")]
    [InlineData("""{"idletimeout":60}""")] // misspelt, it would be a longer one than was asked for
    [InlineData("""{"claims":{"admin":true}}""")]
    [InlineData("""{"user":"ada@shop.example"}""")]
    [InlineData("""{"version":7}""")]
    public async Task What_may_not_be_asked_for_is_refused_and_makes_no_session(string body)
    {
        (await CreateAsync(body)).Is(422, "not-allowed");

        Assert.Equal("", await Api.SnapshotAsync());
    }

    [Fact]
    public async Task A_session_presented_along_is_left_alone_and_the_new_one_is_another()
    {
        var holder = await Api.CookieAsync();

        var answer = (await holder.SendAsync("POST", "sessions")).Is(201);

        Assert.NotEqual(holder.Sid, answer.Json.GetProperty("sid").GetString());
        Assert.True(await holder.IsLetInAsync());
    }

    private Task<Answer> CreateAsync(string? body) => Api.SendAsync(new Request("POST", "sessions") { Json = body });
}
