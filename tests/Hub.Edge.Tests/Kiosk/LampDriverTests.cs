using Hub.Edge.Kiosk;
using Hub.Edge.Outbox;
using Hub.Edge.Pins;
using Hub.Edge.Sensing;
using Hub.Testing;
using Hub.Transport.Log;

namespace Hub.Edge.Tests.Kiosk;

public sealed class LampDriverTests : ISensingSink, IDisposable
{
    private const int Amber = 1, White = 2, Red = 3, Buzzer = 4, OtherAmber = 5;

    private readonly ManualTime _time = new();
    private readonly SimulatedChip _chip;
    private readonly LineWatch _lines;
    private readonly KioskDesk _desk;
    private readonly LampDriver _lamps;
    private bool _isDiskFull;

    public LampDriverTests()
    {
        _chip = new SimulatedChip("sim", 8, _time);
        _lines = new LineWatch(_time, this, new Dictionary<string, long>(), _ => _chip, "test");
        _lines.Use(
            [Lamp(Amber, "amber"), Lamp(White, "white"), Lamp(Red, "red"), Lamp(OtherAmber, "amber") with { Device = "b2" },
                new() { Line = Buzzer, Kind = LineKind.Buzzer, Device = "lobby", Signal = "buzzer" }]);
        _desk = new KioskDesk(new KioskOptions(), _time, _time, () => true, _ => _isDiskFull
            ? throw new OutboxException("full")
            : new OutboxPlace(1, new LogPosition(1)), _ => Task.FromResult(false));
        _lamps = new LampDriver(_desk, "lobby", _time) { Lines = _lines };
        _desk.Changed += _lamps.Update;
    }

    [Fact]
    public void At_home_the_white_lamp_says_here_i_am() => Assert.Equal([White], Lit());

    [Fact]
    public async Task A_press_lights_amber_and_beeps_at_once_and_then_breathes()
    {
        await _desk.PressAsync("a", _time.GetUtcNow());
        Assert.Equal([Amber, Buzzer], Lit());

        After(TimeSpan.FromMilliseconds(500));
        Assert.Equal([Amber], Lit());
        After(TimeSpan.FromMilliseconds(600));
        Assert.Empty(Lit());
        After(TimeSpan.FromMilliseconds(900));
        Assert.Equal([Amber], Lit());
    }

    [Fact]
    public async Task What_could_not_be_recorded_blinks_red()
    {
        _isDiskFull = true;

        await _desk.PressAsync("a", _time.GetUtcNow());

        Assert.Contains(Red, Lit());
        Assert.DoesNotContain(Amber, Lit());
    }

    [Fact]
    public void A_command_has_its_time_and_then_the_screen_has_the_lamp_again()
    {
        _lamps.Light("lobby", LampColours.Red, TimeSpan.FromSeconds(10));
        _lamps.Light("b2", LampColours.Amber, TimeSpan.FromSeconds(5));
        Assert.Equal([Red, OtherAmber], Lit());

        After(TimeSpan.FromSeconds(6));
        Assert.Equal([Red], Lit());
        After(TimeSpan.FromSeconds(5));
        Assert.Equal([White], Lit());
    }

    [Fact]
    public void Identify_blinks_everything_and_ends()
    {
        _lamps.Identify(TimeSpan.FromSeconds(4));
        var seen = new HashSet<int>();
        for (var i = 0; i < 39; i++)
        {
            After(TimeSpan.FromMilliseconds(100));
            seen.UnionWith(Lit());
        }

        Assert.Equal(5, seen.Count);
        After(TimeSpan.FromSeconds(1));
        Assert.Equal([White], Lit());
    }

    void ISensingSink.Pressed(string device, DateTimeOffset at)
    {
    }

    void ISensingSink.Told(string device, string signal, double value, DateTimeOffset at)
    {
    }

    public void Dispose()
    {
        _lines.Dispose();
        _chip.Dispose();
    }

    private static LineOptions Lamp(int line, string colour) =>
        new() { Line = line, Kind = LineKind.Lamp, Device = "lobby", Signal = colour };

    private int[] Lit() => [.. Enumerable.Range(0, 8).Where(_chip.IsActive)];

    private void After(TimeSpan time)
    {
        _time.Advance(time);
        _lamps.Update();
    }
}
