using Hub.Edge.Pins;
using Hub.Edge.Sensing;

namespace Hub.Edge.Tests.Sensing;

/// <summary>The goal: what doesn't change in a configuration is not disturbed by what does.</summary>
public sealed class LineChangeTests : IDisposable
{
    private const string Register = "b1-1/water.volume";

    private static readonly LineOptions Meter = SensedLines.Line(1, LineKind.Pulse, "b1-1", "water.volume");
    private static readonly LineOptions Door = SensedLines.Line(2, LineKind.Contact, "b1", "door.open");
    private static readonly LineOptions Lamp = SensedLines.Line(4, LineKind.Lamp, "lobby", "amber");

    private readonly SensedLines _lines = new();

    private LineWatch Watch => _lines.Watch;

    private SimulatedChip Chip => _lines.Chip;

    [Fact]
    public void Every_pulse_of_a_meter_that_turns_through_changes_of_other_lines_is_counted()
    {
        IReadOnlyList<LineOptions>[] others =
        [
            [Door], [Door with { ActiveLow = true }, Lamp], [Lamp with { Line = 2 }], [],
            [Meter with { Line = 9, Device = "b2" }],
        ];
        var pulses = 0;
        Watch.Use([Meter]);
        foreach (var other in Enumerable.Repeat(others, 20).SelectMany(other => other))
        {
            _lines.Turn(1, isOn: true);
            Watch.Use([Meter, .. other], keep: () => _lines.Turn(1, isOn: false));
            _lines.Turn(1, isOn: true);
            Watch.Use([.. other, Meter]);
            _lines.Turn(1, isOn: false);
            pulses += 2;
        }

        Assert.Equal(200, pulses);
        Assert.Equal(pulses, Watch.Counts()[Register]);
        Assert.Equal(0, Watch.EventsLost);
    }

    [Fact]
    public void What_stays_is_not_told_anew_nor_switched_off()
    {
        var dark = false;
        Watch.Use([Door, Lamp]);
        Watch.Switch(LineKind.Lamp, _ => true);

        Watch.Use([Lamp, Meter, Door], keep: () => dark = !Chip.IsActive(4));

        Assert.False(dark);
        Assert.True(Chip.IsActive(4));
        Assert.Equal([0], _lines.Of("b1/door.open"));
    }

    [Fact]
    public void Lines_that_can_not_be_had_leave_the_others_as_they_were()
    {
        using var other = Chip.Take(9, LineSettings.Output(activeLow: false), "other", _ => { });
        Watch.Use([Meter, Door, Lamp]);
        Watch.Switch(LineKind.Lamp, _ => true);
        _lines.Turn(1, isOn: true);

        Assert.Throws<GpioException>(() => Watch.Use(
            [Door with { ActiveLow = true }, Meter with { Line = 3 }, Lamp with { Line = 9 }]));

        _lines.Turn(1, isOn: false);
        Chip.Set(2, true);
        Assert.Equal(1, Watch.Counts()[Register]);
        Assert.Equal([0, 1], _lines.Of("b1/door.open"));
        Assert.True(Chip.IsActive(4));
        using var free = Chip.Take(3, LineSettings.Output(activeLow: false), "other", _ => { });
    }

    [Fact]
    public void What_can_not_be_kept_is_undone_and_what_moved_meanwhile_is_told()
    {
        Watch.Use([Meter, Door, Lamp]);

        Assert.Throws<IOException>(() => Watch.Use([Door with { ActiveLow = true }, Lamp with { Line = 1 }], () =>
        {
            Chip.Set(2, true);
            throw new IOException();
        }));

        Assert.Equal([0, 1], _lines.Of("b1/door.open"));
        Chip.Set(2, false);
        _lines.Time.Advance(TimeSpan.FromSeconds(1));
        Watch.Tick();
        _lines.Turn(1, isOn: true);
        _lines.Turn(1, isOn: false);
        Assert.Equal([0, 1, 0], _lines.Of("b1/door.open"));
        Assert.Equal(1, Watch.Counts()[Register]);
        Watch.Switch(LineKind.Lamp, _ => true);
        Assert.True(Chip.IsActive(4));
    }

    [Fact]
    public void A_line_that_changes_begins_anew_where_it_stands()
    {
        Watch.Use([Door]);

        Watch.Use([Door with { ActiveLow = true }], keep: () => Chip.Set(2, true)); // Of neither the old nor the new.

        Assert.Equal([0, 1], _lines.Of("b1/door.open"));
        Chip.Set(2, false);
        _lines.Time.Advance(TimeSpan.FromSeconds(1));
        Watch.Tick();
        Assert.Equal([0, 1, 0], _lines.Of("b1/door.open"));
        Assert.Equal(0, Watch.EventsLost);
    }

    [Fact]
    public void A_register_goes_on_when_its_meter_moves_to_another_line()
    {
        Watch.Use([Meter]);
        _lines.Turn(1, isOn: true);
        _lines.Turn(1, isOn: false);

        Watch.Use([Meter with { Line = 3 }, Door with { Line = 1 }]);
        _lines.Turn(3, isOn: true);
        _lines.Turn(3, isOn: false);

        Assert.Equal(2, Watch.Counts()[Register]);
    }

    [Fact]
    public void Lost_events_are_counted_through_a_change()
    {
        Watch.Use([Door]);
        Chip.Set(2, true);
        Chip.DropNext(2, 2);
        Chip.Set(2, false);

        Watch.Use([Door with { Device = "b2" }, Meter], keep: () => Chip.Set(2, true));
        Chip.Set(2, false);

        Assert.Equal(2, Watch.EventsLost);
    }

    [Fact]
    public void A_line_is_the_same_by_whatever_name_its_chip_is_called()
    {
        Watch.Use([Meter]);

        Watch.Use([Meter with { Chip = "pinctrl-rp1" }]);
        Assert.Throws<GpioException>(() => Watch.Use([Meter, Meter with { Chip = "pinctrl-rp1", Device = "b2" }]));

        _lines.Turn(1, isOn: true);
        _lines.Turn(1, isOn: false);
        Assert.Equal(1, Watch.Counts()[Register]);
    }

    [Fact]
    public void A_line_that_broke_is_taken_anew_and_the_others_are_not()
    {
        Watch.Use([Meter, Door]);
        _lines.Turn(1, isOn: true);
        Chip.Break(2);
        Watch.Tick();
        Watch.TellContacts();
        Assert.Equal([("b1", LineFault.Broken)], _lines.Faults);
        Assert.Equal([0], _lines.Of("b1/door.open")); // What it stands at nobody knows.

        using (Chip.Take(9, LineSettings.Output(activeLow: false), "other", _ => { }))
        {
            Assert.Throws<GpioException>(() => Watch.Use([Meter, Door, Lamp with { Line = 9 }]));
            Assert.Equal([("b1", LineFault.Broken)], _lines.Faults);
        }

        Watch.Mend();

        Assert.Equal([("b1", LineFault.Broken), ("b1", null)], _lines.Faults);
        _lines.Turn(1, isOn: false);
        Chip.Set(2, true);
        Assert.Equal(1, Watch.Counts()[Register]);
        Assert.Equal([0, 0, 1], _lines.Of("b1/door.open"));
    }

    public void Dispose() => _lines.Dispose();
}
