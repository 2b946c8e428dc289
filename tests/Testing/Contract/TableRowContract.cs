using Sessions;
using Sessions.Table;

using static SessionFunctions.Testing.SessionWorld;

namespace SessionFunctions.Testing.Contract;

/// <summary>The table's own row: what a table was made with holds for every app that uses it.</summary>
public abstract class TableRowContract(Func<ITable> newTable) : ContractSuite(newTable)
{
    private const string NewKey = "k2:AQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQE=";

    [Fact]
    public async Task An_app_with_another_number_of_shards_than_the_table_was_made_with_does_not_serve()
    {
        var table = NewTable();
        var issued = await new SessionWorld(table, settings => settings.Shards = 4).CreateAsync("ada");

        var other = new SessionWorld(table, settings => settings.Shards = 5);
        Func<Task>[] calls =
        [
            () => other.CreateAsync(),
            () => other.ReadAsync(issued.Token),
            () => other.ListAsync("ada"),
            () => other.Holder.EndAsync(issued.Token, default),
            () => other.EndEverything.RunAsync(default),
            () => other.Readiness.CheckAsync(default),
        ];

        foreach (var call in calls)
        {
            var mismatch = await Assert.ThrowsAsync<TableMismatchException>(call);
            Assert.Contains("made with 4 shards, and Sessions:Shards is 5", mismatch.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task An_app_without_the_key_that_the_tables_row_is_sealed_with_does_not_serve()
    {
        var table = NewTable();
        await new SessionWorld(table).CreateAsync("ada");

        foreach (var keys in new[] { null, NewKey })
        {
            var mismatch = await Assert.ThrowsAsync<TableMismatchException>(
                () => new SessionWorld(table, settings => settings.EncryptionKeys = keys).CreateAsync());
            Assert.Contains("Sessions:EncryptionKeys has no key 'k1'", mismatch.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_new_first_key_seals_the_row_anew_so_that_the_old_one_can_be_taken_out()
    {
        var table = NewTable();
        await new SessionWorld(table).CreateAsync();

        await new SessionWorld(table, settings => settings.EncryptionKeys = $"{TestKey};{NewKey}").CreateAsync();
        await new SessionWorld(table, settings => settings.EncryptionKeys = $"{NewKey};{TestKey}").CreateAsync();

        await new SessionWorld(table, settings => settings.EncryptionKeys = NewKey).CreateAsync();
    }

    [Fact]
    public async Task Where_the_row_can_not_be_sealed_anew_what_it_says_holds_all_the_same()
    {
        var table = new InterruptedTable(NewTable());
        var key = await new SessionWorld(table).KeyOfAsync("ada");

        table.BeforeNextSubmit = () => throw new InvalidOperationException("for the test");
        var rekeyed = new SessionWorld(table, settings => settings.EncryptionKeys = $"{NewKey};{TestKey}");

        Assert.Equal(key, await rekeyed.KeyOfAsync("ada"));
        Assert.Null(table.BeforeNextSubmit);
    }

    [Fact]
    public async Task Two_apps_that_need_it_first_at_once_agree_on_it()
    {
        var table = NewTable();
        var worlds = Enumerable.Range(0, 4).Select(_ => new SessionWorld(table)).ToList();

        await AtOnceAsync(worlds.Count, n => worlds[n].CreateAsync("ada"));

        Assert.All(await Task.WhenAll(worlds.Select(world => world.ListAsync("ada"))), list => Assert.Equal(worlds.Count, list.Count));
    }
}
