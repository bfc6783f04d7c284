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
        Spec("S1", "A smoke contact has closed. The hub is no fire alarm system.", [Signal.Smoke],
            RuleScope.Everywhere, 0, Hour, new OrderRequest("inspection", "smoke", OrderPriority.Notice, "butler")),
    ];
}
