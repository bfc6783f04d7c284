using System.Net;
using Hub.Gateway.Access;
using Hub.Testing;

namespace Hub.Gateway.Tests.Access;

public class FailureLedgerTests
{
    private readonly ManualTime _time = new(new DateTimeOffset(2026, 11, 21, 10, 0, 0, TimeSpan.Zero));
    private readonly FailureLedger _ledger;

    public FailureLedgerTests() => _ledger = new FailureLedger(
        new AccessOptions { FailuresPerNameMax = 2, FailuresPerAddressMax = 5, FailuresRememberedMax = 8, Clock = _time });

    [Fact]
    public void A_name_that_fails_is_held_at_its_address_alone_until_the_window_is_over()
    {
        Fail("10.0.0.1", "a", 2);

        Assert.True(IsHeld("10.0.0.1", "a"));
        Assert.True(IsHeld("::ffff:10.0.0.1", "a"));
        Assert.False(IsHeld("10.0.0.1", "b"));
        Assert.False(IsHeld("10.0.0.2", "a"));
        _time.Advance(TimeSpan.FromMinutes(5));
        Assert.False(IsHeld("10.0.0.1", "a"));
    }

    [Fact]
    public void An_address_that_tries_many_names_is_held_for_all_of_them()
    {
        for (var i = 0; i < 5; i++)
        {
            Fail("10.0.0.1", $"name-{i}", 1);
        }

        Assert.True(IsHeld("10.0.0.1", "another"));
    }

    [Fact]
    public void The_addresses_of_one_network_of_IPv6_count_as_one()
    {
        Fail("2001:db8::1", "a", 1);
        Fail("2001:db8::2", "a", 1);

        Assert.True(IsHeld("2001:db8::3", "a"));
        Assert.False(IsHeld("2001:db8:0:1::3", "a"));
    }

    [Fact]
    public void No_more_is_remembered_than_the_limit_and_the_oldest_is_forgotten()
    {
        Fail("10.0.0.1", "a", 2);
        for (var i = 0; i < 4; i++)
        {
            Fail($"10.0.1.{i}", "a", 2);
        }

        Assert.False(IsHeld("10.0.0.1", "a"));
        Assert.True(IsHeld("10.0.1.3", "a"));
    }

    private void Fail(string address, string name, int times)
    {
        for (var i = 0; i < times; i++)
        {
            _ledger.Note(IPAddress.Parse(address), name);
        }
    }

    private bool IsHeld(string address, string name) => _ledger.IsHeld(IPAddress.Parse(address), name);
}
