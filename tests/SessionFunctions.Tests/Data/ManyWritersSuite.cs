using SessionFunctions.Tests.Service;

namespace SessionFunctions.Tests.Data;

/// <summary>Writers that meet on one session.</summary>
public abstract class ManyWritersSuite(Storage storage) : ApiSuite(storage)
{
    private const int Writers = 25;

    [Fact]
    public async Task Twenty_five_clients_that_patch_25_keys_at_once_all_succeed_and_lose_nothing()
    {
        var holder = await Api.BearerAsync();

        var answers = await AtOnceAsync(writer => holder.PatchAsync($$"""{"key{{writer}}":{{writer}}}"""));

        Assert.All(answers, answer => answer.Is(200));
        var session = (await holder.ReadAsync()).Is(200).Json;
        Assert.Equal(1 + Writers, session.GetProperty("version").GetInt32());
        Assert.Equal(
            Enumerable.Range(0, Writers).Select(writer => $"key{writer}={writer}").Order(StringComparer.Ordinal),
            session.GetProperty("data").EnumerateObject().Select(member => $"{member.Name}={member.Value}").Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Of_25_that_name_the_same_version_one_wins()
    {
        var holder = await Api.BearerAsync();

        var answers = await AtOnceAsync(writer =>
            Api.SendAsync(holder.Request("PATCH", "sessions/current/data", $$"""{"winner":{{writer}}}""").With("If-Match", "\"1\"")));

        Assert.Equal((1, Writers - 1), (answers.Count(answer => answer.Status == 200), answers.Count(answer => answer.Status == 412)));
    }

    [Fact]
    public async Task A_log_out_among_them_is_final()
    {
        var holder = await Api.BearerAsync();

        var answers = await AtOnceAsync(writer => writer == 0 ? holder.LogOutAsync() : holder.PatchAsync($$"""{"key{{writer}}":{{writer}}}"""));

        answers[0].Is(204);
        Assert.All(answers.Skip(1), answer => Assert.True(answer.Status is 200 or 401));
        Assert.Equal("", await Api.SnapshotAsync());
    }

    /// <summary>Each on a thread of its own, behind a barrier.</summary>
    private static async Task<Answer[]> AtOnceAsync(Func<int, Task<Answer>> call)
    {
        using var barrier = new Barrier(Writers);
        return await Task.WhenAll(Enumerable.Range(0, Writers).Select(writer => Task.Factory.StartNew(
            () =>
            {
                barrier.SignalAndWait();
                return call(writer);
            },
            TaskCreationOptions.LongRunning).Unwrap()));
    }
}
