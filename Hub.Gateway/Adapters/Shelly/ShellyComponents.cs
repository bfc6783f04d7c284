using System.Collections.Frozen;
using System.Text.Json;
using Hub.Rules.Readings;

namespace Hub.Gateway.Adapters.Shelly;

/// <summary>
/// The components of a Shelly's status. Each is a part of the device, <c>{device}/switch-0</c>; the battery and the
/// radio are the device's own. A notification has only what has changed.
/// </summary>
internal static class ShellyComponents
{
    private static readonly FrozenDictionary<string, Meaning> Values = new Dictionary<string, Meaning>
    {
        ["apower"] = new(Signal.ElectricPower, "W"),
        ["act_power"] = new(Signal.ElectricPower, "W"),
        ["total_act_power"] = new(Signal.ElectricPower, "W"),
        ["voltage"] = new(Signal.Voltage, "V"),
        ["current"] = new(Signal.Current, "A"),
        ["total_current"] = new(Signal.Current, "A"),
        ["freq"] = new(Meanings.Frequency, "Hz"),
        ["pf"] = new(Meanings.PowerFactor),
        ["total_act_energy"] = new(Signal.ElectricEnergy, "Wh"),
        ["total_act"] = new(Signal.ElectricEnergy, "Wh"),
        ["total_act_ret_energy"] = new(Meanings.EnergyReturned, "Wh"),
        ["total_act_ret"] = new(Meanings.EnergyReturned, "Wh"),
        ["tC"] = new(Signal.Temperature, "Cel"),
        ["rh"] = new(Signal.Humidity, "%RH"),
        ["lux"] = new(Meanings.Illuminance, "lx"),
    }.ToFrozenDictionary(StringComparer.Ordinal);

    private static readonly FrozenDictionary<string, string> Alarms = new Dictionary<string, string>
    {
        ["flood"] = Signal.LeakWet,
        ["smoke"] = Signal.Smoke,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    private static readonly FrozenSet<string> Known = FrozenSet.ToFrozenSet(
        [
            "switch", "pm1", "cover", "light", "em", "emdata", "em1", "em1data", "temperature", "humidity",
            "illuminance", "voltmeter", "devicepower", "flood", "smoke", "wifi",
        ],
        StringComparer.Ordinal);

    public static bool IsKnown(string component) => Known.Contains(KindOf(component));

    /// <summary>Meters and their registers are one part: <c>em:0</c> and <c>emdata:0</c> are <c>em-0</c>.</summary>
    public static string PartOf(string device, string component) =>
        $"{device}/{component.Replace("data:", ":", StringComparison.Ordinal).Replace(':', '-')}";

    public static void Read(
        string device, string component, JsonElement status, DateTimeOffset? at, Decoded into)
    {
        var kind = KindOf(component);
        var part = PartOf(device, component);
        if (!Known.Contains(kind) || status.ValueKind != JsonValueKind.Object)
        {
            return;
        }

        if (kind == "wifi")
        {
            Add(device, new Meaning(Signal.Rssi, "dBm"), JsonPayload.Number(status, "rssi"), at, into);
            return;
        }

        if (kind == "devicepower")
        {
            var battery = JsonPayload.Map(status, "battery") ?? default;
            Add(device, new Meaning(Signal.Battery, "%EL"), JsonPayload.Number(battery, "percent"), at, into);
            Add(device, new Meaning(Meanings.BatteryVoltage, "V"), JsonPayload.Number(battery, "V"), at, into);
            return;
        }

        if (Alarms.TryGetValue(kind, out var alarm))
        {
            Add(part, new Meaning(alarm), JsonPayload.Number(status, "alarm"), at, into);
            return;
        }

        ReadValues(part, status, at, into);
    }

    private static void ReadValues(string part, JsonElement status, DateTimeOffset? at, Decoded into)
    {
        foreach (var value in status.EnumerateObject())
        {
            if (value.Value.ValueKind == JsonValueKind.Object)
            {
                ReadInner(part, value.Name, value.Value, at, into);
            }
            else if (Values.TryGetValue(value.Name, out var meaning))
            {
                Add(part, meaning, JsonPayload.Number(value.Value), at, into);
            }
            else if (value.Name is [('a' or 'b' or 'c') and var phase, '_', .. var name]
                && Values.TryGetValue(name, out meaning))
            {
                Add($"{part}-{phase}", meaning, JsonPayload.Number(value.Value), at, into);
            }
        }
    }

    private static void ReadInner(string part, string name, JsonElement inner, DateTimeOffset? at, Decoded into)
    {
        switch (name)
        {
            case "aenergy":
                Add(part, new Meaning(Signal.ElectricEnergy, "Wh"), JsonPayload.Number(inner, "total"), at, into);
                break;
            case "ret_aenergy":
                Add(part, new Meaning(Meanings.EnergyReturned, "Wh"), JsonPayload.Number(inner, "total"), at, into);
                break;
            case "temperature":
                // Of the switch itself: it says that it gets hot, not how warm the room is.
                Add(part, new Meaning("device.temperature", "Cel"), JsonPayload.Number(inner, "tC"), at, into);
                break;
            default:
                break;
        }
    }

    private static void Add(string device, Meaning meaning, double? value, DateTimeOffset? at, Decoded into)
    {
        if (value is { } number)
        {
            into.Add(device, meaning, number, at);
        }
    }

    private static string KindOf(string component)
    {
        var colon = component.IndexOf(':');
        return colon < 0 ? component : component[..colon];
    }
}
