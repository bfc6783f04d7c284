using Hub.Rules.Alarms;
using Hub.Rules.Readings;
using Hub.Rules.Site;
using static Hub.Rules.Packs.DetectorCatalogue;

namespace Hub.Rules.Packs;

/// <summary>The part of the <see cref="DetectorCatalogue"/> about the health of edges and devices.</summary>
internal static class HealthDetectors
{
    private const double Minute = 60;
    private const double Hour = 3600;
    private const double Day = 86400;

    private static readonly OrderRequest Engineer = new("device", "device", OrderPriority.Normal, "engineer");
    private static readonly OrderRequest Note = Engineer with { Priority = OrderPriority.Notice };

    public static IEnumerable<DetectorSpec> Specs { get; } =
    [
        Spec("H2", "A contact that chatters; its point is shelved until it is calm.",
            [.. Signal.All.Where(signal => signal.Kind == SignalKind.Contact).Select(signal => signal.Name).Order()],
            new RuleScope { SpaceKinds = [SpaceKind.Unit, SpaceKind.Facility] }, 0, 10 * Minute, Engineer,
            Set("per-minute", Dimension.Number, 3, 1, 1000, "How often a minute it may close."),
            Set("lasting", Dimension.Duration, 2 * Minute, 10, Day, "For how long it must have been more.")),
        Spec("H3", "A clock that is off, by the device's own word or by when its readings arrive.",
            [Signal.ClockOffset], RuleScope.Everywhere, 10 * Minute, Hour, Engineer,
            Set("max-offset", Dimension.Duration, 30, 0.1, Day, "How far it may be off, either way.")),
        Spec("H4", "A backlog that a device does not get rid of, by its own count or by how old all is that arrives.",
            [Signal.Backlog], RuleScope.Everywhere, 30 * Minute, 0, Engineer,
            Set("max-readings", Dimension.Number, 1000, 1, 1e9, "How many may wait.")),
        Spec("H5", "Pulses or readings that were lost on the device.", [Signal.EventsLost, Signal.ReadingsShed],
            RuleScope.Everywhere, 0, Day, Engineer,
            Set("events", Dimension.Number, 1, 1, 1e6, "How many within a day.")),
        Spec("H6", "A battery that is nearly empty.", [Signal.Battery], RuleScope.Everywhere, Hour, 0, Note,
            Set("min-charge", Dimension.Number, 15, 1, 90, "The charge in % below which it is to be changed.")),
        Spec("H7", "A radio link that is about to be lost.", [Signal.Rssi, Signal.Snr, Signal.LinkQuality],
            RuleScope.Everywhere, Day, Day, Note,
            Set("min-rssi", Dimension.Number, -95, -200, 0, "The least mean received power, in dBm."),
            Set("min-snr", Dimension.Number, -15, -50, 50, "The least mean signal-to-noise ratio, in dB."),
            Set("min-quality", Dimension.Number, 30, 0, 255, "The least mean link quality, of 255.")),
        Spec("H8", "A source that starts, or comes and goes, again and again.", [], RuleScope.Everywhere, 0, Hour,
            Engineer,
            Set("starts", Dimension.Number, 5, 2, 16, "How many starts are too many."),
            Set("within", Dimension.Duration, Hour, 5 * Minute, Day, "Within which time.")),
        Spec("H9", "A device's disk is nearly full.", [Signal.Disk], RuleScope.Everywhere, 30 * Minute, 0, Engineer,
            Set("max-used", Dimension.Number, 90, 1, 100, "How much of it may be used, in %.")),
        Spec("H10", "A machine says that it can't keep what it is told, or has lost some of it.",
            [Signal.StorageFull, Signal.StorageDamaged], RuleScope.Everywhere, Minute, 10 * Minute, Engineer),
    ];
}
