using SessionFunctions.Testing;
using SessionFunctions.Tests.Service;

namespace SessionFunctions.Tests.Health;

/// <summary>Azurite stops in the middle of a run, and comes back.</summary>
public sealed class OutageTests : IAsyncLifetime
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("azurite-");
    private Azurite _azurite = null!;

    public async ValueTask InitializeAsync() => _azurite = await Azurite.StartAsync(_folder.FullName);

    public async ValueTask DisposeAsync()
    {
        await _azurite.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    [Fact]
    public async Task Without_its_storage_the_api_says_so_and_it_works_again_when_that_is_back()
    {
        await using var api = await Api.StartAsync(Storage.Of(_azurite));
        (await api.GetAsync("health/ready")).Is(200); // before there is a table
        var holder = await api.BearerAsync("""{"a":1}""");

        await _azurite.StopAsync();
        var answers = await Task.WhenAll(
            holder.ReadAsync(),
            holder.PatchAsync("""{"b":2}"""),
            holder.TouchAsync(),
            holder.RotateAsync(),
            holder.LogOutAsync(),
            api.SendAsync(new Request("POST", "sessions")),
            api.GetAsync("health/ready"));
        Assert.All(answers, answer => Assert.Equal("2", answer.Is(503, "storage-unavailable").Header("Retry-After")));
        Assert.All(answers, answer => Assert.Null(answer.SetCookie));
        (await api.GetAsync("health/live")).Is(200);
        (await api.SendAsync(new Request("GET", "sessions/current"))).Is(401); // no token, no need to ask

        await _azurite.StartAgainAsync();
        (await api.GetAsync("health/ready")).Is(200);
        Assert.Equal("""{"a":1}""", (await holder.ReadAsync()).Is(200).Data);
        Assert.Equal("""{"a":1,"b":2}""", (await holder.PatchAsync("""{"b":2}""")).Is(200).Data);
    }
}
