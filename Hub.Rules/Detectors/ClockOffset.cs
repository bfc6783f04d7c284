using Hub.Rules.Packs;

namespace Hub.Rules.Detectors;

/// <summary>
/// H3: a device's clock is off, by its own word: <c>device.clock.offset</c>, which our edge sends while the kernel has
/// a reference. What the hub sees by itself, in the same rule, is the engine's: received less sent. At a gap and the
/// rest as <see cref="DeviceLimit"/>.
/// </summary>
public sealed class ClockOffset(Rule rule) : DeviceLimit("H3", rule.Parameter("max-offset"), 0)
{
    protected override double Excess(double value) => Math.Abs(value) - Limit;
}
