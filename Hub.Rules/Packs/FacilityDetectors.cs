using Hub.Rules.Alarms;
using Hub.Rules.Readings;
using Hub.Rules.Site;
using static Hub.Rules.Packs.DetectorCatalogue;

namespace Hub.Rules.Packs;

/// <summary>The part of the <see cref="DetectorCatalogue"/> that looks at shared plant.</summary>
internal static class FacilityDetectors
{
    private const double Minute = 60;
    private const double Hour = 3600;
    private const double Day = 86400;
    private const double NoLimit = double.PositiveInfinity;
    private const double Most = 1e6;

    private static readonly RuleScope Facilities = new() { SpaceKinds = [SpaceKind.Facility] };

    private static readonly string[] Gauges =
    [
        Signal.FacilityLevel, Signal.FacilityTemperature, Signal.FacilityPressure, Signal.FacilityOutput,
        Signal.Temperature, Signal.Humidity, Signal.ElectricPower, Signal.WaterFlow,
    ];

    private static readonly OrderRequest Facility = new("facility", "facility", OrderPriority.Normal, "engineer");

    private static readonly OrderRequest Maintenance =
        new("maintenance", "maintenance", OrderPriority.Notice, "engineer");

    public static IEnumerable<DetectorSpec> Specs { get; } =
    [
        Spec("F1", "A level, temperature, pressure or other gauge beyond a fixed limit.", Gauges, Facilities,
            5 * Minute, 5 * Minute, Facility,
            Set("low", Dimension.SignalValue, -NoLimit, -Most, Most, "At this or below it."),
            Set("high", Dimension.SignalValue, NoLimit, -Most, Most, "At this or above it."),
            Set("deadband", Dimension.SignalDifference, 0, 0, Most, "How far inside it must come back to be over.")),
        Spec("F2", "A motor that starts too often, runs too long, cycles too short, or never runs.",
            [Signal.FacilityRun], Facilities, 0, 15 * Minute, Facility,
            Set("starts", Dimension.Number, 20, 1, 240, "How many starts an hour are allowed."),
            Set("run-min", Dimension.Duration, 30, 1, Day, "A run shorter than this is too short."),
            Set("short-runs", Dimension.Number, 5, 1, 100, "How many such runs in a row are short cycling."),
            Set("run-max", Dimension.Duration, 6 * Hour, Minute, 365 * Day, "How long it may run without a stop."),
            Set("idle-max", Dimension.Duration, 7 * Day, Minute, 3650 * Day, "How long it may stand still.")),
        Spec("F3", "A gauge outside what is usual at this hour of the week.", Gauges, Facilities, 0, 6 * Hour, Facility,
            Set("deviation", Dimension.Number, 3.5, 1, 100, "How many robust standard deviations from the median."),
            Set("at-least", Dimension.SignalDifference, 0, 0, Most, "And how far at the least, however steady it was."),
            Set("lasting", Dimension.Duration, 3 * Hour, Hour, 30 * Day, "For how many hours."),
            Set("new-usual", Dimension.Duration, 14 * Day, Day, 3650 * Day,
                "A level that has stayed so long, under alarm, is what is usual now.")),
        Spec("F4", "Maintenance is due, by hours run or by the calendar.", [Signal.FacilityRun], Facilities, 0, 0,
            Maintenance,
            Set("hours", Dimension.Duration, 8000 * Hour, Hour, 200_000 * Hour, "After how long running."),
            Set("calendar", Dimension.Duration, 730 * Day, Day, 3650 * Day, "After how long, running or not."))
            with { IsUpkeep = true },
    ];
}
