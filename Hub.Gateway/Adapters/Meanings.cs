using System.Collections.Frozen;
using Hub.Rules.Readings;

namespace Hub.Gateway.Adapters;

/// <summary>What the classes that device makers agree on are here.</summary>
internal static class Meanings
{
    public const string Motion = "motion.seen";
    public const string Tamper = "device.tamper";
    public const string BatteryLow = "device.battery.low";
    public const string Pressure = "climate.pressure";
    public const string Illuminance = "climate.illuminance";
    public const string Co2 = "climate.co2";
    public const string Frequency = "electric.frequency";
    public const string PowerFactor = "electric.power.factor";
    public const string EnergyReturned = "electric.energy.returned";
    public const string BatteryVoltage = "device.battery.voltage";

    private static readonly FrozenDictionary<string, string> Units = new Dictionary<string, string>
    {
        ["°C"] = "Cel",
        ["℃"] = "Cel",
        ["C"] = "Cel",
        ["°F"] = "degF",
        ["F"] = "degF",
        ["m³"] = "m3",
        ["m³/h"] = "m3/h",
        ["㎥"] = "m3",
        ["l"] = "L",
        ["l/h"] = "L/h",
        ["l/min"] = "L/min",
        ["lpm"] = "L/min",
        ["lux"] = "lx",
        ["mbar"] = "hPa",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    // Home Assistant's device classes of sensors and of binary sensors; other families use most of the same words.
    private static readonly FrozenDictionary<string, string> Sensors = new Dictionary<string, string>
    {
        ["temperature"] = Signal.Temperature,
        ["humidity"] = Signal.Humidity,
        ["battery"] = Signal.Battery,
        ["energy"] = Signal.ElectricEnergy,
        ["power"] = Signal.ElectricPower,
        ["voltage"] = Signal.Voltage,
        ["current"] = Signal.Current,
        ["frequency"] = Frequency,
        ["power_factor"] = PowerFactor,
        ["water"] = Signal.WaterVolume,
        ["volume_flow_rate"] = Signal.WaterFlow,
        ["signal_strength"] = Signal.Rssi,
        ["pressure"] = Pressure,
        ["atmospheric_pressure"] = Pressure,
        ["illuminance"] = Illuminance,
        ["carbon_dioxide"] = Co2,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    private static readonly FrozenDictionary<string, string> BinarySensors = new Dictionary<string, string>
    {
        ["moisture"] = Signal.LeakWet,
        ["door"] = Signal.DoorOpen,
        ["window"] = Signal.DoorOpen,
        ["opening"] = Signal.DoorOpen,
        ["garage_door"] = Signal.DoorOpen,
        ["smoke"] = Signal.Smoke,
        ["motion"] = Motion,
        ["occupancy"] = Motion,
        ["presence"] = Motion,
        ["tamper"] = Tamper,
        ["battery"] = BatteryLow,
        ["connectivity"] = Signal.Online,
        ["running"] = "facility.run",
        ["problem"] = "facility.fault",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>The unit as SenML writes it.</summary>
    public static string Unit(string sent) => Units.GetValueOrDefault(sent.Trim(), sent.Trim());

    /// <summary>The signal of a device class; null for one that has none here.</summary>
    public static string? OfClass(string deviceClass, bool isBinary) =>
        (isBinary ? BinarySensors : Sensors).GetValueOrDefault(deviceClass);
}
