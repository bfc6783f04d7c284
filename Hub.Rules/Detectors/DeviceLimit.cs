using Hub.Rules.Readings;

namespace Hub.Rules.Detectors;

/// <summary>
/// What a device says of its own health in one figure, and how far that may go.
/// <code>
///   excess   > 0                    true
///            ≤ 0, within deadband   as before
///            ≤ −deadband            false
/// </code>
/// Gap: the reading after it is judged; a figure that is beyond on both sides was beyond throughout. Out of a backlog:
/// unknown, for what the device said then is over, and what made the backlog is the cause. Resets and windows are no
/// matter.
/// </summary>
public abstract class DeviceLimit(string code, double limit, double deadband) : Detector
{
    private bool _isBeyond;
    private long _since;
    private double _value;

    protected double Limit => limit;

    public override Verdict Take(in Sample sample)
    {
        var value = Figure(sample);
        if (sample.IsStale || double.IsNaN(value))
        {
            return Verdict.Unknown;
        }

        _value = value;
        var excess = Excess(value);
        if (excess > 0 || (_isBeyond && excess > -deadband))
        {
            (_isBeyond, _since) = (true, _isBeyond ? _since : sample.At);
            return Verdict.TrueSince(_since);
        }

        _isBeyond = false;
        return Verdict.False;
    }

    public override void Leave(long atTicks) => _isBeyond = false;

    public override Reason Explain(in Sample sample) => new(
        code, _since - TimeSpan.TicksPerDay, limit, "",
        ("value", Reason.Number(_value)),
        ("limit", Reason.Number(limit)),
        ("at", Reason.Instant(_since)));

    public override Measure? Now(in Sample sample) => new Measure(_value, limit, "");

    public override void Persist(StateCodec state)
    {
        state.Sync(ref _isBeyond);
        state.Sync(ref _since);
        state.Sync(ref _value);
    }

    /// <summary>The figure to judge; NaN while there is nothing to say.</summary>
    protected virtual double Figure(in Sample sample) => sample.Value;

    /// <summary>How far the figure is beyond its limit; negative within it.</summary>
    protected abstract double Excess(double value);
}
