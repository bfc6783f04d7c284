using Hub.Rules.Alarms;
using Hub.Rules.Readings;

namespace Hub.Rules.Engine;

/// <summary>One rule at a whole source: its alarm, and the point by whose space it is told.</summary>
internal sealed class SourceWatch(string detector)
{
    private AlarmMachine _alarm;
    private string _alarmId = "";
    private string _ruleId = "";
    private string _spaceId = "";

    public string Detector { get; } = detector;

    /// <summary>The rule in force; null if none covers the source.</summary>
    public BoundRule? Bound { get; private set; }

    /// <summary>The covered point with the least number.</summary>
    public PointTrack? Example { get; private set; }

    public ref AlarmMachine Alarm => ref _alarm;

    /// <summary>Nothing is going on.</summary>
    public bool IsQuiet => _alarm.State == AlarmState.Inactive;

    /// <summary>The running episode, or empty.</summary>
    public string AlarmId => _alarmId;

    public string RuleId => _ruleId;

    public string SpaceId => _spaceId;

    public void Bind(BoundRule bound, PointTrack point)
    {
        Bound = bound;
        Example = Example is null || point.Number < Example.Number ? point : Example;
    }

    public void Unbind() => (Bound, Example) = (null, null);

    public void Begin(string alarmId) =>
        (_alarmId, _ruleId, _spaceId) = (alarmId, Bound!.Rule.Id, Example!.Space.Space.Id);

    public void End()
    {
        _alarm.End();
        _alarmId = "";
    }

    public void Persist(StateCodec state)
    {
        _alarm.Persist(state);
        state.Sync(ref _alarmId);
        state.Sync(ref _ruleId);
        state.Sync(ref _spaceId);
    }
}
