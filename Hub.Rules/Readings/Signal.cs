using System.Collections.Frozen;

namespace Hub.Rules.Readings;

/// <summary>
/// A kind of value that a point can have: its name, the one unit it is kept in, and the range outside which a value is
/// impossible (kept as a dead letter, never as a reading). The catalogue is open: an unknown name is a plain gauge.
/// </summary>
/// <param name="Name">Such as <c>water.volume</c>.</param>
/// <param name="Kind">How its values are understood.</param>
/// <param name="Unit">The SenML unit (RFC 8428, 12.1) that values are kept in; empty for contacts and presses.</param>
/// <param name="ValueMin">The least possible value.</param>
/// <param name="ValueMax">The greatest possible value.</param>
public sealed record Signal(
    string Name, SignalKind Kind, string Unit,
    double ValueMin = double.NegativeInfinity, double ValueMax = double.PositiveInfinity)
{
    public const string WaterVolume = "water.volume";
    public const string WaterFlow = "water.flow";
    public const string ElectricEnergy = "electric.energy";
    public const string ElectricInterval = "electric.interval";
    public const string ElectricPower = "electric.power";
    public const string DoorOpen = "door.open";
    public const string DoorLocked = "door.locked";
    public const string SupplyLost = "supply.lost";
    public const string SupplyVoltage = "supply.voltage";
    public const string ButtonPress = "button.press";
    public const string ButtonCancel = "button.cancel";
    public const string Temperature = "climate.temperature";
    public const string Humidity = "climate.humidity";
    public const string FacilityRun = "facility.run";
    public const string FacilityLevel = "facility.level";
    public const string FacilityTemperature = "facility.temperature";
    public const string FacilityPressure = "facility.pressure";
    public const string FacilityOutput = "facility.output";

    public const string LeakWet = "leak.wet";
    public const string Smoke = "smoke.alarm";
    public const string MeterLeak = "meter.leak";
    public const string MeterBurst = "meter.burst";
    public const string MeterReverse = "meter.reverse";
    public const string MeterDry = "meter.dry";
    public const string MeterTamper = "meter.tamper";
    public const string ClockOffset = "device.clock.offset";
    public const string Backlog = "device.backlog";
    public const string Battery = "device.battery";
    public const string Disk = "device.disk";
    public const string EventsLost = "device.events.lost";
    public const string ReadingsShed = "device.readings.shed";
    public const string StorageFull = "device.storage.full";
    public const string StorageDamaged = "device.storage.damaged";
    public const string Rssi = "device.rssi";
    public const string Snr = "device.snr";
    public const string LinkQuality = "device.linkquality";
    public const string Online = "device.online";
    public const string Voltage = "electric.voltage";
    public const string Current = "electric.current";

    private static readonly FrozenDictionary<string, Signal> Catalogue = new Signal[]
    {
        new(WaterVolume, SignalKind.Register, "m3", 0, 1e9),
        new(WaterFlow, SignalKind.Gauge, "l/h", -1e5, 1e6),
        new(ElectricEnergy, SignalKind.Register, "kWh", 0, 1e9),
        new(ElectricInterval, SignalKind.Interval, "kWh", -1e3, 1e5),
        new(ElectricPower, SignalKind.Gauge, "W", -1e6, 1e7),
        new(SupplyLost, SignalKind.Contact, "", 0, 1),
        new(SupplyVoltage, SignalKind.Gauge, "V", 0, 1e6),
        new(DoorLocked, SignalKind.Contact, "", 0, 1),
        new(DoorOpen, SignalKind.Contact, "", 0, 1),
        new(LeakWet, SignalKind.Contact, "", 0, 1),
        new(MeterLeak, SignalKind.Contact, "", 0, 1),
        new(MeterBurst, SignalKind.Contact, "", 0, 1),
        new(MeterReverse, SignalKind.Contact, "", 0, 1),
        new(MeterDry, SignalKind.Contact, "", 0, 1),
        new(MeterTamper, SignalKind.Contact, "", 0, 1),
        new(Smoke, SignalKind.Contact, "", 0, 1),
        new(FacilityRun, SignalKind.Contact, "", 0, 1),
        new("facility.fault", SignalKind.Contact, "", 0, 1),
        new(FacilityLevel, SignalKind.Gauge, "m", -100, 1000),
        new(FacilityTemperature, SignalKind.Gauge, "Cel", -60, 1000),
        new(FacilityPressure, SignalKind.Gauge, "bar", -1, 1000),
        new(FacilityOutput, SignalKind.Gauge, "%", 0, 100),
        new(ButtonPress, SignalKind.Press, "", 0, 1),
        new(ButtonCancel, SignalKind.Press, "", 0, 1),
        new(Temperature, SignalKind.Gauge, "Cel", -60, 150),
        new(Humidity, SignalKind.Gauge, "%RH", 0, 100),
        new("heating.temperature", SignalKind.Gauge, "Cel", -60, 150),
        new("outdoor.temperature", SignalKind.Gauge, "Cel", -60, 70),
        new("outdoor.humidity", SignalKind.Gauge, "%RH", 0, 100),
        new(Battery, SignalKind.Gauge, "%EL", 0, 100),
        new(Backlog, SignalKind.Gauge, "count", 0, 1e12),
        new("device.cpu", SignalKind.Gauge, "%", 0, 100),
        new("device.memory", SignalKind.Gauge, "MB", 0, 1e7),
        new("device.memory.available", SignalKind.Gauge, "MB", 0, 1e7),
        new(Disk, SignalKind.Gauge, "%", 0, 100),
        new("device.disk.written", SignalKind.Register, "MB", 0, 1e12),
        new("device.disk.wear", SignalKind.Gauge, "%", 0, 100),
        new("device.temperature", SignalKind.Gauge, "Cel", -60, 150),
        new(ClockOffset, SignalKind.Gauge, "s", -1e12, 1e12),
        new("device.clock.synced", SignalKind.Contact, "", 0, 1),
        new("device.clock.step", SignalKind.Gauge, "s", -1e12, 1e12),
        new("device.throttled", SignalKind.Contact, "", 0, 1),
        new("device.undervoltage", SignalKind.Contact, "", 0, 1),
        new("device.uptime", SignalKind.Gauge, "s", 0, 1e12),
        new("device.restarts", SignalKind.Register, "count", 0, 1e12),
        new("device.reconnects", SignalKind.Register, "count", 0, 1e12),
        new("device.safemode", SignalKind.Contact, "", 0, 1),
        new("device.kiosk.shown", SignalKind.Contact, "", 0, 1),
        new(EventsLost, SignalKind.Register, "count", 0, 1e12),
        new(ReadingsShed, SignalKind.Register, "count", 0, 1e12),
        new(StorageFull, SignalKind.Contact, "", 0, 1),
        new(StorageDamaged, SignalKind.Contact, "", 0, 1),
        new(Rssi, SignalKind.Gauge, "dBm", -200, 50),
        new(Snr, SignalKind.Gauge, "dB", -100, 100),
        new(LinkQuality, SignalKind.Gauge, "", 0, 255),
        new(Online, SignalKind.Contact, "", 0, 1),
        new(Voltage, SignalKind.Gauge, "V", 0, 1e6),
        new(Current, SignalKind.Gauge, "A", -1e5, 1e5),
    }.ToFrozenDictionary(signal => signal.Name, StringComparer.Ordinal);

    /// <summary>The signal of that name; an unknown one is a gauge without a unit and without limits.</summary>
    public static Signal Of(string name) =>
        Catalogue.TryGetValue(name, out var signal) ? signal : new Signal(name, SignalKind.Gauge, "");

    public static IEnumerable<Signal> All => Catalogue.Values;

    public bool IsPossible(double value) => double.IsFinite(value) && value >= ValueMin && value <= ValueMax;
}
