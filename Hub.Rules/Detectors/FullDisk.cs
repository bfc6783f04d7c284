using Hub.Rules.Packs;

namespace Hub.Rules.Detectors;

/// <summary>
/// H9: a device's disk is nearly full: <c>device.disk</c> in % of the volume its outbox lives on, as our edge sends it.
/// Five points less end it. At a gap and the rest as <see cref="DeviceLimit"/>.
/// </summary>
public sealed class FullDisk(Rule rule) : DeviceLimit("H9", rule.Parameter("max-used"), 5)
{
    protected override double Excess(double value) => value - Limit;
}
