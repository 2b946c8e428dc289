namespace Azure.Data.Tables.Tests;

public sealed class PropertyTests
{
    [Fact]
    public async Task Every_property_type_reads_back_as_it_was_written()
    {
        var table = await TestTable.CreateAsync();
        var entity = SampleEntity.WithEveryType("p", "r");

        await table.AddEntityAsync(entity);

        SampleEntity.AssertSame(entity, (await table.GetEntityAsync<TableEntity>("p", "r")).Value);
    }

    [Fact]
    public async Task Every_property_type_reads_back_from_a_query()
    {
        var table = await TestTable.CreateAsync();
        var entity = SampleEntity.WithEveryType("p", "r");
        await table.AddEntityAsync(entity);

        await foreach (var read in table.QueryAsync<TableEntity>())
        {
            SampleEntity.AssertSame(entity, read);
        }
    }

    [Fact]
    public async Task An_entity_that_was_read_can_be_written_back_unchanged()
    {
        var table = await TestTable.CreateAsync();
        await table.AddEntityAsync(SampleEntity.WithEveryType("p", "r"));

        var read = (await table.GetEntityAsync<TableEntity>("p", "r")).Value;
        await table.UpdateEntityAsync(read, read.ETag, TableUpdateMode.Replace);

        SampleEntity.AssertSame(SampleEntity.WithEveryType("p", "r"), (await table.GetEntityAsync<TableEntity>("p", "r")).Value);
    }

    [Fact]
    public async Task Times_keep_the_instant_and_read_back_in_UTC()
    {
        var table = await TestTable.CreateAsync();
        var time = new DateTimeOffset(2026, 3, 29, 2, 30, 0, TimeSpan.FromHours(2)).AddTicks(7);

        await table.AddEntityAsync(new TableEntity("p", "r") { ["Offset"] = time, ["Utc"] = time.UtcDateTime });
        var entity = (await table.GetEntityAsync<TableEntity>("p", "r")).Value;

        Assert.Equal(time.UtcTicks, entity.GetDateTimeOffset("Offset")!.Value.UtcTicks);
        Assert.Equal(TimeSpan.Zero, entity.GetDateTimeOffset("Offset")!.Value.Offset);
        Assert.Equal(time.UtcDateTime, entity.GetDateTime("Utc"));
        Assert.Equal(DateTimeKind.Utc, entity.GetDateTime("Utc")!.Value.Kind);
    }

    [Fact]
    public async Task Binary_data_can_be_written_and_read_in_either_form()
    {
        var table = await TestTable.CreateAsync();
        var bytes = SampleEntity.Bytes(300);

        await table.AddEntityAsync(new TableEntity("p", "r") { ["Bytes"] = bytes, ["Data"] = new BinaryData(bytes) });
        var entity = (await table.GetEntityAsync<TableEntity>("p", "r")).Value;

        Assert.Equal(bytes, entity.GetBinary("Data"));
        Assert.Equal(bytes, entity.GetBinaryData("Bytes").ToArray());
    }

    [Fact]
    public void Asking_for_another_type_than_the_stored_one_fails()
    {
        var entity = new TableEntity("p", "r") { ["Number"] = 1 };

        Assert.Equal(1, entity.GetInt32("Number"));
        Assert.Throws<InvalidOperationException>(() => entity.GetInt64("Number"));
        Assert.Throws<InvalidOperationException>(() => entity.GetString("Number"));
    }

    [Fact]
    public void An_absent_property_is_null_for_every_getter()
    {
        var entity = new TableEntity("p", "r");

        Assert.Null(entity["None"]);
        Assert.Null(entity.GetString("None"));
        Assert.Null(entity.GetBinary("None"));
        Assert.Null(entity.GetBinaryData("None"));
        Assert.Null(entity.GetBoolean("None"));
        Assert.Null(entity.GetInt32("None"));
        Assert.Null(entity.GetInt64("None"));
        Assert.Null(entity.GetDouble("None"));
        Assert.Null(entity.GetGuid("None"));
        Assert.Null(entity.GetDateTime("None"));
        Assert.Null(entity.GetDateTimeOffset("None"));
    }

    [Fact]
    public void An_int_given_to_a_long_or_double_property_takes_its_type()
    {
        var entity = new TableEntity { ["Long"] = 1L, ["Double"] = 1.5 };

        entity["Long"] = 2;
        entity["Double"] = 2;

        Assert.Equal(2L, entity.GetInt64("Long"));
        Assert.Equal(2.0, entity.GetDouble("Double"));
    }

    [Fact]
    public void An_entity_made_from_a_dictionary_holds_a_copy_of_it()
    {
        var values = new Dictionary<string, object> { ["PartitionKey"] = "p", ["RowKey"] = "r", ["A"] = "a" };

        var entity = new TableEntity(values);
        values["A"] = "changed";

        Assert.Equal(("p", "r", "a"), (entity.PartitionKey, entity.RowKey, entity.GetString("A")));
    }

    [Fact]
    public void An_entity_is_a_dictionary_of_its_properties()
    {
        var entity = new TableEntity("p", "r") { { "A", "a" }, { "B", 2 } };

        Assert.True(entity.Remove("A"));
        Assert.True(entity.TryGetValue("B", out var b));
        Assert.Equal(2, b);
        Assert.Equal(3, entity.Count);
        Assert.Equal(["B", "PartitionKey", "RowKey"], entity.Select(property => property.Key).Order(StringComparer.Ordinal));
    }
}
