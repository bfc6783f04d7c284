using System.Globalization;
using System.Text.Json;
using Hub.Gateway.Adapters.HomeAssistant;
using Hub.Rules.Readings;
using Hub.Rules.Site;

namespace Hub.Gateway.Announce;

/// <summary>
/// One point as Home Assistant's MQTT discovery has it
/// (https://www.home-assistant.io/integrations/mqtt/#discovery-messages). Pure. Only ids are in it: no name of a space,
/// no occupancy, and no point of a home that somebody lives in.
/// </summary>
internal sealed record PointAnnouncement(PointNumber Point, string ConfigTopic, string StateTopic, byte[] Config)
{
    /// <summary>The announcement; null for a point that Home Assistant isn't told of.</summary>
    public static PointAnnouncement? Of(Point point, Space? space, string siteId, string prefix)
    {
        var signal = Signal.Of(point.Signal);
        if (!IsPublic(space) || signal.Kind is SignalKind.Press or SignalKind.Interval)
        {
            return null;
        }

        var isBinary = signal.Kind == SignalKind.Contact;
        var bare = TopicsOf(point.Number, siteId, prefix, isBinary);
        return bare with { Config = ConfigOf(point, signal, NodeOf(siteId), bare.StateTopic) };
    }

    /// <summary>Where a point stands or stood, told of or not: what is to be empty when it must not be seen.</summary>
    public static PointAnnouncement TopicsOf(PointNumber number, string siteId, string prefix, bool isBinary)
    {
        var (node, id) = (NodeOf(siteId), string.Create(CultureInfo.InvariantCulture, $"p{number.Value}"));
        return new PointAnnouncement(
            number, $"{prefix}/{(isBinary ? "binary_sensor" : "sensor")}/{node}/{id}/config",
            $"buildinghub/{siteId}/{id}", []);
    }

    /// <summary>A value as Home Assistant reads it.</summary>
    public static string Text(double value) => value.ToString("0.######", CultureInfo.InvariantCulture);

    // Home Assistant's ids have letters, digits, - and _.
    private static string NodeOf(string siteId) =>
        DiscoveryAdapter.OwnNode + siteId.Replace('.', '-');

    private static bool IsPublic(Space? space) => space is not null && (space.Kind != SpaceKind.Unit || space.IsVacant);

    private static byte[] ConfigOf(Point point, Signal signal, string node, string stateTopic)
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes))
        {
            json.WriteStartObject();
            json.WriteString("name", point.Signal.Replace('.', ' '));
            json.WriteString("unique_id", string.Create(CultureInfo.InvariantCulture, $"{node}-p{point.Number.Value}"));
            json.WriteString("state_topic", stateTopic);
            if (signal.Kind == SignalKind.Contact)
            {
                json.WriteString("payload_on", "1");
                json.WriteString("payload_off", "0");
            }
            else
            {
                var isRegister = signal.Kind == SignalKind.Register;
                json.WriteString("state_class", isRegister ? "total_increasing" : "measurement");
            }

            WriteClass(json, point.Signal, signal.Unit);
            json.WriteStartObject("device");
            json.WriteStartArray("identifiers");
            json.WriteStringValue($"{node}-{point.DeviceId}");
            json.WriteEndArray();
            json.WriteString("name", point.DeviceId);
            json.WriteEndObject();
            json.WriteStartObject("origin");
            json.WriteString("name", "BuildingHub");
            json.WriteEndObject();
            json.WriteEndObject();
        }

        return bytes.ToArray();
    }

    private static void WriteClass(Utf8JsonWriter json, string name, string unit)
    {
        var (deviceClass, shown) = ClassOf(name, unit);
        if (deviceClass.Length > 0)
        {
            json.WriteString("device_class", deviceClass);
        }

        if (shown.Length > 0)
        {
            json.WriteString("unit_of_measurement", shown);
        }

        if (name == Signal.WaterFlow)
        {
            // Home Assistant knows no litres an hour in older versions.
            json.WriteString("value_template", "{{ value | float / 1000 }}");
        }
    }

    private static (string Class, string Unit) ClassOf(string name, string unit) => name switch
    {
        Signal.WaterVolume => ("water", "m³"),
        Signal.WaterFlow => ("volume_flow_rate", "m³/h"),
        Signal.ElectricEnergy => ("energy", "kWh"),
        Signal.ElectricPower => ("power", "W"),
        Signal.Voltage => ("voltage", "V"),
        Signal.Current => ("current", "A"),
        Signal.Temperature => ("temperature", "°C"),
        Signal.Humidity => ("humidity", "%"),
        Signal.Battery => ("battery", "%"),
        Signal.Rssi => ("signal_strength", "dBm"),
        Signal.DoorOpen => ("door", ""),
        Signal.LeakWet => ("moisture", ""),
        Signal.Smoke => ("smoke", ""),
        Signal.Online => ("connectivity", ""),
        "facility.run" => ("running", ""),
        "facility.fault" => ("problem", ""),
        _ => ("", unit == "Cel" ? "°C" : unit),
    };
}
