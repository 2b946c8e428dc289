using SessionFunctions.Tests.Service;

namespace SessionFunctions.Tests.Entry;

/// <summary>What may stand in a log, and what never does.</summary>
public abstract class LogSuite(Storage storage) : ApiSuite(storage)
{
    [Fact]
    public async Task A_sessions_life_is_logged_by_its_id_without_a_secret_or_any_data_at_every_level()
    {
        var holders = new List<Holder>();
        foreach (var byCookie in (bool[])[true, false])
        {
            var first = await HolderAsync(byCookie, """{"card-name":"card-4111"}""");
            (await first.PatchAsync("""{"card-name":"card-4242"}""")).Is(200);
            (await first.PutAsync("""{"card-name":1,"card-name":2}""")).Is(400);
            (await first.TouchAsync()).Is(204);
            var second = await first.RotatedAsync();
            (await second.ReadAsync()).Is(200);
            Api.Clock.Advance(TimeSpan.FromMinutes(1));
            (await first.ReadAsync()).Is(401); // a replay
            var third = await HolderAsync(byCookie);
            (await third.LogOutAsync()).Is(204);
            (await Api.SendAsync(new Request("GET", "sessions/current") { Bearer = $"{first.Token}+" })).Is(401);
            holders.AddRange([first, second, third]);
        }

        var log = Api.Log;

        Assert.All(holders, holder => Assert.Contains(holder.Sid, log, StringComparison.Ordinal));
        Assert.All(holders, holder => Assert.DoesNotContain(holder.Secret, log, StringComparison.Ordinal));
        Assert.DoesNotContain("card-", log, StringComparison.Ordinal);
        Assert.Contains($"Warning Session {holders[0].Sid} ended: a token was used again", log, StringComparison.Ordinal);
        Assert.Contains($"Information Session {holders[2].Sid} ended by its holder", log, StringComparison.Ordinal);
    }
}
