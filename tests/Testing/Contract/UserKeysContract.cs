using System.Security.Cryptography;
using System.Text;
using Sessions;
using Sessions.Table;

using static SessionFunctions.Testing.SessionWorld;

namespace SessionFunctions.Testing.Contract;

/// <summary>What a table knows users by: the same for every app that uses it, for as long as the table is there.</summary>
public abstract class UserKeysContract(Func<ITable> newTable) : ContractSuite(newTable)
{
    private const string NewKey = "k2:AQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQE=";

    /// <summary>160 bits of ada's SHA-256 in base32.</summary>
    private const string PlainHash = "7xxegdkaxvl552wbq3gzpeadhuhqn6ij";

    [Fact]
    public async Task Where_there_are_keys_nothing_in_the_table_tells_whether_a_user_one_thinks_of_is_there()
    {
        var world = NewWorld(settings => settings.MaxPerUser = 5);
        await world.CreateAsync("ada");
        Value(await world.SignInAsync((await world.CreateAsync()).Token.Id, "ada"));
        await world.TicketAsync((await world.CreateAsync()).Token.Id, "ada");

        var hash = SHA256.HashData(Encoding.UTF8.GetBytes("ada"));
        var rows = (await world.RowsAsync()).Append((await world.Table.FindAsync("table", "m:table", default))!).ToList();

        Assert.All(rows.SelectMany(row => row.Columns.Values.Append(row.Key)), value =>
        {
            var text = value is byte[] bytes ? Encoding.Latin1.GetString(bytes) : $"{value}";
            Assert.DoesNotContain(PlainHash, text, StringComparison.Ordinal);
            Assert.DoesNotContain(Encoding.Latin1.GetString(hash, 0, 20), text, StringComparison.Ordinal);
            Assert.DoesNotContain(Convert.ToHexString(hash), text, StringComparison.OrdinalIgnoreCase);
        });
        Assert.Equal(2, (await world.ListAsync("ada")).Count);
    }

    [Fact]
    public async Task A_table_made_without_keys_keeps_the_plain_hash_also_when_keys_are_set_later()
    {
        var table = NewTable();
        await new SessionWorld(table, settings => settings.EncryptionKeys = null).CreateAsync("ada");

        var later = new SessionWorld(table);

        Assert.Equal(PlainHash, (await later.KeyOfAsync("ada")).ToString());
        Assert.Single(await later.ListAsync("ada"));
    }

    [Fact]
    public async Task A_user_has_one_key_at_all_apps_of_a_table_whichever_key_of_the_ring_is_first_and_others_in_another_table()
    {
        var table = NewTable();
        var made = await new SessionWorld(table).KeyOfAsync("ada");
        var rings = new[] { TestKey, $"{TestKey};{NewKey}", $"{NewKey};{TestKey}", NewKey };

        foreach (var ring in rings)
        {
            Assert.Equal(made, await new SessionWorld(table, settings => settings.EncryptionKeys = ring).KeyOfAsync("ada"));
        }

        Assert.NotEqual(made, await NewWorld().KeyOfAsync("ada"));
    }

    [Fact]
    public async Task A_session_says_in_clear_which_users_it_is()
    {
        var world = NewWorld();
        var id = (await world.CreateAsync("ada")).Token.Id;
        var row = (await world.Table.FindAsync(id.Shard.ToString(), $"s:{id}", default))!;

        var key = await world.KeyOfAsync("ada");

        Assert.Equal(key.ToString(), row.Text("userkey"));
        Assert.Equal(key, Value(await world.Operator.FindAsync(id, default)).UserKey);
        Assert.Equal(Shard.Of(key, world.Shards), id.Shard);
    }
}
