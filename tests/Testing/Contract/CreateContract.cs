using Sessions;
using Sessions.Create;
using Sessions.Table;

using static SessionFunctions.Testing.SessionWorld;

namespace SessionFunctions.Testing.Contract;

/// <summary>What a new session is like, and which ones aren't made.</summary>
public abstract class CreateContract(Func<ITable> newTable) : ContractSuite(newTable)
{
    [Fact]
    public async Task A_session_is_read_as_it_was_created()
    {
        var world = NewWorld();
        var issued = await world.CreateAsync(new NewSession { Data = DataOf("""{"cart":["tea","grün","🦊"]}"""), Persistent = true });

        var read = Value(await world.ReadAsync(issued.Token));

        Assert.Equal(issued.Session with { Data = read.Data, Claims = read.Claims, Secrets = read.Secrets }, read);
        Assert.Equal("""{"cart":["tea","grün","🦊"]}""", Json(read.Data));
    }

    [Fact]
    public async Task A_call_may_shorten_the_times_and_never_exceed_them()
    {
        var world = NewWorld();
        var max = world.Lifetimes;

        Assert.Equal(RefusalKind.NotAllowed, await RefusedAsync(new() { IdleTimeout = max.IdleTimeout + TimeSpan.FromSeconds(1) }));
        Assert.Equal(RefusalKind.NotAllowed, await RefusedAsync(new() { Lifetime = max.AbsoluteLifetime + TimeSpan.FromSeconds(1) }));
        Assert.Equal(RefusalKind.NotAllowed, await RefusedAsync(new() { IdleTimeout = TimeSpan.FromMilliseconds(999) }));
        Assert.Null(await RefusedAsync(new() { IdleTimeout = max.IdleTimeout, Lifetime = max.AbsoluteLifetime }));
        Assert.Null(await RefusedAsync(new() { Persistent = true, IdleTimeout = max.PersistentIdleTimeout }));

        async Task<RefusalKind?> RefusedAsync(NewSession wanted) => (await world.Creation.CreateAsync(wanted, default)).Refusal?.Kind;
    }

    [Fact]
    public async Task Data_that_would_make_a_row_too_large_is_refused_before_it_is_sent()
    {
        var world = NewWorld(settings => settings.MaxDataBytes = 4_000_000);
        var noise = new byte[1_000_000];
        new Random(1).NextBytes(noise);
        var data = DataOf($$"""{"a":"{{Convert.ToBase64String(noise)}}"}""");

        var result = await world.Creation.CreateAsync(new NewSession { Data = data }, default);

        Assert.Equal(RefusalKind.TooLarge, result.Refusal?.Kind);
    }
}
