using System.Globalization;

namespace Hub.Edge.Health;

/// <summary>
/// Whether a Raspberry Pi's supply and cooling suffice. Its firmware says it in one number, as
/// <c>vcgencmd get_throttled</c> prints it: bit 0 the voltage is too low, 1 the clock is capped, 2 it is throttled, 3
/// the soft temperature limit holds; bits 16 to 19 the same, once since the start of the machine. The kernel's hwmon
/// driver tells the voltage alone.
/// </summary>
internal sealed class PowerSupply(MachineFiles files)
{
    private const string Firmware = "sys/devices/platform/soc/soc:firmware/get_throttled";
    private const uint LowVoltage = 0x1;
    private const uint HeldBack = 0xE;
    private const int OnceShift = 16;

    private uint _once;

    /// <summary>
    /// What holds now, or did for the first time since the last look: a dip of a second must not slip through.
    /// </summary>
    public (bool? IsVoltageLow, bool? IsHeldBack) Look()
    {
        if (!uint.TryParse(
                files.Text(Firmware), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var state))
        {
            return (OfDriver(), null);
        }

        var news = (state >> OnceShift) & ~_once;
        _once |= state >> OnceShift;
        var told = state | news;
        return ((told & LowVoltage) != 0 || OfDriver() == true, (told & HeldBack) != 0);
    }

    private bool? OfDriver() =>
        files.Folders("sys/class/hwmon", "hwmon*").FirstOrDefault(chip => files.Text($"{chip}/name") == "rpi_volt")
            is { } volt && files.Number($"{volt}/in0_lcrit_alarm") is { } alarm
            ? alarm != 0
            : null;
}
