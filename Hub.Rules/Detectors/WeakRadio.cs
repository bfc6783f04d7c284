using Hub.Rules.Packs;
using Hub.Rules.Readings;

namespace Hub.Rules.Detectors;

/// <summary>
/// H7: a radio link that is about to be lost: <c>device.rssi</c> in dBm, <c>device.snr</c> in dB, or
/// <c>device.linkquality</c> from 0 to 255, each with a limit of its own. One telegram says little, so a running mean
/// of sixteen is judged, from the eighth on. Our edge is wired and sends none. At a gap and the rest as
/// <see cref="DeviceLimit"/>.
/// </summary>
public sealed class WeakRadio(Rule rule, string signal) : DeviceLimit("H7", LimitOf(rule, signal), 3)
{
    private const int ReadingsMin = 8;
    private const int ReadingsFull = 16;

    private double _mean;
    private int _count;

    public override void Persist(StateCodec state)
    {
        base.Persist(state);
        state.Sync(ref _mean);
        state.Sync(ref _count);
    }

    protected override double Figure(in Sample sample)
    {
        _count = Math.Min(_count + 1, ReadingsFull);
        _mean += (sample.Value - _mean) / _count;
        return _count < ReadingsMin ? double.NaN : _mean;
    }

    protected override double Excess(double value) => Limit - value;

    private static double LimitOf(Rule rule, string signal) => rule.Parameter(signal switch
    {
        Signal.Rssi => "min-rssi",
        Signal.Snr => "min-snr",
        _ => "min-quality",
    });
}
