namespace SessionFunctions.Tests.Service;

/// <summary>Somebody with a session.</summary>
public sealed record Holder(Api Api, string Token, bool ByCookie)
{
    public string Sid => Token.Split('.')[0];

    public string Secret => Token.Split('.')[1];

    /// <summary>A call with the token, by cookie as a page of the same origin makes it.</summary>
    public Request Request(string method, string path, string? json = null) => ByCookie
        ? (new Request(method, path) { Cookie = Token, Json = json }).With("Sec-Fetch-Site", "same-origin")
        : new Request(method, path) { Bearer = Token, Json = json };

    public Task<Answer> SendAsync(string method, string path, string? json = null) => Api.SendAsync(Request(method, path, json));

    public Task<Answer> ReadAsync(string query = "") => SendAsync("GET", $"sessions/current{query}");

    /// <summary>A look that keeps nothing alive.</summary>
    public async Task<bool> IsLetInAsync() => (await ReadAsync("?touch=false")).Status == 200;

    public Task<Answer> PutAsync(string data) => SendAsync("PUT", "sessions/current/data", data);

    public Task<Answer> PatchAsync(string patch) => SendAsync("PATCH", "sessions/current/data", patch);

    public Task<Answer> TouchAsync() => SendAsync("POST", "sessions/current/touch");

    public Task<Answer> LogOutAsync() => SendAsync("DELETE", "sessions/current");

    public Task<Answer> RotateAsync() => SendAsync("POST", "sessions/current/rotate");

    /// <summary>Rotates, and is the holder of the new token.</summary>
    public async Task<Holder> RotatedAsync()
    {
        var answer = (await RotateAsync()).Is(200);
        return this with { Token = (ByCookie ? answer.CookieToken : answer.Token)! };
    }
}
