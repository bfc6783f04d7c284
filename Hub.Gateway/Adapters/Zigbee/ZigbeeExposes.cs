using System.Text.Json;
using Hub.Rules.Readings;

namespace Hub.Gateway.Adapters.Zigbee;

/// <summary>
/// What a device exposes (https://www.zigbee2mqtt.io/guide/usage/exposes.html): numbers and yes-or-noes, some of them
/// inside composites. Settings aren't readings.
/// </summary>
internal static class ZigbeeExposes
{
    private const int SignalCharactersMax = 40;

    /// <summary>Each property with its meaning, in the order of the description.</summary>
    public static List<(string Property, Meaning Meaning)> Read(JsonElement exposes, int countMax)
    {
        List<(string Property, Meaning Meaning)> found = [];
        var waiting = new Stack<JsonElement>(exposes.EnumerateArray().Reverse());
        while (waiting.TryPop(out var expose) && found.Count < countMax)
        {
            if (JsonPayload.List(expose, "features") is { } features)
            {
                foreach (var feature in features.EnumerateArray().Reverse())
                {
                    waiting.Push(feature);
                }
            }
            else if (JsonPayload.Text(expose, "property") is { Length: > 0 } property
                && MeaningOf(expose, property) is { } meaning
                && found.TrueForAll(known => known.Property != property))
            {
                found.Add((property, meaning));
            }
        }

        return found;
    }

    private static Meaning? MeaningOf(JsonElement expose, string property)
    {
        var type = JsonPayload.Text(expose, "type");
        var unit = Meanings.Unit(JsonPayload.Text(expose, "unit") ?? "");
        if (property == "voltage" && type == "numeric")
        {
            return unit == "mV" ? new Meaning(Meanings.BatteryVoltage, unit) : new Meaning(Signal.Voltage, "V");
        }

        if (type is "numeric" or "binary" && ZigbeeProperties.Find(property) is { } known)
        {
            // A percentage stays what the table says it is one of.
            return type == "numeric" && unit.Length > 0 && unit != "%" ? known with { Unit = unit } : known;
        }

        // A part's property (power_l2) is read by the table, as its device's part.
        var isMeasured = type == "numeric" && unit.Length > 0 && JsonPayload.Text(expose, "category") != "config"
            && ZigbeeProperties.Find(property, described: null, hasBattery: false) is null;
        var signal = DeviceNames.Signal(property);
        return isMeasured && signal.Length is > 0 and <= SignalCharactersMax ? new Meaning(signal, unit) : null;
    }
}
