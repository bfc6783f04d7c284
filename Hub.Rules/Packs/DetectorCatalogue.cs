using System.Collections.Frozen;
using Hub.Rules.Alarms;
using Hub.Rules.Readings;
using Hub.Rules.Site;

namespace Hub.Rules.Packs;

/// <summary>Every detector there is, with its settings and their defaults: what a pack is checked against.</summary>
public static class DetectorCatalogue
{
    private const double Minute = 60;
    private const double Hour = 3600;
    private const double Day = 86400;

    private static readonly RuleScope Vacant =
        new() { SpaceKinds = [SpaceKind.Unit], Occupancy = OccupancyScope.Vacant };
    private static readonly RuleScope Occupied = new() { Occupancy = OccupancyScope.Occupied };
    private static readonly RuleScope Units = new() { SpaceKinds = [SpaceKind.Unit] };

    private static readonly string[] Water = [Signal.WaterVolume];
    private static readonly string[] Electricity = [Signal.ElectricEnergy, Signal.ElectricInterval];
    private static readonly string[] Meters = [Signal.WaterVolume, Signal.ElectricEnergy];

    private static readonly OrderRequest Leak = new("leak", "water", OrderPriority.Normal, "butler");
    private static readonly OrderRequest Burst = new("leak", "water", OrderPriority.Urgent, "butler");
    private static readonly OrderRequest Power = new("electricity", "electricity", OrderPriority.Normal, "butler");
    private static readonly OrderRequest Intrusion = new("intrusion", "intrusion", OrderPriority.Normal, "butler");
    private static readonly OrderRequest IntrusionNow = Intrusion with { Priority = OrderPriority.Urgent };
    private static readonly OrderRequest Engineer = new("device", "device", OrderPriority.Normal, "engineer");
    private static readonly OrderRequest Facility = new("facility", "facility", OrderPriority.Normal, "engineer");

