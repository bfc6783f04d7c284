using System.Net;
using Hub.Gateway.Broker;
using Hub.Testing;

namespace Hub.Gateway.Tests.Broker;

public sealed class PaceTests
{
    private readonly ManualTime _time = new();
    private Pace _pace;

    [Fact]
    public void A_second_s_worth_is_there_at_once_and_the_rest_must_be_earned()
    {
        Assert.Equal(10, _pace.Earned(10, _time));
        Assert.Equal(TimeSpan.Zero, _pace.Spend(10, 10, _time));
        Assert.Equal(TimeSpan.FromSeconds(0.5), _pace.Spend(5, 10, _time));
        Assert.Equal(-5, _pace.Earned(10, _time));

        _time.Advance(TimeSpan.FromSeconds(0.7));

        Assert.Equal(2, _pace.Earned(10, _time), 6);
        Assert.Equal(TimeSpan.Zero, _pace.Spend(2, 10, _time));
    }

    [Fact]
    public void What_is_not_spent_for_an_hour_is_still_a_second_s_worth()
    {
        _pace.Spend(10, 10, _time);

        _time.Advance(TimeSpan.FromHours(1));

        Assert.Equal(10, _pace.Earned(10, _time));
    }

    [Fact]
    public void Connects_take_their_turns_in_order_and_one_that_would_come_too_late_takes_none()
    {
        var arrivals = new Arrivals(new BrokerOptions { ConnectsPerSecondMax = 2, NetworkTime = _time });
        var patience = TimeSpan.FromSeconds(1);

        Assert.Equal(
            [0, 0, 0.5, 1, null, null],
            Enumerable.Range(0, 6).Select(_ => arrivals.Reserve(patience)?.TotalSeconds));

        _time.Advance(TimeSpan.FromSeconds(0.5));
        Assert.Equal(1, arrivals.Reserve(patience)?.TotalSeconds);
    }

    [Theory]
    [InlineData("10.0.0.1", "10.0.0.1", true)]
    [InlineData("10.0.0.1", "::ffff:10.0.0.1", true)]
    [InlineData("2001:db8::1", "2001:db8::2", true)]
    [InlineData("10.0.0.1", "10.0.0.2", false)]
    [InlineData("2001:db8::1", "2001:db8:0:1::1", false)]
    public void An_address_or_a_subnet_of_version_6_has_so_many_connections(string first, string second, bool isOne)
    {
        var addresses = new AddressCount(1);
        Assert.True(addresses.TryAdd(IPAddress.Parse(first)));

        Assert.Equal(!isOne, addresses.TryAdd(IPAddress.Parse(second)));

        addresses.Remove(IPAddress.Parse(first));
        Assert.True(addresses.TryAdd(IPAddress.Parse(first)));
    }
}
