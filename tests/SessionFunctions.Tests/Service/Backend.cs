namespace SessionFunctions.Tests.Service;

/// <summary>A trusted backend: it holds the function key.</summary>
public sealed record Backend(Api Api)
{
    public Request Request(string method, string path, string? json = null) =>
        new Request(method, path) { Json = json }.With("x-functions-key", Api.FunctionKey);

    public Task<Answer> SendAsync(string method, string path, string? json = null) => Api.SendAsync(Request(method, path, json));

    /// <summary>A session of a user, whose holder has the token in hand.</summary>
    public async Task<Holder> CreateAsync(string? user, string more = "")
    {
        var body = user is null ? "{}" : $$"""{"user":"{{user}}"{{more}}}""";
        return new Holder(Api, (await SendAsync("POST", "manage/sessions", body)).Is(201).Token!, ByCookie: false);
    }

    public async Task<string> TicketAsync(string sid, string user, string more = "") =>
        (await SendAsync("POST", $"manage/sessions/{sid}/ticket", $$"""{"user":"{{user}}"{{more}}}""")).Is(201)
            .Json.GetProperty("ticket").GetString()!;

    public Task<Answer> IntrospectAsync(string token, string more = "") =>
        SendAsync("POST", "manage/introspect", $$"""{"token":"{{token}}"{{more}}}""");

    /// <summary>The ids in a user's list.</summary>
    public async Task<IReadOnlyList<string>> SidsAsync(string user) =>
        SidsOf(await ListAsync(user));

    /// <summary>A user's sessions.</summary>
    public async Task<Answer> ListAsync(string user) =>
        (await SendAsync("POST", "manage/users/sessions", $$"""{"user":"{{user}}"}""")).Is(200);

    /// <summary>Logs a user out everywhere.</summary>
    public async Task<Answer> EndAsync(string user) =>
        (await SendAsync("POST", "manage/users/end-sessions", $$"""{"user":"{{user}}"}""")).Is(200);

    public IReadOnlyList<string> SidsOf(Answer list) =>
        [.. list.Json.GetProperty("sessions").EnumerateArray().Select(session => session.GetProperty("sid").GetString()!)];
}
