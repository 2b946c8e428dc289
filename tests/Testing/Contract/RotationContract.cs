using Sessions;
using Sessions.Table;

using static SessionFunctions.Testing.SessionWorld;

namespace SessionFunctions.Testing.Contract;

/// <summary>How a session's token changes, and what becomes of the old one.</summary>
public abstract class RotationContract(Func<ITable> newTable) : ContractSuite(newTable)
{
    [Fact]
    public async Task Both_tokens_work_until_the_new_one_is_used_and_a_little_longer()
    {
        var world = NewWorld();
        var old = (await world.CreateAsync()).Token;
        var pending = await world.RotateAsync(old);
        world.Clock.Advance(TimeSpan.FromMinutes(10));
        Assert.True(await world.IsLetInAsync(old));

        Assert.True(await world.IsLetInAsync(pending));

        world.Clock.Advance(TimeSpan.FromSeconds(29));
        Assert.True(await world.IsLetInAsync(old));
        Assert.True(await world.IsLetInAsync(pending));
    }

    [Fact]
    public async Task An_old_token_used_after_the_grace_period_ends_the_session_and_is_logged_as_a_replay_once()
    {
        var logs = new LogLines();
        var world = new SessionWorld(NewTable(), logs: logs);
        var (old, next) = await RotatedAwayAsync(world);
        logs.Take();

        Assert.False(await world.IsLetInAsync(old));

        Assert.Equal(
            $"Session {old.Id} ended: a token was used again after it had been rotated away, so somebody kept a copy",
            Assert.Single(logs.Take()));
        Assert.False(await world.IsLetInAsync(next));
        Assert.Empty(await world.RowsAsync());
    }

    [Fact]
    public async Task A_replay_ends_the_session_at_a_sign_in_and_at_a_log_out_too_and_is_logged_as_one()
    {
        foreach (var isSignIn in new[] { true, false })
        {
            var logs = new LogLines();
            var world = new SessionWorld(NewTable(), logs: logs);
            var (old, next) = await RotatedAwayAsync(world);
            var code = await world.TicketAsync(old.Id, "ada");
            logs.Take();

            if (isSignIn)
            {
                Assert.Equal(Refusal.NotAuthenticated, (await world.RedeemAsync(old, code)).Refusal);
            }
            else
            {
                Assert.True(await world.Holder.EndAsync(old, default));
            }

            Assert.Contains("a token was used again", Assert.Single(logs.Take()), StringComparison.Ordinal);
            Assert.False(await world.IsLetInAsync(next));
        }
    }

    [Fact]
    public async Task A_token_is_rotated_by_itself_when_old_enough_and_once_only_while_the_answer_is_on_its_way()
    {
        var world = NewWorld(settings => settings.RotateAfter = TimeSpan.FromMinutes(5));
        var token = (await world.CreateAsync()).Token;
        Assert.Null(Value(await world.Holder.ReadAndRotateAsync(token, slide: true, default)).Rotated);

        world.Clock.Advance(TimeSpan.FromMinutes(5));
        var next = Value(await world.Holder.ReadAndRotateAsync(token, slide: true, default)).Rotated;
        Assert.NotNull(next);
        Assert.Null(Value(await world.Holder.ReadAndRotateAsync(token, slide: true, default)).Rotated);
        Assert.Null(Value(await world.Holder.ReadAndRotateAsync(next, slide: true, default)).Rotated);

        Assert.True(await world.IsLetInAsync(next));
        Assert.True(await world.IsLetInAsync(token));
    }

    /// <summary>A token whose grace is over, and the one in its place.</summary>
    private static async Task<(SessionToken Old, SessionToken Next)> RotatedAwayAsync(SessionWorld world)
    {
        var old = (await world.CreateAsync()).Token;
        var next = await world.RotateAsync(old);
        Assert.True(await world.IsLetInAsync(next));
        world.Clock.Advance(TimeSpan.FromSeconds(30));
        return (old, next);
    }
}
