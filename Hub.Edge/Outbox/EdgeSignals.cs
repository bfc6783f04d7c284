using System.Collections.Frozen;

namespace Hub.Edge.Outbox;

/// <summary>What the edge has to know of a signal: its unit on the wire, and whether it may wait.</summary>
public static class EdgeSignals
{
    public const string Press = "button.press";
    public const string Cancel = "button.cancel";

    private static readonly FrozenDictionary<string, string> Units = new Dictionary<string, string>
    {
        ["water.volume"] = "m3",
        ["water.flow"] = "l/h",
        ["electric.energy"] = "kWh",
        ["electric.interval"] = "kWh",
        ["electric.power"] = "W",
        ["electric.voltage"] = "V",
        ["electric.current"] = "A",
        ["supply.voltage"] = "V",
        ["facility.level"] = "m",
        ["facility.temperature"] = "Cel",
        ["facility.pressure"] = "bar",
        ["facility.output"] = "%",
        ["climate.temperature"] = "Cel",
        ["climate.humidity"] = "%RH",
        ["climate.illuminance"] = "lx",
        ["heating.temperature"] = "Cel",
        ["outdoor.temperature"] = "Cel",
        ["outdoor.humidity"] = "%RH",
        ["device.battery"] = "%EL",
        ["device.backlog"] = "count",
        ["device.cpu"] = "%",
        ["device.memory"] = "MB",
        ["device.memory.available"] = "MB",
        ["device.disk"] = "%",
        ["device.disk.written"] = "MB",
        ["device.disk.wear"] = "%",
        ["device.temperature"] = "Cel",
        ["device.clock.offset"] = "s",
        ["device.clock.step"] = "s",
        ["device.uptime"] = "s",
        ["device.restarts"] = "count",
        ["device.reconnects"] = "count",
        ["device.readings.shed"] = "count",
        ["device.events.lost"] = "count",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    private static readonly FrozenSet<string> Urgent = FrozenSet.ToFrozenSet(
        [Press, Cancel, "door.open", "leak.wet", "smoke.alarm", "facility.fault", "facility.run"],
        StringComparer.Ordinal);

    /// <summary>What a bill or a count rests on: the last one says all that those before it did.</summary>
    private static readonly FrozenSet<string> Registers = FrozenSet.ToFrozenSet(
        ["water.volume", "electric.energy", "electric.interval"], StringComparer.Ordinal);

    /// <summary>The SenML unit; null where there is none, or where the signal is not known here.</summary>
    public static string? UnitOf(string signal) => Units.GetValueOrDefault(signal);

    /// <summary>Presses, alarms and contact changes go first and are committed at once.</summary>
    public static bool IsEvent(string signal) => Urgent.Contains(signal);

    /// <summary>
    /// Values of an instant, many and soon out of date: they go first where room is short. Registers, the edge's own
    /// health and events don't.
    /// </summary>
    public static bool IsRaw(string signal) =>
        !IsEvent(signal) && !Registers.Contains(signal) && !signal.StartsWith("device.", StringComparison.Ordinal);

    public static bool IsPress(string signal) => signal is Press or Cancel;
}
