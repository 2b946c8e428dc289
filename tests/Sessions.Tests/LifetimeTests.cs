namespace Sessions.Tests;

public sealed class LifetimeTests
{
    private static readonly DateTimeOffset Start = new(2030, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private static readonly Lifetime Hundred = Lifetime.Start(Start, Seconds(100), Seconds(1000), 0.1);

    [Fact]
    public void The_stored_deadline_lies_one_granularity_beyond_the_idle_timeout()
    {
        Assert.Equal(Start + Seconds(110), Hundred.Expires);
        Assert.Equal(Start + Seconds(1000), Hundred.Ends);
        Assert.Equal(Seconds(10), Hundred.Granularity);
    }

    [Fact]
    public void It_is_over_at_the_deadline_and_not_a_moment_before()
    {
        Assert.False(Hundred.IsOver(Start + Seconds(110) - TimeSpan.FromTicks(1)));
        Assert.True(Hundred.IsOver(Start + Seconds(110)));
    }

    [Fact]
    public void A_use_within_the_granularity_is_not_written_down() => Assert.Same(Hundred, Hundred.Slide(Start + Seconds(9.999)));

    [Fact]
    public void A_use_after_it_is()
    {
        var slid = Hundred.Slide(Start + Seconds(10));

        Assert.Equal(Hundred with { Seen = Start + Seconds(10), Expires = Start + Seconds(120) }, slid);
    }

    [Fact]
    public void A_touch_is_written_down_at_once() =>
        Assert.Equal(
            Hundred with { Seen = Start + Seconds(0.001), Expires = Start + Seconds(110.001) }, Hundred.SlideNow(Start + Seconds(0.001)));

    [Fact]
    public void A_clock_that_is_behind_never_moves_the_deadline_back()
    {
        Assert.Same(Hundred, Hundred.SlideNow(Start));
        Assert.Same(Hundred, Hundred.SlideNow(Start - Seconds(50)));
        Assert.Same(Hundred, Hundred.Slide(Start - Seconds(50)));
    }

    [Fact]
    public void No_deadline_lies_beyond_the_end()
    {
        var late = Hundred with { Seen = Start + Seconds(850), Expires = Start + Seconds(960) };
        var last = late.SlideNow(Start + Seconds(950));

        Assert.Equal(Hundred.Ends, last.Expires);
        Assert.Same(last, last.SlideNow(Start + Seconds(999)));
        Assert.Equal(Start + Seconds(50), Lifetime.Start(Start, Seconds(50), Seconds(50), 1).Expires);
    }

    [Theory]
    [InlineData(0, 100)]
    [InlineData(0.1, 110)]
    [InlineData(1, 200)]
    public void Whatever_the_granularity_a_use_gives_the_whole_idle_timeout(double granularity, int expires)
    {
        var lifetime = Lifetime.Start(Start, Seconds(100), Seconds(1000), granularity);
        Assert.Equal(Start + Seconds(expires), lifetime.Expires);

        for (var second = 0.0; second < 300; second += 0.5)
        {
            lifetime = lifetime.Slide(Start + Seconds(second));
            Assert.False(lifetime.IsOver(Start + Seconds(second + 99.999)));
        }
    }

    [Fact]
    public void The_granularity_is_in_whole_milliseconds_as_the_table_is() =>
        Assert.Equal(TimeSpan.FromMilliseconds(333), Lifetime.Start(Start, TimeSpan.FromMilliseconds(3333), Seconds(10), 0.1).Granularity);

    private static TimeSpan Seconds(double seconds) => TimeSpan.FromSeconds(seconds);
}
