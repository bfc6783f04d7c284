using Hub.Rules.Engine;
using Hub.Rules.Readings;
using Hub.Rules.Site;

namespace Hub.Gateway.Series;

/// <summary>
/// What a point's register counted from reading to reading: an exchange, a reset or a blip is no consumption, a
/// rollover is. Pure.
/// </summary>
internal sealed class Consumption(Point? point)
{
    private readonly bool _isRegister =
        point is not null && Signal.Of(point.Signal).Kind == SignalKind.Register;

    private Register _register;

    /// <summary>
    /// So many readings before a stretch tell where the register stood, also when the last one is a blip.
    /// </summary>
    public int ReadingsBefore => _isRegister ? 8 : 0;

    /// <summary>The next reading in time order; NaN if it says nothing of what was consumed.</summary>
    public double Take(in Sample sample)
    {
        if (!_isRegister || sample.Quality == Quality.Bad)
        {
            return double.NaN;
        }

        var advance = _register.Take(
            sample.AtTicks, sample.Value, point!.Meter?.RateMax ?? Physics.RateMax(point.Signal),
            point.Meter?.RolloverAt, point.Meter?.PulseWeight ?? Physics.Resolution(point.Signal));
        return advance.IsConsumption ? advance.Delta : double.NaN;
    }
}
