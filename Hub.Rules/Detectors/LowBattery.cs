using Hub.Rules.Packs;

namespace Hub.Rules.Detectors;

/// <summary>
/// H6: a battery that is nearly empty: <c>device.battery</c> in %, from whatever device sends it; our edge is on the
/// mains and sends none. Ten points more end it, which only a new battery gives: cold takes a few. At a gap and the
/// rest as <see cref="DeviceLimit"/>.
/// </summary>
public sealed class LowBattery(Rule rule) : DeviceLimit("H6", rule.Parameter("min-charge"), 10)
{
    protected override double Excess(double value) => Limit - value;
}
