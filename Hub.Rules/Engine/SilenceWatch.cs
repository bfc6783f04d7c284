using Hub.Rules.Readings;

namespace Hub.Rules.Engine;

/// <summary>
/// H1 at one point: how long it may be silent, and whether it is. A point with a configured interval may miss three;
/// one without is measured by its own past: ten usual gaps, and well beyond the long ones that happen now and then. If
/// its source is known to keep what it can't deliver, late and silent are the same until it has had its time for that.
/// </summary>
internal sealed class SilenceWatch(BoundRule bound)
{
    /// <summary>A radio that loses a reading now and then is not silent: this share of its gaps is usual …</summary>
    private const double UsualShare = 0.995;

    /// <summary>… and half as much again.</summary>
    private const double UsualFactor = 1.5;

    private readonly double _intervals = bound.Rule.Parameter("intervals");
    private readonly double _learntIntervals = bound.Rule.Parameter("learnt-intervals");
    private readonly long _least = (long)(bound.Rule.Parameter("at-least") * TimeSpan.TicksPerSecond);
    private readonly long _forwarding = (long)(bound.Rule.Parameter("forwarding") * TimeSpan.TicksPerSecond);
    private readonly long _unknown = (long)(bound.Rule.Parameter("unknown") * TimeSpan.TicksPerSecond);

    private string _alarmId = "";
    private long _bornAt;
    private long _namedAt;

    public BoundRule Bound { get; } = bound;

    /// <summary>The running episode, or empty.</summary>
    public ref string AlarmId => ref _alarmId;

    /// <summary>When the point came under this rule, on the hub's clock.</summary>
    public ref long BornTicks => ref _bornAt;

    /// <summary>The last reading before the silence that was named last.</summary>
    public ref long NamedTicks => ref _namedAt;

    /// <summary>How long it may be silent; <see cref="long.MaxValue"/> for what speaks only on change.</summary>
    public long Limit(PointTrack point)
    {
        if (point.EveryTicks is > 0 and var every)
        {
            var limit = Math.Max(_least, (long)(_intervals * every));
            return point.HeardTicks == 0 ? Math.Max(limit, _unknown) : limit;
        }

        if (point.Kind is SignalKind.Contact or SignalKind.Press)
        {
            return long.MaxValue;
        }

        return !point.Gaps.IsLearnt ? _unknown
            : point.Source.Forwards ? Math.Max(_forwarding, Learnt(point))
            : Learnt(point);
    }

    /// <summary>How much may be missing between two readings of a point whose source delivers late.</summary>
    public long GapMax(PointTrack point) =>
        point.EveryTicks == 0 && point.Source.Forwards && point.Gaps.IsLearnt
        && point.Kind is not (SignalKind.Contact or SignalKind.Press)
            ? Learnt(point)
            : long.MaxValue;

    private long Learnt(PointTrack point) => Math.Max(
        Math.Max(_least, (long)(_learntIntervals * point.Gaps.Median())),
        (long)(UsualFactor * Math.Min(point.Gaps.Quantile(UsualShare), long.MaxValue / 4)));

    public long Base(PointTrack point, long hubResumedTicks) => Math.Max(
        Math.Max(point.HeardTicks, point.Source.HeldTicks), Math.Max(_bornAt, hubResumedTicks));

    /// <summary>It can't be silent before this: what may be asked often, and mostly answers.</summary>
    public long SoonestTicks(PointTrack point) => point.HeardTicks + Math.Min(_least, _unknown);

    public void Persist(StateCodec state)
    {
        state.Sync(ref _alarmId);
        state.Sync(ref _bornAt);
        state.Sync(ref _namedAt);
    }
}
