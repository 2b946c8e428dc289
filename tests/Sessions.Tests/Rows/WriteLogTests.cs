using Sessions.Rows;

namespace Sessions.Tests.Rows;

public sealed class WriteLogTests
{
    private static readonly DateTimeOffset Now = new(2030, 1, 1, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public void A_write_is_found_in_its_own_log_also_when_read_back()
    {
        var log = WriteLog.Empty.With(7, Now);

        Assert.True(log.Has(7, Now));
        Assert.True(WriteLog.FromStored(log.ToStored()).Has(7, Now));
        Assert.False(log.Has(8, Now));
    }

    [Fact]
    public void Two_ids_are_not_each_other() => Assert.NotEqual(WriteLog.NewId(), WriteLog.NewId());

    [Fact]
    public void A_write_is_found_under_255_later_ones()
    {
        var log = WriteLog.Empty.With(7, Now);
        for (var i = 0; i < 255; i++)
        {
            log = log.With(1000 + (ulong)i, Now.AddSeconds(i / 10d));
        }

        Assert.True(WriteLog.FromStored(log.ToStored()).Has(7, Now));
        Assert.True(log.ReachesBackTo(Now));
    }

    [Fact]
    public void Of_more_in_a_minute_the_oldest_is_forgotten_and_the_log_says_how_far_back_it_reaches()
    {
        var log = WriteLog.Empty.With(7, Now);
        for (var i = 1; i <= 256; i++)
        {
            log = log.With(1000 + (ulong)i, Now.AddMilliseconds(i));
        }

        Assert.False(log.Has(7, Now));
        Assert.False(WriteLog.FromStored(log.ToStored()).ReachesBackTo(Now));
        Assert.True(WriteLog.FromStored(log.ToStored()).ReachesBackTo(Now.AddMilliseconds(1)));
    }

    [Fact]
    public void After_a_minute_a_write_is_forgotten()
    {
        var log = WriteLog.Empty.With(7, Now);

        Assert.True(log.With(8, Now.AddMilliseconds(59_999)).Has(7, Now));
        Assert.False(log.With(8, Now.AddSeconds(60)).Has(7, Now));
        Assert.False(log.With(8, Now.AddSeconds(60)).ReachesBackTo(Now));
    }

    [Fact]
    public void A_callers_key_is_known_for_a_minute_and_no_longer_also_where_nobody_writes()
    {
        var log = WriteLog.Empty.With(7, Now);

        Assert.True(log.Has(7, Now.AddMilliseconds(59_999)));
        Assert.False(log.Has(7, Now.AddSeconds(60)));
    }

    [Fact]
    public void A_key_is_not_known_for_longer_where_a_clock_ahead_has_written_before_it()
    {
        var log = WriteLog.Empty.With(6, Now.AddSeconds(15)).With(7, Now).With(8, Now.AddSeconds(70));

        Assert.False(log.Has(7, Now.AddSeconds(70)));
    }

    [Fact]
    public void The_log_does_not_grow_for_ever()
    {
        var log = WriteLog.Empty;
        for (var i = 0; i < 1000; i++)
        {
            log = log.With((ulong)i, Now);
        }

        Assert.Equal(8 + (256 * 16), log.ToStored().Length);
    }

    [Theory]
    [InlineData(null)]
    [InlineData(new byte[0])]
    [InlineData(new byte[] { 1, 2, 3 })]
    public void A_row_without_a_log_has_no_writes(byte[]? stored) => Assert.False(WriteLog.FromStored(stored).Has(0, Now));
}
