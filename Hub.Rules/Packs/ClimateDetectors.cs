using Hub.Rules.Alarms;
using Hub.Rules.Readings;
using Hub.Rules.Site;
using static Hub.Rules.Packs.DetectorCatalogue;

namespace Hub.Rules.Packs;

/// <summary>The part of the <see cref="DetectorCatalogue"/> that looks at a room's air.</summary>
internal static class ClimateDetectors
{
    private const double Minute = 60;
    private const double Hour = 3600;
    private const double Day = 86400;

    private static readonly RuleScope Units = new() { SpaceKinds = [SpaceKind.Unit] };

    private static readonly OrderRequest Climate = new("inspection", "climate", OrderPriority.Normal, "butler");

    public static IEnumerable<DetectorSpec> Specs { get; } =
    [
        Spec("C1", "Air so damp for a whole day that mould grows.", [Signal.Humidity], Units, 0, 6 * Hour, Climate,
            Set("humidity", Dimension.Humidity, 75, 30, 100, "The mean relative humidity of a day from which on.")),
        Spec("C2", "A window left open: a room falls towards outdoors faster than it does by itself.",
            [Signal.Temperature], Units, 0, 30 * Minute, Climate,
            Set("fall", Dimension.TemperatureDifference, 3, 0.5, 50, "How far it must have fallen within 3 h."),
            Set("own-factor", Dimension.Number, 1.2, 1, 10, "And how far beyond the greatest such fall usual here."),
            Set("below", Dimension.Temperature, 20, -50, 60, "And only where it is colder than this."),
            Set("lasting", Dimension.Duration, 45 * Minute, 5 * Minute, Day, "For how long it must stay down.")),
        Spec("C3", "Heating that failed, or frost near.", [Signal.Temperature], Units, 0, 2 * Hour, Climate,
            Set("frost", Dimension.Temperature, 8, -50, 30, "Too cold for pipes whatever was usual."),
            Set("frost-lasting", Dimension.Duration, 2 * Hour, Hour, 7 * Day, "For how long."),
            Set("fall", Dimension.TemperatureDifference, 1.5, 0.5, 50,
                "How far below the coldest hour of the last good days."),
            Set("below", Dimension.Temperature, 19, -50, 60, "And only where it is colder than this."),
            Set("lasting", Dimension.Duration, 3 * Hour, Hour, 7 * Day, "For how long it must stay so.")),
    ];
}
