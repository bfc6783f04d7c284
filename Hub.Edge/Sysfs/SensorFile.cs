using System.Globalization;
using System.Text;

namespace Hub.Edge.Sysfs;

/// <summary>Reads one value of the kernel's, in whole units: °C, %RH, V, A, W, lx, kPa, m.</summary>
public static class SensorFile
{
    /// <summary>What a DS18B20 holds after power-on, until its first conversion: 85 °C, in thousandths.</summary>
    private const double PowerOnThousandths = 85_000;

    private const int TextBytesMax = 256;

    private const string RawEnding = "_raw";

    /// <summary>The value, or why there is none. Takes as long as the sensor does.</summary>
    public static (double Value, string? Fault) Read(SensorOptions sensor)
    {
        var (path, fault) = SensorFinder.Find(sensor.Path, sensor.Chip);
        if (path is null || !TryNumber(path, out var number, out fault))
        {
            return (0, fault);
        }

        if (number == PowerOnThousandths && Path.GetFileName(path) == "temperature")
        {
            return (0, "It says 85 °C, what a sensor says that has lost its power before it has measured.");
        }

        if (path.EndsWith(RawEnding, StringComparison.Ordinal))
        {
            number = (number + Beside(path, "_offset", 0)) * Beside(path, "_scale", 1);
        }

        return (number * UnitOf(Path.GetFileName(path)), null);
    }

    /// <summary>The first line of a small file.</summary>
    internal static bool TryRead(string path, out string text, out string? fault)
    {
        (text, fault) = ("", null);
        try
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, bufferSize: 0);
            Span<byte> bytes = stackalloc byte[TextBytesMax];
            text = Encoding.UTF8.GetString(bytes[..file.Read(bytes)]).Trim();
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            fault = $"It can't be read: {e.Message}";
            return false;
        }
    }

    private static bool TryNumber(string path, out double number, out string? fault)
    {
        number = 0;
        if (!TryRead(path, out var text, out fault))
        {
            return false;
        }

        if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out number))
        {
            return true;
        }

        fault = $"'{text}' in {path} is no number.";
        return false;
    }

    /// <summary>
    /// The attribute of this channel (<c>in_voltage0_scale</c>), or that of all channels of its kind
    /// (<c>in_voltage_scale</c>).
    /// </summary>
    private static double Beside(string raw, string ending, double fallback)
    {
        var channel = raw[..^RawEnding.Length];
        string[] places = [channel + ending, channel.TrimEnd("0123456789".ToCharArray()) + ending];
        foreach (var place in places)
        {
            if (File.Exists(place) && TryNumber(place, out var number, out _))
            {
                return number;
            }
        }

        return fallback;
    }

    /// <summary>
    /// What one of the kernel's is in whole units: Documentation/ABI/testing/{sysfs-bus-iio, sysfs-class-hwmon,
    /// sysfs-driver-w1_therm} of its source.
    /// </summary>
    private static double UnitOf(string name)
    {
        const double Thousandth = 0.001;
        const double Millionth = 0.000_001;
        string[] thousandths =
            ["in_temp", "in_humidityrelative", "in_voltage", "in_current", "in_power", "temp", "humidity", "curr"];
        return name switch
        {
            _ when thousandths.Any(kind => name.StartsWith(kind, StringComparison.Ordinal)) => Thousandth,
            _ when name.StartsWith("in", StringComparison.Ordinal) && char.IsAsciiDigit(name.ElementAtOrDefault(2)) =>
                Thousandth,
            _ when name.StartsWith("power", StringComparison.Ordinal) => Millionth,
            _ => 1,
        };
    }
}
