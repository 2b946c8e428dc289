using Sessions;
using Sessions.Table;

using static SessionFunctions.Testing.SessionWorld;

namespace SessionFunctions.Testing.Contract;

/// <summary>The other sessions of the user that a holder is signed in as, as the holder sees and ends them.</summary>
public abstract class SiblingsContract(Func<ITable> newTable) : ContractSuite(newTable)
{
    [Fact]
    public async Task The_holder_sees_and_ends_them_all_and_keeps_the_own_session()
    {
        var world = NewWorld();
        var (mine, sibling, anonymous) = (await world.CreateAsync("ada"), await world.CreateAsync("ada"), await world.CreateAsync());

        Assert.Equal([sibling.Token.Id], Value(await world.Siblings.ListAsync(mine.Token, after: null, default)).Sessions.Select(entry => entry.Id));
        Assert.Empty(Value(await world.Siblings.ListAsync(anonymous.Token, after: null, default)).Sessions);
        Assert.Equal(1, Value(await world.Siblings.EndAsync(mine.Token, default)));

        Assert.False(await world.IsLetInAsync(sibling.Token));
        Assert.True(await world.IsLetInAsync(mine.Token));
        Assert.Equal(0, Value(await world.Siblings.EndAsync(anonymous.Token, default)));
    }

    [Fact]
    public async Task One_of_them_is_ended_and_no_other()
    {
        var world = NewWorld();
        var (mine, chosen, other) = (await world.CreateAsync("ada"), await world.CreateAsync("ada"), await world.CreateAsync("ada"));

        Assert.Null(await world.Siblings.EndOneAsync(mine.Token, chosen.Token.Id, default));

        Assert.False(await world.IsLetInAsync(chosen.Token));
        Assert.True(await world.IsLetInAsync(other.Token));
        Assert.True(await world.IsLetInAsync(mine.Token));
        Assert.Equal(RefusalKind.Missing, (await world.Siblings.EndOneAsync(mine.Token, chosen.Token.Id, default))?.Kind);
    }

    [Fact]
    public async Task What_is_no_sibling_is_missing_and_lives_on()
    {
        var world = NewWorld();
        var (mine, foreign, anonymous) = (await world.CreateAsync("ada"), await world.CreateAsync("bob"), await world.CreateAsync());

        SessionId[] none = [foreign.Token.Id, anonymous.Token.Id, mine.Token.Id, SessionId.New(mine.Token.Id.Shard)];
        foreach (var id in none)
        {
            Assert.Equal(RefusalKind.Missing, (await world.Siblings.EndOneAsync(mine.Token, id, default))?.Kind);
            Assert.Equal(RefusalKind.Missing, (await world.Siblings.EndOneAsync(anonymous.Token, id, default))?.Kind);
        }

        Assert.True(await world.IsLetInAsync(mine.Token));
        Assert.True(await world.IsLetInAsync(foreign.Token));
        Assert.True(await world.IsLetInAsync(anonymous.Token));
        var stranger = SessionToken.New(mine.Token.Id);
        Assert.Equal(Refusal.NotAuthenticated, await world.Siblings.EndOneAsync(stranger, foreign.Token.Id, default));
    }
}
