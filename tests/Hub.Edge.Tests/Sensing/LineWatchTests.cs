using Hub.Edge.Pins;
using Hub.Edge.Sensing;
using Hub.Testing;

namespace Hub.Edge.Tests.Sensing;

public sealed class LineWatchTests : ISensingSink, IDisposable
{
    private readonly ManualTime _time = new();
    private readonly SimulatedChip _chip;
    private readonly List<string> _presses = [];
    private readonly List<(string Name, double Value, DateTimeOffset At)> _told = [];
    private readonly LineWatch _watch;

    public LineWatchTests()
    {
        _chip = new SimulatedChip("sim", 32, _time);
        _watch = new LineWatch(_time, this, new Dictionary<string,
            long>
        { ["b1-0301/water.volume"] = 1_000, ["old/x"] = 7 });
        _watch.Start(
            [
                Line(1, LineKind.Pulse, "b1-0301", "water.volume") with { PulseWeight = 0.001, Start = 5 },
                Line(2, LineKind.Contact, "b1-0301", "door.open"),
                Line(3, LineKind.Button, "lobby", "button.press"),
                Line(4, LineKind.Lamp, "lobby", "amber"),
            ], _ => _chip, "buildinghub");
    }

    [Fact]
    public void A_register_goes_on_from_the_committed_count()
    {
        _time.Advance(TimeSpan.FromMinutes(1));
        _chip.Pulses(1, 250, TimeSpan.FromMilliseconds(30), TimeSpan.FromMilliseconds(30));
        _watch.TellRegisters();

        Assert.Equal(("b1-0301/water.volume", 6.25), (_told[^1].Name, _told[^1].Value));
        Assert.Equal(1_250, _watch.Counts()["b1-0301/water.volume"]);
    }

    [Fact]
    public void Counts_of_lines_that_are_no_longer_configured_are_kept() => Assert.Equal(7, _watch.Counts()["old/x"]);

    [Fact]
    public void A_contact_is_told_at_the_start_and_at_each_change_with_its_own_time()
    {
        Assert.Equal(("b1-0301/door.open", 0), (_told[0].Name, _told[0].Value));
        _time.Advance(TimeSpan.FromSeconds(5));
        var opened = _time.GetUtcNow();

        _chip.Set(2, true);

        Assert.Equal(("b1-0301/door.open", 1, opened), _told[^1]);
    }

    [Fact]
    public void A_button_that_stays_down_is_stuck_until_it_is_let_go()
    {
        List<(string Device, bool IsStuck)> told = [];
        _watch.StuckChanged += (line, isStuck) => told.Add((line.Device, isStuck));
        _chip.Set(3, true);
        _time.Advance(TimeSpan.FromSeconds(119));
        _watch.Tick();
        Assert.Empty(told);

        _time.Advance(TimeSpan.FromSeconds(1));
        _watch.Tick();
        _watch.Tick();
        _chip.Set(3, false);
        _watch.Tick();

        Assert.Equal([("lobby", true), ("lobby", false)], told);
        Assert.Single(_presses);
    }

    [Fact]
    public void A_contact_that_settles_at_the_other_level_is_told_by_the_tick()
    {
        _chip.Bounce(2, 4, TimeSpan.FromMilliseconds(1), endsActive: false);
        Assert.Equal(1, _told[^1].Value);

        _time.Advance(TimeSpan.FromMilliseconds(60));
        _watch.Tick();

        Assert.Equal(0, _told[^1].Value);
    }

    [Fact]
    public void A_press_is_one_press()
    {
        _chip.Press(3);

        Assert.Equal(["lobby"], _presses);
    }

    [Fact]
    public void Lost_events_are_counted()
    {
        _chip.Set(2, true);
        _chip.DropNext(2, 2);
        _chip.Set(2, false);
        _chip.Set(2, true);
        _time.Advance(TimeSpan.FromSeconds(1));
        _chip.Set(2, false);

        Assert.Equal(2, _watch.EventsLost);
    }

    [Fact]
    public void Lamps_follow_and_go_out_with_the_watch()
    {
        _watch.Switch(LineKind.Lamp, line => line.Signal == "amber");
        Assert.True(_chip.IsActive(4));

        _watch.Dispose();

        Assert.False(_chip.IsActive(4));
    }

    [Fact]
    public void A_fault_on_one_line_gives_all_lines_back()
    {
        _watch.Dispose();
        using var watch = new LineWatch(_time, this, new Dictionary<string, long>());
        var chip = new SimulatedChip("sim", 32, _time);

        Assert.Throws<GpioException>(() => watch.Start(
            [Line(1, LineKind.Contact, "a", "door.open"), Line(40, LineKind.Lamp, "a", "red")], _ =>
                chip, "buildinghub"));

        using var again = chip.Watch([new InputLine(1, LineBias.AsIs, false, TimeSpan.Zero)], "other", _ => { });
        Assert.False(again.IsActive(1));
    }

    void ISensingSink.Pressed(string device, DateTimeOffset at) => _presses.Add(device);

    void ISensingSink.Told(string device, string signal, double value, DateTimeOffset at) =>
        _told.Add(($"{device}/{signal}", value, at));

    public void Dispose()
    {
        _watch.Dispose();
        _chip.Dispose();
    }

    private static LineOptions Line(int line, LineKind kind, string device, string signal) =>
        new() { Line = line, Kind = kind, Device = device, Signal = signal };
}
