namespace SessionFunctions.Tests.Service;

/// <summary>Calls over HTTP, to an API of each test's own.</summary>
public abstract class ApiSuite(Storage storage, params (string Name, string Value)[] settings) : IAsyncLifetime
{
    protected Api Api { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Api = await Api.StartAsync(storage, settings);

    public async ValueTask DisposeAsync() => await Api.DisposeAsync();

    /// <summary>Somebody with a session, by cookie or by bearer token.</summary>
    protected Task<Holder> HolderAsync(bool byCookie, string data = "{}", string more = "") =>
        byCookie ? Api.CookieAsync(data, more) : Api.BearerAsync(data, more);
}
