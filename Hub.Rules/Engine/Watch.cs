using Hub.Rules.Alarms;
using Hub.Rules.Detectors;
using Hub.Rules.Readings;

namespace Hub.Rules.Engine;

/// <summary>One rule at one point: its detector and its alarm.</summary>
internal sealed class Watch(BoundRule bound, Detector detector)
{
    private AlarmMachine _alarm;
    private bool _isOrdered;
    private bool _isStopped;
    private bool _isCorrected;
    private string _alarmId = "";

    public BoundRule Bound { get; set; } = bound;

    public Detector Detector { get; } = detector;

    public ref AlarmMachine Alarm => ref _alarm;

    /// <summary>The running episode's id.</summary>
    public ref string AlarmId => ref _alarmId;

    /// <summary>The running episode has asked for its order.</summary>
    public ref bool IsOrdered => ref _isOrdered;

    /// <summary>The rule has failed here and judges no more.</summary>
    public ref bool IsStopped => ref _isStopped;

    /// <summary>When time alone would change it: the condition, or the end of a delay.</summary>
    public long DueTicks => _isStopped || (_alarm.State == AlarmState.Firing && _alarm.IsTrue && !Detector.EndsByTime)
        ? long.MaxValue
        : Math.Min(Detector.DueTicks, _alarm.DueTicks(Bound.OnDelay, Bound.OffDelay));

    /// <summary>A late reading of the running episode has been told.</summary>
    public ref bool IsCorrected => ref _isCorrected;

    /// <summary>While it fires, what is used is not usual; but a value that can't be was not used.</summary>
    public bool Spoils { get; } = bound.Rule.Detector != "Q1";

    public void Persist(StateCodec state)
    {
        _alarm.Persist(state);
        state.Sync(ref _isOrdered);
        state.Sync(ref _isStopped);
        state.Sync(ref _isCorrected);
        state.Sync(ref _alarmId);
        Detector.Persist(state);
    }
}
