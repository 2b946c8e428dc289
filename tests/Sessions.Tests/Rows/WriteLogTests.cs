using Sessions.Rows;

namespace Sessions.Tests.Rows;

public sealed class WriteLogTests
{
    [Fact]
    public void A_write_is_found_in_its_own_log_also_when_read_back()
    {
        var mine = default(WriteLog).Next();

        Assert.True(mine.HasNewestOf(mine));
        Assert.True(WriteLog.FromStored(mine.ToStored()).HasNewestOf(mine));
    }

    [Fact]
    public void Two_writes_upon_the_same_row_are_not_each_other()
    {
        var row = default(WriteLog).Next();
        var (mine, theirs) = (row.Next(), row.Next());

        Assert.False(theirs.HasNewestOf(mine));
        Assert.False(row.HasNewestOf(mine));
        Assert.True(mine.HasNewestOf(row));
    }

    [Fact]
    public void A_write_is_found_under_fifteen_later_ones_and_then_forgotten()
    {
        var mine = default(WriteLog).Next();
        var log = mine;
        for (var i = 0; i < 15; i++)
        {
            log = log.Next();
            Assert.True(log.HasNewestOf(mine));
        }

        Assert.False(log.Next().HasNewestOf(mine));
    }

    [Fact]
    public void The_log_does_not_grow_for_ever()
    {
        var log = default(WriteLog);
        for (var i = 0; i < 100; i++)
        {
            log = log.Next();
        }

        Assert.Equal(16 * 16, log.ToStored().Length);
        Assert.Matches("^[0-9a-f]+$", log.ToStored());
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("0123")]
    public void A_row_without_a_log_has_no_write_of_ours(string? stored) =>
        Assert.False(WriteLog.FromStored(stored).HasNewestOf(default(WriteLog).Next()));

    [Fact]
    public void An_id_is_only_found_where_one_begins() // half of one and half of the next aren't a third
    {
        var log = WriteLog.FromStored("00000000000000001111111111111111");

        Assert.True(log.HasNewestOf(WriteLog.FromStored("1111111111111111")));
        Assert.False(log.HasNewestOf(WriteLog.FromStored("0000000011111111")));
    }
}
