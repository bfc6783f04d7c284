using Hub.Edge.Pins;
using Hub.Edge.Sensing;

namespace Hub.Edge.Tests.Sensing;

public sealed class LineWatchTests : IDisposable
{
    private readonly SensedLines _lines = new(("b1-0301/water.volume", 1_000), ("old/x", 7));

    public LineWatchTests() => Watch.Use(
        [
            SensedLines.Line(1, LineKind.Pulse, "b1-0301", "water.volume") with { PulseWeight = 0.001, Start = 5 },
            SensedLines.Line(2, LineKind.Contact, "b1-0301", "door.open"),
            SensedLines.Line(3, LineKind.Button, "lobby", "button.press"),
            SensedLines.Line(4, LineKind.Lamp, "lobby", "amber"),
        ]);

    private LineWatch Watch => _lines.Watch;

    private SimulatedChip Chip => _lines.Chip;

    [Fact]
    public void A_register_goes_on_from_the_committed_count()
    {
        _lines.Time.Advance(TimeSpan.FromMinutes(1));
        Chip.Pulses(1, 250, TimeSpan.FromMilliseconds(30), TimeSpan.FromMilliseconds(30));
        Watch.TellRegisters();

        Assert.Equal(("b1-0301/water.volume", 6.25), (_lines.Told[^1].Name, _lines.Told[^1].Value));
        Assert.Equal(1_250, Watch.Counts()["b1-0301/water.volume"]);
    }

    [Fact]
    public void Counts_of_lines_that_are_no_longer_configured_are_kept() => Assert.Equal(7, Watch.Counts()["old/x"]);

    [Fact]
    public void A_contact_is_told_at_the_start_and_at_each_change_with_its_own_time()
    {
        Assert.Equal(("b1-0301/door.open", 0), (_lines.Told[0].Name, _lines.Told[0].Value));
        _lines.Time.Advance(TimeSpan.FromSeconds(5));
        var opened = _lines.Time.GetUtcNow();

        Chip.Set(2, true);

        Assert.Equal(("b1-0301/door.open", 1, opened), _lines.Told[^1]);
    }

    [Fact]
    public void A_button_that_stays_down_is_stuck_until_it_is_let_go()
    {
        Chip.Set(3, true);
        _lines.Time.Advance(TimeSpan.FromSeconds(119));
        Watch.Tick();
        Assert.Equal([("lobby", LineFault.None)], _lines.Faults); // As it was when its line was taken.

        _lines.Time.Advance(TimeSpan.FromSeconds(1));
        Watch.Tick();
        Watch.Tick();
        Chip.Set(3, false);
        Watch.Tick();

        Assert.Equal(
            [("lobby", LineFault.None), ("lobby", LineFault.Stuck), ("lobby", LineFault.None)], _lines.Faults);
        Assert.Single(_lines.Presses);
    }

    [Fact]
    public void Of_a_button_that_is_down_at_the_start_nothing_is_told_until_it_is_known_and_nothing_by_a_stop()
    {
        using var lines = new SensedLines();
        lines.Chip.Set(3, true);
        lines.Watch.Use([SensedLines.Line(3, LineKind.Button, "lobby", "button.press")]);
        lines.Time.Advance(TimeSpan.FromSeconds(119));
        lines.Watch.Tick();
        Assert.Empty(lines.Faults);

        lines.Time.Advance(TimeSpan.FromSeconds(1));
        lines.Watch.Tick();
        lines.Watch.Dispose();

        Assert.Equal([("lobby", LineFault.Stuck)], lines.Faults);
        Assert.Empty(lines.Presses);
    }

    [Fact]
    public void That_a_button_is_not_watched_any_more_is_told()
    {
        Watch.Use([]);

        Assert.Equal([("lobby", LineFault.None), ("lobby", null)], _lines.Faults);
    }

    [Fact]
    public void A_contact_that_settles_at_the_other_level_is_told_by_the_tick()
    {
        Chip.Bounce(2, 4, TimeSpan.FromMilliseconds(1), endsActive: false);
        Assert.Equal(1, _lines.Told[^1].Value);

        _lines.Time.Advance(TimeSpan.FromMilliseconds(60));
        Watch.Tick();

        Assert.Equal(0, _lines.Told[^1].Value);
    }

    [Fact]
    public void A_press_is_one_press()
    {
        Chip.Press(3);

        Assert.Equal(["lobby"], _lines.Presses);
    }

    [Fact]
    public void Lost_events_are_counted()
    {
        Chip.Set(2, true);
        Chip.DropNext(2, 2);
        Chip.Set(2, false);
        Chip.Set(2, true);
        _lines.Time.Advance(TimeSpan.FromSeconds(1));
        Chip.Set(2, false);

        Assert.Equal(2, Watch.EventsLost);
    }

    [Fact]
    public void Lamps_follow_and_go_out_with_the_watch()
    {
        Watch.Switch(LineKind.Lamp, line => line.Signal == "amber");
        Assert.True(Chip.IsActive(4));

        Watch.Dispose();

        Assert.False(Chip.IsActive(4));
    }

    [Fact]
    public void A_fault_gives_back_all_that_was_taken_and_every_line_that_can_not_be_had_is_named()
    {
        using var other = Chip.Take(7, LineSettings.Output(activeLow: false), "other", _ => { });
        using var watch = new LineWatch(
            _lines.Time, _lines, new Dictionary<string, long>(), _ => Chip, "buildinghub");

        var fault = Assert.Throws<GpioException>(() => watch.Use(
            [
                SensedLines.Line(6, LineKind.Contact, "a", "door.open"),
                SensedLines.Line(7, LineKind.Button, "a", "button.press"),
                SensedLines.Line(40, LineKind.Lamp, "a", "red"),
            ]));

        Assert.Contains("line 7 is in use by 'other'", fault.Message, StringComparison.Ordinal);
        Assert.Contains("asks for 40", fault.Message, StringComparison.Ordinal);
        using var again = Chip.Take(6, LineSettings.Output(activeLow: false), "other", _ => { });
        Assert.False(again.IsActive);
    }

    public void Dispose() => _lines.Dispose();
}