    private static readonly FrozenDictionary<string, DetectorSpec> Specs = new DetectorSpec[]
    {
        Spec("W1", "Any water use in a vacant unit outside a planned window.", Water, Vacant, 0, 6 * Hour, Leak,
            Set("min-volume", Dimension.Volume, 3, 0.1, 1000,
                "How much must run within the hour before it counts; never less than one pulse."),
            Set("repeat-for", Dimension.Duration, 10 * Minute, 0, Day,
                "How long it must go on or come again before the notice becomes an order.")),
        Spec("W2", "Water that never stops: a leak or a running toilet.", Water, RuleScope.Everywhere, 0, 2 * Hour,
            Leak,
            Set("min-flow", Dimension.Flow, 3.8, 0.1, 10000, "The flow below which the water counts as stopped."),
            Set("lasting", Dimension.Duration, 24 * Hour, 10 * Minute, 30 * Day,
                "How long the flow must never have stopped."),
            Set("fast-flow", Dimension.Flow, 60, 1, 10000,
                "A flow that is too much for that long: the running toilet's test."),
            Set("fast-lasting", Dimension.Duration, 6 * Hour, 10 * Minute, 30 * Day,
                "How long the fast flow must never have stopped.")),
        Spec("W3", "A burst: far more water than a home draws at once.", Water, RuleScope.Everywhere, 0, Hour, Burst,
            Set("min-flow", Dimension.Flow, 125, 10, 100000, "A flow that counts as one great draw (5 % of Q3)."),
            Set("volume", Dimension.Volume, 600, 10, 100000, "How much one draw may take in an occupied space."),
            Set("vacant-volume", Dimension.Volume, 189, 1, 100000, "How much one draw may take in a vacant unit."),
            Set("own-factor", Dimension.Number, 1.5, 1, 10,
                "How far beyond the greatest draw the home itself has shown to be usual.")),
        Spec("E1", "The lowest power of a vacant unit has risen and stays: something was left on.",
            [.. Electricity, Signal.ElectricPower], Vacant, 0, Day, Power,
            Set("step", Dimension.Power, 30, 1, 100000, "How far above the frozen baseline."),
            Set("lasting", Dimension.Duration, 3 * Hour, 10 * Minute, 7 * Day, "For how long without a break.")),
        Spec("E2", "Electricity used in a vacant unit outside a planned window.", Electricity, Vacant, 0,
            6 * Hour, Power,
            Set("energy", Dimension.Energy, 0.3, 0.01, 1000, "How much within one hour, beyond the unit's baseline.")),
        Spec("E3", "No electricity at all although this home never stops drawing some: supply or meter is dead.",
            Electricity, Units, 0, Hour, Facility,
            Set("lasting", Dimension.Duration, 4 * Hour, 10 * Minute, 30 * Day, "For how long at zero.")),
        Spec("E4", "A load well above the home's own habit that has not gone back for long: left on.", Electricity,
            Units, 0, 6 * Hour, null,
            Set("step", Dimension.Power, 500, 10, 100000, "How far the lowest power is above what is usual here."),
            Set("lasting", Dimension.Duration, 24 * Hour, Hour, 30 * Day, "For how long it has not gone back.")),
        Spec("Q1", "An impossible value.", [], RuleScope.Everywhere, 0, Hour,
            Engineer with { Priority = OrderPriority.Notice },
            Set("rate-factor", Dimension.Number, 1, 1, 10,
                "Times the meter's greatest physical rate, beyond which a value is impossible."),
            Set("temperature-spike", Dimension.TemperatureDifference, 5, 0.5, 100,
                "How far a room's temperature can't go and come back within half an hour."),
            Set("humidity-spike", Dimension.Humidity, 20, 1, 100,
                "How far a room's relative humidity can't go and come back within half an hour.")),
        Spec("Q2", "A value that is frozen where its own past moves.",
            [Signal.ElectricInterval, Signal.ElectricPower, Signal.Temperature, Signal.Humidity],
            RuleScope.Everywhere, 0, 0, Engineer,
            Set("lasting", Dimension.Duration, 12 * Hour, Hour, 90 * Day, "For how long exactly the same value."),
            Set("readings", Dimension.Number, 12, 3, 10000, "And in at least so many readings."),
            Set("own-factor", Dimension.Number, 2, 1, 10,
                "And how far beyond the most readings that have usually been the same here.")),
        Spec("M1", "A register that stands still although people live there.", Meters, Occupied, 0, 0, Engineer,
            Set("lasting", Dimension.Duration, 5 * Day, Hour, 365 * Day, "For how long at least."),
            Set("own-factor", Dimension.Number, 1.25, 1, 10,
                "And how far beyond the longest standstill that is usual here.")),
        Spec("M2", "A register that runs backwards.", Meters, RuleScope.Everywhere, 0, Day, Engineer,
            Set("min-volume", Dimension.Volume, 3, 0.1, 10000, "How far a water register must have fallen."),
            Set("min-energy", Dimension.Energy, 0.1, 0.001, 1000, "How far an electricity register must have fallen.")),
        Spec("D1", "A door of a vacant unit opened outside a planned window, or left open.", [Signal.DoorOpen], Vacant,
            0, Minute, Intrusion,
            Set("open-for", Dimension.Duration, 5 * Minute, 10, Day,
                "How long it may stand open inside a planned window before it is left open.")),
        Spec("X1", "A door and water or electricity of one vacant unit within minutes: somebody is in there.",
            [Signal.DoorOpen], Vacant, 0, 0, IntrusionNow,
            Set("within", Dimension.Duration, 15 * Minute, Minute, Day, "How close together.")),
        Spec("H1", "A point or a whole source that has fallen silent.", [], RuleScope.Everywhere, 0, 0, Engineer,
            Set("intervals", Dimension.Number, 3, 1.5, 100, "How many expected intervals may pass without a reading."),
            Set("learnt-intervals", Dimension.Number, 10, 1.5, 100,
                "How many, where the interval is not configured but learnt from the point's own past."),
            Set("at-least", Dimension.Duration, 10 * Minute, 10, 30 * Day, "And never less than this."),
            Set("forwarding", Dimension.Duration, Day, 10, 30 * Day,
                "The same, where the interval is learnt and the source has delivered late what it had kept."),
            Set("unknown", Dimension.Duration, 3 * Day, Hour, 365 * Day,
                "For points that report on change and have no expected interval.")),
        Spec("K1", "Somebody pressed a call button.", [Signal.ButtonPress, Signal.ButtonCancel], RuleScope.Everywhere,
            0, 0, new("summon", "summon", OrderPriority.Normal, "butler")),
    }.Concat(ClimateDetectors.Specs).Concat(FacilityDetectors.Specs)
        .Concat(SelfReportDetectors.Specs).Concat(UpkeepDetectors.Specs)
        .Concat(HealthDetectors.Specs).ToFrozenDictionary(spec => spec.Code, StringComparer.Ordinal);

    public static IEnumerable<DetectorSpec> All => Specs.Values.OrderBy(spec => spec.Code, StringComparer.Ordinal);

    public static DetectorSpec? Find(string code) => Specs.GetValueOrDefault(code);

    public static DetectorSpec Of(string code) =>
        Find(code) ?? throw new KeyNotFoundException($"There is no detector '{code}'.");

    internal static DetectorSpec Spec(
        string code, string detects, string[] signals, RuleScope scope, double onDelay, double offDelay,
        OrderRequest? order, params ParameterSpec[] parameters) =>
        new(code, detects, signals, scope, TimeSpan.FromSeconds(onDelay), TimeSpan.FromSeconds(offDelay), order,
            parameters);

    internal static ParameterSpec Set(
        string name, Dimension dimension, double @default, double min, double max, string meaning) =>
        new(name, dimension, @default, min, max, meaning);
}
