using Hub.Rules.Alarms;
using Hub.Rules.Readings;
using Hub.Rules.Site;
using static Hub.Rules.Packs.DetectorCatalogue;

namespace Hub.Rules.Packs;

/// <summary>
/// The part of the <see cref="DetectorCatalogue"/> that finds work to be planned, not anomalies: it wakes nobody.
/// </summary>
internal static class UpkeepDetectors
{
    private const double Hour = 3600;
    private const double Day = 86400;

    private static readonly RuleScope Vacant =
        new() { SpaceKinds = [SpaceKind.Unit], Occupancy = OccupancyScope.Vacant };

    private static readonly RuleScope Lived =
        new() { SpaceKinds = [SpaceKind.Unit], Occupancy = OccupancyScope.Occupied };

    private static readonly string[] Life =
        [Signal.WaterVolume, Signal.ElectricEnergy, Signal.ElectricInterval, Signal.DoorOpen];

    public static IEnumerable<DetectorSpec> Specs { get; } =
    [
        Spec("W4", "Water that stands in the pipes of a vacant unit: it has to be flushed.", [Signal.WaterVolume],
            Vacant, 0, 0, new OrderRequest("maintenance", "stagnation", OrderPriority.Notice, "butler"),
            Set("notice-after", Dimension.Duration, 3 * Day, Hour, 365 * Day,
                "How long without a draw before it is noted (72 h: VDI 6023)."),
            Set("order-after", Dimension.Duration, 7 * Day, Hour, 365 * Day,
                "How long without a draw before a flushing is ordered (7 d: EN 806-5)."),
            Set("min-volume", Dimension.Volume, 5, 0.1, 1000,
                "How much within an hour has changed the water in the pipes.")) with { IsUpkeep = true },
        Spec("O1", "Signs of daily life in a unit that the ledger calls vacant.", Life, Vacant, 0, 0,
            new OrderRequest("inspection", "ledger", OrderPriority.Notice, "chief"), Signs(3, 5)) with
        { IsUpkeep = true },
        Spec("O2", "No sign of life in a unit that the ledger calls occupied.", Life, Lived, 0, 0,
            new OrderRequest("inspection", "ledger", OrderPriority.Notice, "butler"), Signs(14, 365)) with
        { IsUpkeep = true },
    ];

    private static ParameterSpec[] Signs(int days, int daysMax) =>
    [
        Set("days", Dimension.Number, days, 1, daysMax, "For how many days in a row."),
        Set("kinds", Dimension.Number, 2, 1, 3, "How many of water, electricity and door must agree."),
        Set("min-volume", Dimension.Volume, 3, 0.1, 1000, "How much water within an hour is a sign."),
        Set("energy", Dimension.Energy, 0.3, 0.01, 100, "How much electricity within an hour beyond the base is one."),
    ];
}
