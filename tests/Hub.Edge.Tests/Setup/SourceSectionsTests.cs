using Hub.Edge.Setup;

namespace Hub.Edge.Tests.Setup;

/// <summary>What is read beside the lines, as edge.yaml says it.</summary>
public class SourceSectionsTests
{
    [Fact]
    public void A_sensor_has_its_file_its_point_and_its_rhythm()
    {
        var options = EdgeFile.Read("edge.yaml", """
            edge: e1
            sensors:
              - { path: /sys/bus/w1/devices/28-*/temperature, device: riser, signal: climate.temperature, min: -20,
                  max: 80, deadband: 0.2, interval: 30s, atLeast: 10m, timeout: 5s }
              - { path: /sys/bus/iio/devices/*/in_humidityrelative_input, chip: bme280, device: riser,
                  signal: climate.humidity }
            """).Options!;

        var (first, second) = (options.Sensors[0], options.Sensors[1]);
        Assert.Equal(("/sys/bus/w1/devices/28-*/temperature", null, TimeSpan.FromSeconds(5)),
            (first.Path, first.Chip, first.Timeout));
        Assert.Equal(("riser/climate.temperature", -20, 80, 0.2),
            (first.Point.Key, first.Point.ValueMin, first.Point.ValueMax, first.Point.Deadband));
        Assert.Equal((TimeSpan.FromSeconds(30), TimeSpan.FromMinutes(10)), (first.Point.Interval, first.Point.AtLeast));
        Assert.Equal(("bme280", 1, 0, TimeSpan.FromSeconds(60)),
            (second.Chip, second.Point.Scale, second.Point.Offset, second.Point.Interval));
    }

    [Fact]
    public void Every_fault_of_a_sensor_is_told_with_its_field_and_line() => Assert.Equal(
        [
            "sensors[0].device@3", "sensors[0].path@3", "sensors[1].max@4", "sensors[1].path@4", "sensors[1].pathh@4",
            "sensors[1].scale@4", "sensors[1].signal@4", "sensors[2].device@5", "sensors[2].interval@5",
            "sensors[3].signal@6",
        ],
        Faults("""
            edge: e1
            sensors:
              - { path: temp1_input, signal: climate.temperature }
              - { pathh: /sys/x, device: a, signal: button.press, scale: 0, min: 5, max: 5 }
              - { path: /sys/x, device: a b, signal: climate.temperature, interval: 10ms }
              - { path: /sys/x, device: a, signal: door.open }
            lines:
              - { line: 1, kind: contact, device: a, signal: door.open }
            """));

    [Fact]
    public void What_the_hub_sends_can_not_take_a_sensors_point()
    {
        var own = EdgeFile.Read("edge.yaml", """
            edge: e1
            sensors:
              - { path: /sys/x, device: a, signal: facility.level }
            """).Options!;

        var sent = EdgeFile.ReadSent("config", """
            {"version":"7","lines":[{"line":4,"kind":"contact","device":"a","signal":"facility.level"}]}
            """, own);

        Assert.Equal("lines[0].signal", Assert.Single(sent.Faults).Field);
    }

    private static IEnumerable<string> Faults(string yaml)
    {
        var answer = EdgeFile.Read("edge.yaml", yaml);
        Assert.Null(answer.Options);
        return answer.Faults.Select(fault => $"{fault.Field}@{fault.Line}").Order(StringComparer.Ordinal);
    }
}
