using System.Collections.Frozen;
using System.Text.RegularExpressions;
using Hub.Rules.Readings;

namespace Hub.Gateway.Adapters.Zigbee;

/// <summary>
/// The properties of zigbee2mqtt that mean something here. The others (settings, effects, update states) are no
/// readings, and are left out unless the device describes them as a number with a unit.
/// </summary>
internal static partial class ZigbeeProperties
{
    private static readonly FrozenDictionary<string, Meaning> Known = new Dictionary<string, Meaning>
    {
        ["battery"] = new(Signal.Battery, "%EL"),
        ["battery_low"] = new(Meanings.BatteryLow),
        ["linkquality"] = new(Signal.LinkQuality),
        ["contact"] = new(Signal.DoorOpen, IsNegated: true),
        ["water_leak"] = new(Signal.LeakWet),
        ["smoke"] = new(Signal.Smoke),
        ["occupancy"] = new(Meanings.Motion),
        ["presence"] = new(Meanings.Motion),
        ["tamper"] = new(Meanings.Tamper),
        ["temperature"] = new(Signal.Temperature, "Cel"),
        ["local_temperature"] = new(Signal.Temperature, "Cel"),
        ["device_temperature"] = new("device.temperature", "Cel"),
        ["humidity"] = new(Signal.Humidity, "%RH"),
        ["pressure"] = new(Meanings.Pressure, "hPa"),
        ["illuminance"] = new(Meanings.Illuminance, "lx"),
        ["illuminance_lux"] = new(Meanings.Illuminance, "lx"),
        ["co2"] = new(Meanings.Co2, "ppm"),
        ["energy"] = new(Signal.ElectricEnergy, "kWh"),
        ["produced_energy"] = new(Meanings.EnergyReturned, "kWh"),
        ["power"] = new(Signal.ElectricPower, "W"),
        ["current"] = new(Signal.Current, "A"),
        ["ac_frequency"] = new(Meanings.Frequency, "Hz"),
        ["power_factor"] = new(Meanings.PowerFactor),
        ["flow"] = new(Signal.WaterFlow, "m3/h"),
        ["water_consumed"] = new(Signal.WaterVolume, "m3"),
    }.ToFrozenDictionary(StringComparer.Ordinal);

    private static readonly FrozenSet<string> Presses =
        FrozenSet.ToFrozenSet(["single", "double", "triple", "hold", "long", "press", "on"], StringComparer.Ordinal);

    /// <summary>What a property of the table means; null if it isn't in it.</summary>
    public static Meaning? Find(string property) => Known.TryGetValue(property, out var meaning) ? meaning : null;

    public static bool IsPress(string action) => Presses.Contains(action);

    /// <summary>What a property of a state means, and of which part of the device (<c>power_l2</c>).</summary>
    public static (Meaning Meaning, string? Part)? Find(
        string property, Dictionary<string, Meaning>? described, bool hasBattery)
    {
        if (described is not null && described.TryGetValue(property, out var own))
        {
            return (own, null);
        }

        if (property == "voltage")
        {
            // Undescribed: of a cell in mV, of the mains in V.
            return hasBattery
                ? (new Meaning(Meanings.BatteryVoltage, "mV"), null)
                : (new Meaning(Signal.Voltage, "V"), null);
        }

        if (Known.TryGetValue(property, out var known))
        {
            return (known, null);
        }

        return Endpoint().Match(property) is { Success: true } part
            && Known.TryGetValue(part.Groups[1].Value, out known)
            ? (known, part.Groups[2].Value)
            : null;
    }

    [GeneratedRegex("^(.{1,40})_(l?[0-9]{1,2}|left|right|center|top|bottom)$", RegexOptions.CultureInvariant)]
    private static partial Regex Endpoint();
}
