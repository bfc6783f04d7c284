using Hub.Rules.Packs;

namespace Hub.Rules.Detectors;

/// <summary>
/// H4: more readings wait on a device than it can get rid of: <c>device.backlog</c>, which our edge counts over both
/// lanes of its outbox. Half of the limit ends it. A count that itself comes out of the backlog says nothing, see
/// <see cref="DeviceLimit"/>. That all it sends is old on arrival is seen by the engine, in the same rule.
/// </summary>
public sealed class Backlog(Rule rule)
    : DeviceLimit("H4", rule.Parameter("max-readings"), rule.Parameter("max-readings") / 2)
{
    protected override double Excess(double value) => value - Limit;
}
