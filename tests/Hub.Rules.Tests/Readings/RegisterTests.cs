using FsCheck;
using FsCheck.Fluent;
using Hub.Rules.Readings;

namespace Hub.Rules.Tests.Readings;

public class RegisterTests
{
    private const double RateMax = 6.25;

    private static readonly long Eight = new DateTime(2026, 5, 4, 8, 0, 0, DateTimeKind.Utc).Ticks;

    private Register _register;
    private long _at = Eight;

    [Fact]
    public void Passing_the_last_digit_is_consumption()
    {
        Read(99999.9, rollover: 100000);

        var advance = Read(0.3, rollover: 100000);

        Assert.Equal(RegisterStep.RolledOver, advance.Step);
        Assert.Equal(0.4, advance.Delta, 6);
    }

    [Fact]
    public void A_modulus_nobody_stated_is_inferred_only_at_a_power_of_ten()
    {
        Read(99.995);
        Assert.Equal(RegisterStep.RolledOver, Read(0.012).Step);

        _register = default;
        Read(57.5);
        Assert.Equal(RegisterStep.Suspect, Read(0.012).Step);
    }

    [Fact]
    public void A_zero_blip_is_never_consumption()
    {
        Read(50);
        Assert.Equal(RegisterStep.Suspect, Read(0).Step);

        var back = Read(50.2);

        Assert.Equal((RegisterStep.BlipOver, 0), (back.Step, _register.Epoch));
        Assert.Equal(0.2, back.Delta, 6);
    }

    [Fact]
    public void A_fall_that_stays_is_a_new_epoch_without_consumption()
    {
        Read(50);
        Read(0.1);

        var confirmed = Read(0.2);

        Assert.Equal((RegisterStep.Reset, 1), (confirmed.Step, _register.Epoch));
        Assert.True(double.IsNaN(confirmed.Delta));
        Assert.Equal(0.3, Read(0.5).Delta, 6);
    }

    [Fact]
    public void A_jump_beyond_the_physical_maximum_is_refused_with_its_excess()
    {
        Read(50);

        var jump = Read(500);

        Assert.Equal((RegisterStep.Suspect, 450.0), (jump.Step, jump.Excess));
        Assert.Equal(RegisterStep.BlipOver, Read(50.1).Step);
    }

    [Fact]
    public void A_display_that_hung_and_goes_on_shows_what_ran_meanwhile()
    {
        Read(50);
        Read(50.01);
        var moved = _at;
        for (var hour = 0; hour < 8; hour++)
        {
            _at += TimeSpan.TicksPerHour;
            Read(50.01);
        }

        _at -= TimeSpan.TicksPerHour - TimeSpan.TicksPerMinute;
        Assert.Equal(RegisterStep.Suspect, Read(50.41).Step);
        _at -= TimeSpan.TicksPerHour - TimeSpan.TicksPerMinute;
        var goesOn = Read(50.42);

        Assert.Equal((RegisterStep.CaughtUp, moved, 0), (goesOn.Step, goesOn.FromTicks, _register.Epoch));
        Assert.Equal(0.41, goesOn.Delta, 6);
    }

    [Fact]
    public void A_jump_that_no_standstill_explains_is_a_new_epoch()
    {
        Read(50);
        Read(50.01);
        _at += 8 * TimeSpan.TicksPerHour;
        Read(50.01);
        Read(90);

        Assert.Equal(RegisterStep.Jumped, Read(90.01).Step);
    }

    [Fact]
    public void The_possible_amount_grows_with_the_gap()
    {
        Read(50);
        _at += 10 * TimeSpan.TicksPerHour;

        Assert.Equal(40, Read(90).Delta, 6);
    }

    [Fact]
    public void Running_backwards_is_negative_and_confirmed_first()
    {
        Read(50);
        Assert.Equal(RegisterStep.Suspect, Read(49.99).Step);

        var confirmed = Read(49.98);

        Assert.Equal(RegisterStep.Reversed, confirmed.Step);
        Assert.Equal(-0.02, confirmed.Delta, 6);
    }

    [Fact]
    public void An_exchange_keeps_what_the_old_meter_still_counted()
    {
        Read(50);

        var exchange = _register.Exchange(_at, 50.4, 3.0);

        Assert.Equal(0.4, exchange.Delta, 6);
        Assert.Equal(0.1, Read(3.1).Delta, 6);
    }

    [Fact]
    public void Any_honest_life_of_a_meter_sums_up_to_what_ran_through_it() => Prop.ForAll<int[]>(amounts =>
    {
        var register = default(Register);
        var (at, total, sum) = (Eight, 0.0, 0.0);
        register.Take(at, 990, RateMax, 1000, 0.001);
        foreach (var amount in amounts)
        {
            at += TimeSpan.TicksPerHour;
            total += Math.Abs((long)amount) % 6000 / 1000.0;
            sum += register.Take(at, Math.Round((990 + total) % 1000, 6), RateMax, 1000, 0.001).Delta;
        }

        return Math.Abs(total - sum) < 1e-6;
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Single_blips_anywhere_change_no_sum() => Prop.ForAll<(byte, byte)[]>(steps =>
    {
        var register = default(Register);
        var (at, total, sum) = (Eight, 500.0, 0.0);
        register.Take(at, total, RateMax, null, 0.001);
        foreach (var (amount, blip) in steps)
        {
            at += TimeSpan.TicksPerHour;
            if (blip % 3 == 0)
            {
                register.Take(at - TimeSpan.TicksPerMinute, blip % 2 == 0 ? 0 : 9000 + blip, RateMax, null, 0.001);
            }

            total += amount / 1000.0;
            sum += register.Take(at, Math.Round(total, 6), RateMax, null, 0.001).Delta;
        }

        return Math.Abs(total - 500 - sum) < 1e-6;
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Whatever_comes_consumption_is_never_negative_nor_beyond_the_possible() => Prop.ForAll<double[]>(values =>
    {
        var register = default(Register);
        var at = Eight;
        foreach (var value in values)
        {
            at += TimeSpan.TicksPerHour;
            var advance = register.Take(at, value, RateMax, null, 0.001);
            var possible = (RateMax * (at - advance.FromTicks) / TimeSpan.TicksPerHour) + 0.0021;
            if (advance.IsConsumption && !(advance.Delta >= 0 && advance.Delta <= possible))
            {
                return false;
            }
        }

        return true;
    }).QuickCheckThrowOnFailure();

    private RegisterAdvance Read(double value, double? rollover = null)
    {
        _at += TimeSpan.TicksPerHour;
        return _register.Take(_at, value, RateMax, rollover, 0.001);
    }
}
