using System.Net;
using SessionFunctions.Entry;
using SessionFunctions.Testing;

namespace SessionFunctions.Tests.Entry;

public sealed class AddressLimiterTests
{
    private readonly TestClock _clock = new();

    [Fact]
    public void A_minute_begins_with_the_first_call_of_an_address()
    {
        var limiter = new AddressLimiter(2, _clock);
        Assert.Equal(new Quota(true, 1, 60), limiter.Take(Address("192.0.2.1")));
        _clock.Advance(TimeSpan.FromSeconds(30.5));
        Assert.Equal(new Quota(true, 0, 30), limiter.Take(Address("192.0.2.1")));
        Assert.Equal(new Quota(false, 0, 30), limiter.Take(Address("192.0.2.1")));
        Assert.Equal(new Quota(true, 1, 60), limiter.Take(Address("192.0.2.2")));
        _clock.Advance(TimeSpan.FromSeconds(29.5));
        Assert.Equal(new Quota(true, 1, 60), limiter.Take(Address("192.0.2.1")));
    }

    [Theory]
    [InlineData("2001:db8:1:2::1", "2001:db8:1:2:ffff::9", true)]
    [InlineData("2001:db8:1:2::1", "2001:db8:1:3::1", false)]
    [InlineData("192.0.2.1", "::ffff:192.0.2.1", true)]
    [InlineData("192.0.2.1", "192.0.2.2", false)]
    [InlineData("0.0.0.1", "::1", false)]
    public void One_subscriber_is_one_client(string one, string other, bool same) => Assert.Equal(same, Address(one) == Address(other));

    [Fact]
    public void Addresses_that_are_idle_are_forgotten()
    {
        var limiter = new AddressLimiter(1, _clock);
        for (var i = 0; i < 100; i++)
        {
            limiter.Take(Address($"192.0.2.{i}"));
        }

        Assert.Equal(100, limiter.Tracked);
        _clock.Advance(TimeSpan.FromMinutes(1));
        limiter.Take(Address("198.51.100.1"));
        Assert.Equal(1, limiter.Tracked);
    }

    [Fact]
    public void A_flood_of_addresses_is_bounded_and_blocks_its_own_network_only()
    {
        var limiter = new AddressLimiter(3, _clock, maxAddresses: 10);
        for (var i = 0; i < 1000; i++)
        {
            limiter.Take(Address($"2001:db8:{i:x}::1"));
        }

        Assert.Equal(11, limiter.Tracked);
        Assert.False(limiter.Take(Address("2001:db8:ffff::1")).Allowed);
        Assert.True(limiter.Take(Address("2001:db8::1")).Allowed); // known from before, and counted by itself
        Assert.True(limiter.Take(Address("2001:db9::1")).Allowed);
        Assert.True(limiter.Take(Address("192.0.2.1")).Allowed);
    }

    [Fact]
    public void Memory_is_bounded_whatever_the_addresses()
    {
        var limiter = new AddressLimiter(3, _clock, maxAddresses: 10);
        for (var i = 0; i < 1000; i++)
        {
            limiter.Take(Address($"{i % 200}.{i / 200}.2.1"));
            limiter.Take(Address($"2001:{i:x}::1"));
        }

        Assert.InRange(limiter.Tracked, 10, 21);
    }

    private static ClientAddress Address(string text) => ClientAddress.Of(IPAddress.Parse(text));
}
