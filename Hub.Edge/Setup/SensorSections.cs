using Hub.Edge.Sysfs;

namespace Hub.Edge.Setup;

/// <summary>Reads <c>sensors:</c>, what the kernel's drivers show as files.</summary>
internal static class SensorSections
{
    private const int SensorsMax = 64;

    public static IReadOnlyList<SensorOptions> Read(YamlSection root, TakenPoints taken)
    {
        var sections = root.Sections("sensors");
        if (sections.Count > SensorsMax)
        {
            root.Refuse("sensors", $"{sections.Count} sensors", $"at most {SensorsMax}", "Spread them over edges.");
        }

        return [.. sections.Select(section => Sensor(section, taken))];
    }

    private static SensorOptions Sensor(YamlSection section, TakenPoints taken)
    {
        var point = PointSections.Read(section, taken, TimeSpan.FromSeconds(60));
        var sensor = new SensorOptions
        {
            Path = section.Required("path", "the file that the kernel shows the value in",
                "Write it like /sys/bus/w1/devices/28-*/temperature."),
            Chip = section.TextOrNull("chip"),
            Timeout = section.Duration("timeout", TimeSpan.FromSeconds(10), TimeSpan.FromMilliseconds(100),
                TimeSpan.FromMinutes(5)),
            Point = point,
        };
        if (sensor.Path.Length > 0 && !sensor.Path.StartsWith('/'))
        {
            section.Refuse("path", sensor.Path, "a path from the root", "Begin it with /sys/.");
        }

        section.Finish();
        return sensor;
    }
}
