namespace Hub.Rules.Alarms;

public enum AlarmState : byte
{
    Inactive,

    /// <summary>The condition holds, not yet for the whole on-delay.</summary>
    Pending,

    /// <summary>Raised.</summary>
    Firing,
}
