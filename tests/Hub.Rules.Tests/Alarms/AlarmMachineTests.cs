using Hub.Rules.Alarms;

namespace Hub.Rules.Tests.Alarms;

public class AlarmMachineTests
{
    private const long Minute = TimeSpan.TicksPerMinute;

    private AlarmMachine _alarm;

    [Fact]
    public void Is_raised_once_the_condition_has_held_for_the_whole_on_delay()
    {
        Assert.Equal(AlarmChange.None, Observe(true, 1));
        Assert.Equal(AlarmChange.None, Observe(true, 5));
        Assert.Equal(AlarmChange.Raised, Observe(true, 6));
        Assert.Equal((AlarmState.Firing, 1 * Minute), (_alarm.State, _alarm.OnsetTicks));
    }

    [Fact]
    public void Is_forgotten_when_the_condition_ends_within_the_on_delay()
    {
        Observe(true, 1);
        Observe(false, 4);

        Assert.Equal(AlarmChange.None, Observe(true, 7));
        Assert.Equal((AlarmState.Pending, 7 * Minute), (_alarm.State, _alarm.OnsetTicks));
    }

    [Fact]
    public void Keeps_firing_through_a_dip_shorter_than_the_off_delay_and_counts_it()
    {
        Observe(true, 1);
        Observe(true, 6);
        Assert.Equal(AlarmChange.None, Observe(false, 7));
        Assert.Equal(AlarmChange.None, Observe(true, 8));
        Assert.Equal(1, _alarm.Flaps);

        Assert.Equal(AlarmChange.None, Observe(false, 9));
        Assert.Equal(AlarmChange.Cleared, Observe(false, 11));
        Assert.Equal(AlarmState.Inactive, _alarm.State);
    }

    [Fact]
    public void Tells_when_time_alone_will_change_it()
    {
        Assert.Equal(long.MaxValue, _alarm.DueTicks(5 * Minute, 2 * Minute));
        Observe(true, 1);
        Assert.Equal(6 * Minute, _alarm.DueTicks(5 * Minute, 2 * Minute));
        Observe(true, 6);
        Assert.Equal(long.MaxValue, _alarm.DueTicks(5 * Minute, 2 * Minute));
        Observe(false, 7);
        Assert.Equal(9 * Minute, _alarm.DueTicks(5 * Minute, 2 * Minute));
    }

    private AlarmChange Observe(bool isTrue, int minute) =>
        _alarm.Observe(isTrue, minute * Minute, minute * Minute, 5 * Minute, 2 * Minute);
}
