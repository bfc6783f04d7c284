using System.Globalization;
using System.Text;
using Hub.Rules.Site;

namespace Hub.Rules.Simulation;

/// <summary>Writes the site file of the simulated compound.</summary>
internal static class SiteYamlText
{
    private const string Head =
        """
        # The demo's compound. Replace it with yours; README.md in Hub.Rules/Site has the format.
        site:
          id: garden-court
          name: Garden Court 花园里
          zone: Asia/Shanghai
          hotline: "400-000-0000"
          language: zh-Hans
          lobbyHours: "06:00-22:00"

        """;

    public static string Of(Compound compound)
    {
        var text = new StringBuilder(Head).Append("\nspaces:\n");
        foreach (var space in compound.Spaces)
        {
            text.Append("  - { ").AppendJoin(", ", Properties(space)).Append(" }\n");
        }

        text.Append("\nedges:\n");
        foreach (var edge in compound.Devices.GroupBy(device => device.Edge))
        {
            text.Append("  - id: ").Append(edge.Key).Append("\n    devices:\n");
            foreach (var device in edge)
            {
                Append(text, device);
            }
        }

        // What an edge says of itself (backlog, disk, clock) comes in without a line for each.
        text.Append("\ncommissioning:\n");
        foreach (var lobby in compound.Devices.Where(device => device.Kind == SimulatedDeviceKind.Kiosk))
        {
            text.Append("  - { device: ").Append(lobby.Edge).Append(", space: ").Append(lobby.Space.Id)
                .Append(", auto: true }\n");
        }

        return text.ToString();
    }

    private static IEnumerable<string> Properties(Space space)
    {
        yield return $"id: {space.Id}";
        yield return $"kind: {SiteWords.Kinds.First(pair => pair.Value == space.Kind).Key}";
        yield return $"name: \"{space.Name}\"";
        yield return $"building: {space.Building}";
        if (space.Entrance.Length > 0)
        {
            yield return $"entrance: {space.Entrance}";
        }

        if (space.Floor is { } floor)
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"floor: {floor}");
        }

        if (space.IsVacant)
        {
            yield return $"occupancy: {SiteWords.Occupancies.First(pair => pair.Value == space.Occupancy).Key}";
            var since = space.VacantSince!.Value.ToOffset(Habits.Offset);
            yield return string.Create(CultureInfo.InvariantCulture, $"vacantSince: {since:yyyy-MM-dd}");
        }
    }

    private static void Append(StringBuilder text, SimulatedDevice device)
    {
        text.Append(CultureInfo.InvariantCulture, $"      - id: {device.Name}\n        space: {device.Space.Id}\n");
        if (device.Kind != SimulatedDeviceKind.Kiosk)
        {
            text.Append(CultureInfo.InvariantCulture, $"        every: {device.Every.TotalSeconds} s\n");
        }

        text.Append("        points:\n");
        foreach (var point in Points(device))
        {
            text.Append("          - { ").Append(point).Append(" }\n");
        }
    }

    private static IEnumerable<string> Points(SimulatedDevice device)
    {
        var serial = device.Id.ToUpperInvariant().Replace("EDGE-", "", StringComparison.Ordinal).Replace('/', '-');
        return device.Kind switch
        {
            SimulatedDeviceKind.WaterMeter =>
            [
                $"signal: water.volume, pulse: 1 L, rollover: 100000 m3, serial: \"{serial}\", rateMax: 5 m3/h",
                "signal: water.flow",
            ],
            SimulatedDeviceKind.ElectricMeter =>
            [
                $"signal: electric.energy, pulse: 1 Wh, rollover: 1000000 kWh, serial: \"{serial}\", rateMax: 15 kW",
                "signal: electric.power",
            ],
            SimulatedDeviceKind.Door => ["signal: door.open"],
            SimulatedDeviceKind.Climate => ["signal: climate.temperature", "signal: climate.humidity"],
            SimulatedDeviceKind.Kiosk => ["signal: button.press", "signal: button.cancel"],
            SimulatedDeviceKind.Pump =>
            [
                $"signal: electric.energy, pulse: 1 Wh, serial: \"{serial}\", rateMax: 15 kW",
                "signal: electric.power", "signal: facility.run", "signal: facility.level",
            ],
            _ => throw new InvalidOperationException($"Unknown device {device.Kind}."),
        };
    }
}
