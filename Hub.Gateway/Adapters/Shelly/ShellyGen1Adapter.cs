using System.Collections.Frozen;
using Hub.Rules.Readings;

namespace Hub.Gateway.Adapters.Shelly;

/// <summary>
/// Shelly of the first generation (https://shelly-api-docs.shelly.cloud/gen1/#mqtt): one value a topic under
/// <c>shellies/{id}/…</c>, <c>shellies/announce</c>, <c>…/online</c>. Energy of a relay counts watt-minutes, the totals
/// of an energy meter count watt-hours.
/// </summary>
public sealed class ShellyGen1Adapter(string baseTopic) : IAdapter
{
    private const double WattHoursPerWattMinute = 1 / 60.0;

    private static readonly FrozenDictionary<string, Meaning> Channel = new Dictionary<string, Meaning>
    {
        ["power"] = new(Signal.ElectricPower, "W"),
        ["voltage"] = new(Signal.Voltage, "V"),
        ["current"] = new(Signal.Current, "A"),
        ["pf"] = new(Meanings.PowerFactor),
        ["total"] = new(Signal.ElectricEnergy, "Wh"),
        ["total_returned"] = new(Meanings.EnergyReturned, "Wh"),
        ["energy"] = new(Signal.ElectricEnergy, "Wh"),
    }.ToFrozenDictionary(StringComparer.Ordinal);

    private static readonly FrozenDictionary<string, Meaning> Sensor = new Dictionary<string, Meaning>
    {
        ["temperature"] = new(Signal.Temperature, "Cel"),
        ["humidity"] = new(Signal.Humidity, "%RH"),
        ["battery"] = new(Signal.Battery, "%EL"),
        ["state"] = new(Signal.DoorOpen),
        ["flood"] = new(Signal.LeakWet),
        ["smoke"] = new(Signal.Smoke),
        ["motion"] = new(Meanings.Motion),
        ["lux"] = new(Meanings.Illuminance, "lx"),
    }.ToFrozenDictionary(StringComparer.Ordinal);

    private readonly string _prefix = $"{baseTopic}/";

    public IReadOnlyList<string> TopicFilters => [$"{_prefix}#"];

    public bool Owns(string topic) => topic.StartsWith(_prefix, StringComparison.Ordinal)
        && (IsAnnounce(topic) || FindIn(topic[_prefix.Length..].Split('/')) is not null);

    public bool IsDescription(string topic) => topic.StartsWith(_prefix, StringComparison.Ordinal) && IsAnnounce(topic);

    public void Decode(in AdapterMessage message, Decoded into)
    {
        if (IsAnnounce(message.Topic))
        {
            DecodeAnnounce(message, into);
            return;
        }

        if (FindIn(message.Topic[_prefix.Length..].Split('/')) is not var (device, meaning, factor))
        {
            return;
        }

        var text = JsonPayload.Plain(message.Payload);
        if ((JsonPayload.Number(text) ?? CommonNames.OfWord(text)) is { } value)
        {
            into.Add(device, meaning, value * factor);
        }
        else
        {
            into.Refuse("The payload must be a number, or one of true, false, open and close.");
        }
    }

    private static bool IsAnnounce(string topic) => topic.EndsWith("/announce", StringComparison.Ordinal);

    /// <summary>The part of a device that a topic is of, and what its payload is; null if it is no reading.</summary>
    private static (string Device, Meaning Meaning, double Factor)? FindIn(string[] levels)
    {
        switch (levels)
        {
            case [{ Length: > 0 } id, "online"]:
                return (id, new Meaning(Signal.Online), 1);
            case [{ Length: > 0 } id, "temperature"]:
                return (id, new Meaning("device.temperature", "Cel"), 1);
            case [{ Length: > 0 } id, "sensor", var name] when Sensor.TryGetValue(name, out var sensor):
                return (id, sensor, 1);
            // An energy meter's "energy" is what was used since its last report: no register.
            case [{ Length: > 0 } id, "emeter", { Length: > 0 } i, not "energy" and var name]
                when Channel.TryGetValue(name, out var meter):
                return ($"{id}/emeter-{i}", meter, 1);
            case [{ Length: > 0 } id, "relay", { Length: > 0 } i, ("power" or "energy") and var name]:
                return ($"{id}/relay-{i}", Channel[name], name == "energy" ? WattHoursPerWattMinute : 1);
            default:
                return null;
        }
    }

    private static void DecodeAnnounce(in AdapterMessage message, Decoded into)
    {
        using var json = JsonPayload.ReadObject(message.Payload, into);
        if (json is null)
        {
            return;
        }

        if (JsonPayload.Text(json.RootElement, "id") is not { Length: > 0 } id)
        {
            into.Refuse("An announcement must have the device's id.");
            return;
        }

        into.Describe(
            id, id, $"Shelly {JsonPayload.Text(json.RootElement, "model")}",
            [new CardSignal(Signal.Online, "", "connectivity")]);
    }
}
