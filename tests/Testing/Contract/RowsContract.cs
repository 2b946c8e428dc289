using Sessions;
using Sessions.Create;
using Sessions.Table;

using static SessionFunctions.Testing.SessionWorld;

namespace SessionFunctions.Testing.Contract;

/// <summary>What stands in the table is safe from whoever can write there, and survives a change of keys.</summary>
public abstract class RowsContract(Func<ITable> newTable) : ContractSuite(newTable)
{
    private const string NewKey = "k2:AQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQE=";

    [Fact]
    public async Task A_payload_moved_to_another_column_does_not_open()
    {
        var world = NewWorld();
        var issued = await world.CreateAsync(new NewSession { Data = DataOf("""{"role":"admin"}""") });
        var (shard, key) = (issued.Token.Id.Shard.ToString(), $"s:{issued.Token.Id}");
        var row = (await world.Table.FindAsync(shard, key, default))!;

        await world.Table.SubmitAsync(
            new RowBatch(shard).Merge(key, new Dictionary<string, object> { ["claims0"] = row.Bytes("data0")! }, null), default);

        Assert.Equal(Refusal.NotAuthenticated, (await world.ReadAsync(issued.Token)).Refusal);
    }

    [Fact]
    public async Task Beside_keys_a_payload_in_clear_does_not_open()
    {
        var table = NewTable();
        var clear = await new SessionWorld(table, settings => settings.EncryptionKeys = null).CreateAsync();

        Assert.Equal(Refusal.NotAuthenticated, (await new SessionWorld(table).ReadAsync(clear.Token)).Refusal);
        var movingOver = new SessionWorld(table, settings => settings.AllowUnencryptedPayloads = true);
        Assert.Null((await movingOver.ReadAsync(clear.Token)).Refusal);
    }

    [Fact]
    public async Task What_can_not_be_opened_can_be_ended_for_good()
    {
        var table = NewTable();
        var old = new SessionWorld(table, settings => settings.EncryptionKeys = null);
        SessionToken[] tokens = [(await old.CreateAsync()).Token, (await old.CreateAsync()).Token, (await old.CreateAsync("ada")).Token];
        var keyed = new SessionWorld(table);
        Assert.False(await keyed.IsLetInAsync(tokens[0]));

        await keyed.Operator.EndAsync(tokens[0].Id, default);
        Assert.True(await keyed.Holder.EndAsync(tokens[1], default));
        Assert.Equal(1, Value(await keyed.Users.EndAsync(Named("ada"), except: null, default)));

        foreach (var token in tokens)
        {
            Assert.False(await old.IsLetInAsync(token)); // where it could be opened
        }

        Assert.Empty(await keyed.RowsAsync());
    }

    [Fact]
    public async Task A_wrong_secret_has_no_payload_decoded()
    {
        var (table, logs) = (NewTable(), new LogLines());
        var clear = await new SessionWorld(table, settings => settings.EncryptionKeys = null).CreateAsync();
        var world = new SessionWorld(table, logs: logs);

        Assert.Equal(Refusal.NotAuthenticated, (await world.ReadAsync(SessionToken.New(clear.Token.Id))).Refusal);
        Assert.DoesNotContain(logs.Take(), line => line.Contains("can't be read", StringComparison.Ordinal));

        await world.ReadAsync(clear.Token);
        Assert.Contains(logs.Take(), line => line.Contains("can't be read", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_is_longer_than_the_limits_that_are_set_now_does_not_open()
    {
        var table = NewTable();
        var issued = await new SessionWorld(table).CreateAsync(new NewSession { Data = DataOf($$"""{"a":"{{new string('x', 500)}}"}""") });

        var lowered = new SessionWorld(table, settings => settings.MaxDataBytes = 500);

        Assert.Equal(Refusal.NotAuthenticated, (await lowered.ReadAsync(issued.Token)).Refusal);
    }

    [Fact]
    public async Task A_new_first_key_logs_nobody_out()
    {
        var table = NewTable();
        var issued = await new SessionWorld(table).CreateAsync(new NewSession { Data = DataOf("""{"a":1}""") });

        var rekeyed = new SessionWorld(table, settings => settings.EncryptionKeys = $"{NewKey};{TestKey}");
        await rekeyed.PatchAsync(issued.Token, """{"b":2}""");
        var newKeyOnly = new SessionWorld(table, settings => settings.EncryptionKeys = NewKey);

        Assert.Equal("""{"a":1,"b":2}""", Json(Value(await newKeyOnly.ReadAsync(issued.Token)).Data));
    }
}
