using SessionFunctions.Tests.Service;

namespace SessionFunctions.Tests.Operate;

/// <summary><c>PATCH /manage/sessions/{sid}</c>: what moving a session's deadlines does to it as time passes.</summary>
public sealed class DeadlinesTests() : OperatorSuite(Storage.Memory)
{
    [Fact]
    public async Task A_session_is_over_at_the_moment_that_was_set_and_using_it_does_not_put_that_off()
    {
        var holder = await Api.BearerAsync();
        (await MoveAsync(holder, """{"expiresIn":60,"endsIn":300}""")).Is(200);
        Api.Clock.Advance(TimeSpan.FromSeconds(59));
        (await holder.TouchAsync()).Is(204);
        Api.Clock.Advance(TimeSpan.FromSeconds(240.999));
        Assert.True(await holder.IsLetInAsync());

        Api.Clock.Advance(TimeSpan.FromSeconds(0.001));

        Assert.False(await holder.IsLetInAsync());
        (await MoveAsync(holder, """{"endsIn":300}""")).Is(404, "not-found"); // nothing brings it back
    }

    [Fact]
    public async Task One_that_is_not_used_is_over_when_its_expiresIn_is()
    {
        var holder = await Api.BearerAsync();
        (await MoveAsync(holder, """{"expiresIn":60}""")).Is(200);
        Api.Clock.Advance(TimeSpan.FromSeconds(59.999));
        Assert.True(await holder.IsLetInAsync());

        Api.Clock.Advance(TimeSpan.FromSeconds(0.001));

        Assert.False(await holder.IsLetInAsync());
    }

    [Fact]
    public async Task The_end_can_be_put_off_again_and_again()
    {
        var holder = await Api.BearerAsync();

        for (var time = 1; time <= 30; time++) // longer than the eight hours that a session has
        {
            Api.Clock.Advance(TimeSpan.FromMinutes(19));
            (await MoveAsync(holder, """{"expiresIn":1200,"endsIn":28800}""")).Is(200);
        }

        Assert.True(await holder.IsLetInAsync());
    }

    [Fact]
    public async Task What_is_beyond_the_configured_times_changes_no_row()
    {
        var holder = await Api.BearerAsync();
        var before = await Api.SnapshotAsync();

        string[] refused =
            ["""{"expiresIn":1201}""", """{"endsIn":28801}""", """{"expiresIn":0}""", """{"expiresIn":60,"endsIn":28801}""", "{}"];
        foreach (var wanted in refused)
        {
            (await MoveAsync(holder, wanted)).Is(422, "not-allowed");
        }

        (await MoveAsync(holder, "[")).Is(400, "malformed-request");
        Assert.Equal(before, await Api.SnapshotAsync());
    }

    private Task<Answer> MoveAsync(Holder holder, string wanted) => Operator.SendAsync("PATCH", $"manage/sessions/{holder.Sid}", wanted);
}
