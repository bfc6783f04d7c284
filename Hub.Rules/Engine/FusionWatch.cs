using Hub.Rules.Readings;

namespace Hub.Rules.Engine;

/// <summary>
/// X1 at one space: a door and a use within minutes of each other are one case.
/// <code>
///   door ───────┐ within 15 min of (from, to] of a use, in either order
///   use ────────┴──► one urgent transition; the use asks for no order of its own while it lasts
///   ends when the door's alarm and the use's alarm have both cleared
/// </code>
/// A use is known as the span between two readings, so a meter read hourly is only as precise as that.
/// </summary>
internal sealed class FusionWatch(BoundRule bound, PointTrack door)
{
    private readonly long _within = (long)(bound.Rule.Parameter("within") * TimeSpan.TicksPerSecond);

    private long _doorAt;
    private long _useFrom;
    private long _useTo;
    private int _usePoint;
    private string _alarmId = "";

    public BoundRule Bound { get; } = bound;

    public PointTrack Door { get; } = door;

    public bool IsFiring => _alarmId.Length > 0;

    public ref string AlarmId => ref _alarmId;

    public int UsePoint => _usePoint;

    public long DoorTicks => _doorAt;

    public long UseFromTicks => _useFrom;

    public long UseToTicks => _useTo;

    /// <summary>When both had been seen.</summary>
    public long AtTicks => Math.Max(_doorAt, _useTo);

    /// <summary>When the first of them began.</summary>
    public long OnsetTicks => Math.Min(_doorAt, Math.Max(_useFrom, _doorAt - _within));

    public bool SeeDoor(long atTicks)
    {
        _doorAt = atTicks;
        return AreClose();
    }

    public bool SeeUse(long fromTicks, long toTicks, int point)
    {
        (_useFrom, _useTo, _usePoint) = (fromTicks, toTicks, point);
        return AreClose();
    }

    public void Persist(StateCodec state)
    {
        state.Sync(ref _doorAt);
        state.Sync(ref _useFrom);
        state.Sync(ref _useTo);
        state.Sync(ref _usePoint);
        state.Sync(ref _alarmId);
    }

    private bool AreClose() => _doorAt != 0 && _useTo != 0 && !IsFiring
        && _doorAt >= _useFrom - _within && _doorAt <= _useTo + _within;
}
