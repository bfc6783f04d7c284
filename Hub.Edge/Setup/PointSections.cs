using System.Globalization;
using Hub.Edge.Outbox;
using Hub.Edge.Sampling;

namespace Hub.Edge.Setup;

/// <summary>Reads the fields that every sampled point has, whatever it is sampled from.</summary>
internal static class PointSections
{
    private const double NumberMax = 1e12;

    public static SampledPoint Read(YamlSection section, TakenPoints taken, TimeSpan interval)
    {
        var point = new SampledPoint
        {
            Device = section.Required("device", "the device that the value is told as", "Name the device."),
            Signal = section.Required("signal", "what the value is, such as climate.temperature", "Name the signal."),
            Scale = section.Number("scale", 1, -NumberMax, NumberMax),
            Offset = section.Number("offset", 0, -NumberMax, NumberMax),
            ValueMin = section.Number("min", double.NegativeInfinity, -NumberMax, NumberMax),
            ValueMax = section.Number("max", double.PositiveInfinity, -NumberMax, NumberMax),
            Deadband = section.Number("deadband", 0, 0, NumberMax),
            Interval = section.Duration("interval", interval, TimeSpan.FromSeconds(1), TimeSpan.FromDays(1)),
            AtLeast = section.Duration(
                "atLeast", TimeSpan.FromMinutes(15), TimeSpan.FromSeconds(1), TimeSpan.FromDays(1)),
        };
        Check(section, point);
        taken.Take(section, point.Key);
        return point;
    }

    private static void Check(YamlSection section, SampledPoint point)
    {
        foreach (var (field, name) in new[] { ("device", point.Device), ("signal", point.Signal) })
        {
            if (!LineSections.Name().IsMatch(name))
            {
                section.Refuse(field, name, "letters, digits, -, _ and ., at most 64", "Choose a plain name.");
            }
        }

        if (EdgeSignals.IsPress(point.Signal))
        {
            section.Refuse("signal", point.Signal, "a value that lasts", "Wire the button to a line.");
        }

        if (point.Scale == 0)
        {
            section.Refuse("scale", "0", "not 0, which makes every value the same", "Leave it out, or correct it.");
        }

        if (point.ValueMin >= point.ValueMax)
        {
            section.Refuse("max", point.ValueMax.ToString(CultureInfo.InvariantCulture), "more than min",
                "Give the range of possible values, after scale and offset.");
        }
    }
}
