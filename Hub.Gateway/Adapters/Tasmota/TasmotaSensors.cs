using System.Collections.Frozen;
using System.Globalization;
using System.Text.Json;
using Hub.Rules.Readings;

namespace Hub.Gateway.Adapters.Tasmota;

/// <summary>
/// The body of a SENSOR message: one object a sensor, each a part of the device (<c>{device}/DS18B20</c>), but for the
/// energy meter, which is the device; Zigbee devices behind it stand under their own names.
/// </summary>
internal sealed class TasmotaSensors(string device, DateTimeOffset now, Decoded into)
{
    private const int PhasesMax = 3;

    private static readonly FrozenDictionary<string, Meaning> Sensor = new Dictionary<string, Meaning>
    {
        ["Temperature"] = new(Signal.Temperature, "Cel"),
        ["Humidity"] = new(Signal.Humidity, "%RH"),
        ["Pressure"] = new(Meanings.Pressure, "hPa"),
        ["Illuminance"] = new(Meanings.Illuminance, "lx"),
        ["CarbonDioxide"] = new(Meanings.Co2, "ppm"),
        ["BatteryPercentage"] = new(Signal.Battery, "%EL"),
        ["LinkQuality"] = new(Signal.LinkQuality),
        ["Reachable"] = new(Signal.Online),
        ["Occupancy"] = new(Meanings.Motion),
        ["Contact"] = new(Signal.DoorOpen),
        ["Water"] = new(Signal.LeakWet),
        ["Fire"] = new(Signal.Smoke),
    }.ToFrozenDictionary(StringComparer.Ordinal);

    private static readonly FrozenDictionary<string, Meaning> Meter = new Dictionary<string, Meaning>
    {
        ["Total"] = new(Signal.ElectricEnergy, "kWh"),
        ["ExportActive"] = new(Meanings.EnergyReturned, "kWh"),
        ["Power"] = new(Signal.ElectricPower, "W"),
        ["Voltage"] = new(Signal.Voltage, "V"),
        ["Current"] = new(Signal.Current, "A"),
        ["Factor"] = new(Meanings.PowerFactor),
        ["Frequency"] = new(Meanings.Frequency, "Hz"),
    }.ToFrozenDictionary(StringComparer.Ordinal);

    // Of IAS zones (Zigbee cluster library, 8.2.2.2.1.2): what alarm 1, bit 0 of ZoneStatus, stands for.
    private static readonly FrozenDictionary<int, string> Zones = new Dictionary<int, string>
    {
        [0x0D] = Meanings.Motion,
        [0x15] = Signal.DoorOpen,
        [0x28] = Signal.Smoke,
        [0x2A] = Signal.LeakWet,
    }.ToFrozenDictionary();

    private bool _isFahrenheit;

    public void Read(JsonElement body)
    {
        _isFahrenheit = JsonPayload.Text(body, "TempUnit") == "F";
        var at = body.TryGetProperty("Time", out var time) ? into.Believe(JsonPayload.Time(time), now) : null;
        foreach (var sensor in body.EnumerateObject().Where(sensor => sensor.Value.ValueKind == JsonValueKind.Object))
        {
            switch (sensor.Name)
            {
                case "ENERGY" or "SML":
                    ReadMeter(sensor.Value, at);
                    break;
                case "ZbReceived" or "ZbInfo":
                    ReadZigbee(sensor.Value, at);
                    break;
                default:
                    ReadSensor($"{device}/{sensor.Name}", sensor.Value, at);
                    break;
            }
        }
    }

    private void ReadSensor(string part, JsonElement sensor, DateTimeOffset? at)
    {
        foreach (var value in sensor.EnumerateObject())
        {
            if (Sensor.TryGetValue(value.Name, out var meaning) && JsonPayload.Number(value.Value) is { } number)
            {
                var isOdd = _isFahrenheit && meaning.Unit == "Cel";
                into.Add(part, isOdd ? meaning with { Unit = "degF" } : meaning, number, at);
            }
        }
    }

    /// <summary>One number for the device, or a list with one a phase.</summary>
    private void ReadMeter(JsonElement meter, DateTimeOffset? at)
    {
        foreach (var value in meter.EnumerateObject())
        {
            if (!Meter.TryGetValue(value.Name, out var meaning))
            {
                continue;
            }

            if (JsonPayload.Number(value.Value) is { } number)
            {
                into.Add(device, meaning, number, at);
            }
            else if (value.Value.ValueKind == JsonValueKind.Array)
            {
                foreach (var (i, phase) in value.Value.EnumerateArray().Take(PhasesMax).Index())
                {
                    into.Add(
                        string.Create(CultureInfo.InvariantCulture, $"{device}/{i + 1}"), meaning,
                        JsonPayload.Number(phase) ?? double.NaN, at);
                }
            }
        }
    }

    private void ReadZigbee(JsonElement devices, DateTimeOffset? messageAt)
    {
        foreach (var (name, values) in devices.EnumerateObject()
            .Where(one => one.Value.ValueKind == JsonValueKind.Object).Select(one => (one.Name, one.Value)))
        {
            var own = JsonPayload.Text(values, "Name") ?? name;
            var at = JsonPayload.Number(values, "LastSeenEpoch") is { } epoch
                ? into.Believe(JsonPayload.UnixTime(epoch), now)
                : messageAt;
            ReadSensor(own, values, at);
            if (JsonPayload.Number(values, "ZoneType") is { } type and >= 0 and <= ushort.MaxValue
                && JsonPayload.Number(values, "ZoneStatus") is { } status and >= 0 and <= ushort.MaxValue
                && Zones.TryGetValue((int)type, out var signal))
            {
                into.Add(own, signal, "", (int)status & 1, at);
            }
        }
    }
}
