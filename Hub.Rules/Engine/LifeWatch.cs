using Hub.Rules.Conditions;
using Hub.Rules.Readings;

namespace Hub.Rules.Engine;

/// <summary>
/// O1 or O2 at one space: whether the signs of life agree with the ledger.
/// <code>
///   O1, vacant      a day is lived   ≥ kinds of sign, each in some hours and not in nearly all (a leak never stops)
///                   days of them in a row → true;  a day without any → false
///   O2, occupied    an hour is quiet   no sign of any kind; so many kinds are heard of, and have been seen before
///                   days of them in a row → true;  a sign → false;  an hour of which too little is known: held
/// </code>
/// Time is known up to the meter that is furthest behind, silent ones left out, so it doesn't matter which is judged
/// first. Only hours that are over are judged. What goes on in a planned window is no sign.
/// </summary>
internal sealed class LifeWatch(BoundRule bound)
{
    private string _alarmId = "";
    private long _judgedHour;
    private long _quietHours;
    private bool _isOpen;

    public BoundRule Bound { get; private set; } = bound;

    public bool IsVacancyDoubted { get; } = bound.Rule.Detector == "O1";

    public int Days { get; } = (int)(bound.Rule.Parameter("days"));

    public int KindsMin { get; } = (int)(bound.Rule.Parameter("kinds"));

    /// <summary>m³ within an hour.</summary>
    public double VolumeMin { get; } = bound.Rule.Parameter("min-volume") / 1000;

    /// <summary>kWh within an hour beyond the home's base.</summary>
    public double EnergyMin { get; } = bound.Rule.Parameter("energy");

    public LifeSigns Signs { get; } = new();

    /// <summary>The running episode, or empty.</summary>
    public ref string AlarmId => ref _alarmId;

    /// <summary>The last hour that has been judged.</summary>
    public ref long JudgedHour => ref _judgedHour;

    /// <summary>For how many hours nothing has been seen where something could have been.</summary>
    public ref long QuietHours => ref _quietHours;

    /// <summary>The door was open when it was heard of last.</summary>
    public ref bool IsOpen => ref _isOpen;

    /// <summary>A newer version of the rule that judges alike goes on with what was seen.</summary>
    public bool TryKeep(BoundRule other)
    {
        var isSame = Bound.Rule.JudgesAs(other.Rule);
        Bound = isSame ? other : Bound;
        return isSame;
    }

    public void Persist(StateCodec state)
    {
        state.Sync(ref _alarmId);
        state.Sync(ref _judgedHour);
        state.Sync(ref _quietHours);
        state.Sync(ref _isOpen);
        Signs.Persist(state);
    }
}
