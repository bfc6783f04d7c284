using Hub.Edge.Sensing;

namespace Hub.Edge.Tests.Sensing;

public class PulseRegisterTests
{
    private readonly PulseRegister _register = new(new PulseLimits { Weight = 0.001, Start = 12.5 }, 0);
    private long _now;

    [Fact]
    public void The_fastest_S0_meter_loses_no_pulse()
    {
        for (var i = 0; i < 1_000; i++)
        {
            Pulse(onMs: 30, offMs: 30);
        }

        Assert.Equal(1_000, _register.Count);
        Assert.Equal(13.5, _register.Value, 9);
        Assert.Equal(0, _register.Rejected);
    }

    [Fact]
    public void A_pulse_shorter_than_the_standard_is_crosstalk()
    {
        Pulse(onMs: 20, offMs: 100);

        Assert.Equal(0, _register.Count);
        Assert.Equal(1, _register.Rejected);
    }

    [Fact]
    public void Bounce_at_both_edges_is_one_pulse()
    {
        Edges((true, 1), (false, 1), (true, 1), (false, 1), (true, 50), (false, 1), (true, 1), (false, 100));

        Assert.Equal(1, _register.Count);
    }

    [Fact]
    public void A_dip_inside_a_pulse_that_counted_already_is_not_a_second_pulse()
    {
        Edges((true, 40), (false, 1), (true, 60), (false, 100));

        Assert.Equal(1, _register.Count);
    }

    [Fact]
    public void Pulses_faster_than_any_meter_are_not_counted_beyond_its_rate()
    {
        for (var i = 0; i < 100; i++)
        {
            Pulse(onMs: 29, offMs: 5);
        }

        Assert.InRange(_register.Count, 0, 57); // 3.4 s at 16.7 Hz.
        Assert.True(_register.Rejected > 0);
    }

    [Fact]
    public void Half_a_pulse_at_the_start_does_not_count()
    {
        Edges((false, 100));
        Pulse(30, 30);

        Assert.Equal(1, _register.Count);
    }

    [Fact]
    public void Lost_events_make_no_pulse_out_of_two_halves()
    {
        Edges((true, 40));
        _register.Forget();
        Edges((false, 40));

        Assert.Equal(0, _register.Count);
    }

    [Fact]
    public void Any_edges_at_all_never_move_it_backwards()
    {
        var random = new Random(7);
        for (var i = 0; i < 20_000; i++)
        {
            var before = _register.Value;
            Edges((random.Next(2) == 0, random.Next(0, 80)));
            Assert.True(_register.Value >= before);
        }
    }

    [Fact]
    public void It_goes_on_from_where_it_was()
    {
        var register = new PulseRegister(new PulseLimits { Weight = 0.5 }, 41);

        Assert.Equal(20.5, register.Value);
    }

    private void Pulse(int onMs, int offMs) => Edges((true, onMs), (false, offMs));

    private void Edges(params (bool IsActive, int ForMs)[] edges)
    {
        foreach (var (isActive, forMs) in edges)
        {
            _register.Take(isActive, _now);
            _now += forMs * 1_000_000L;
        }
    }
}
