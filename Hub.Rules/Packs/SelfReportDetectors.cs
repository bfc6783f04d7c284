using Hub.Rules.Alarms;
using Hub.Rules.Readings;
using Hub.Rules.Site;
using static Hub.Rules.Packs.DetectorCatalogue;

namespace Hub.Rules.Packs;

/// <summary>The part of the <see cref="DetectorCatalogue"/> that takes a device's own word for it.</summary>
internal static class SelfReportDetectors
{
    private const double Minute = 60;
    private const double Hour = 3600;
    private const double Day = 86400;

    public static IEnumerable<DetectorSpec> Specs { get; } =
    [
        Spec("W5", "What a water meter or a leak rope has found by itself: leak, burst, reverse, dry, tamper, wet.",
            [
                Signal.MeterLeak, Signal.MeterBurst, Signal.MeterReverse, Signal.MeterDry, Signal.MeterTamper,
                Signal.LeakWet,
            ],
            RuleScope.Everywhere, 0, Hour, new OrderRequest("leak", "water", OrderPriority.Normal, "butler")),
        Spec("D2", "A door that opened although its lock was locked.", [Signal.DoorOpen],
            new RuleScope { SpaceKinds = [SpaceKind.Unit] }, 0, Minute,
            new OrderRequest("intrusion", "intrusion", OrderPriority.Urgent, "butler"),
            Set("grace", Dimension.Duration, 30, 1, 10 * Minute,
                "How long the lock has to say that it was unlocked.")),
        Spec("E5", "A supply that is lost, in one home or in several of one riser.",
            [Signal.SupplyLost, Signal.SupplyVoltage], RuleScope.Everywhere, 3 * Minute, 5 * Minute,
            new OrderRequest("facility", "supply", OrderPriority.Normal, "engineer"),
            Set("min-voltage", Dimension.Number, 115, 1, 1000, "The least voltage in V that still is a supply."),
            Set("within", Dimension.Duration, 15 * Minute, 1, Day,
                "How close together homes of one riser must have lost theirs to be one case.")),
        Spec("S1", "A smoke contact has closed. The hub is no fire alarm system.", [Signal.Smoke],
            RuleScope.Everywhere, 0, Hour, new OrderRequest("inspection", "smoke", OrderPriority.Notice, "butler")),
    ];
}
