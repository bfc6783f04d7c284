using Hub.Edge.Pins;
using Hub.Testing;

namespace Hub.Edge.Tests.Pins;

public sealed class SimulatedChipTests : IDisposable
{
    private readonly SimulatedChip _chip = new("sim", 32, new ManualTime());
    private readonly List<LineEvent> _events = [];

    [Fact]
    public void A_line_in_use_is_refused_with_line_holder_and_cure()
    {
        using var first = Take(17);

        var refused = Assert.Throws<GpioException>(
            () => _chip.Take(17, LineSettings.Output(activeLow: false), "lamp", _events.Add));

        Assert.Contains("line 17 is in use by 'meter'", refused.Message, StringComparison.Ordinal);
        Assert.Contains("choose another line", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_released_line_can_be_taken_again_and_is_counted_afresh()
    {
        using (Take(17))
        {
            _chip.Set(17, true);
        }

        _chip.Set(17, false);
        using var again = Take(17);
        _chip.Set(17, true);

        Assert.Equal([1u, 1u], _events.Select(lineEvent => lineEvent.Sequence));
    }

    [Fact]
    public void A_missing_line_is_refused_with_the_range_that_there_is()
    {
        var refused = Assert.Throws<GpioException>(() => Take(32));

        Assert.Contains("0 to 31", refused.Message, StringComparison.Ordinal);
        Assert.Contains("32", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Dropped_events_leave_a_jump_in_the_line_sequence()
    {
        using var line = Take(4);
        _chip.Set(4, true);
        _chip.DropNext(4, 2);
        _chip.Set(4, false);
        _chip.Set(4, true);
        _chip.Set(4, false);

        Assert.Equal([1u, 4u], _events.Select(lineEvent => lineEvent.Sequence));
    }

    [Theory]
    [InlineData(2, "is not there")]
    [InlineData(13, "usermod -aG gpio")]
    public void Opening_a_chip_says_what_to_do(int error, string cure) =>
        Assert.Contains(cure, GpioFault.OfOpen("/dev/gpiochip9", error), StringComparison.Ordinal);

    [Fact]
    public void A_chip_that_is_not_there_names_those_that_are()
    {
        var missing = Assert.Throws<GpioException>(() => CharacterDeviceChip.Open("no-such-chip"));
        Assert.Contains("Found:", missing.Message, StringComparison.Ordinal);

        var path = Assert.Throws<GpioException>(() => CharacterDeviceChip.Open("/dev/gpiochip-none"));
        Assert.Contains("/dev/gpiochip-none", path.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_is_no_chip_is_refused() =>
        Assert.Contains("not a GPIO chip",
            Assert.Throws<GpioException>(() => CharacterDeviceChip.Open("/dev/null")).Message,
                StringComparison.Ordinal);

    public void Dispose() => _chip.Dispose();

    private IGpioLine Take(int line) =>
        _chip.Take(line, new LineSettings(LineBias.AsIs, false, TimeSpan.Zero), "meter", _events.Add);
}
