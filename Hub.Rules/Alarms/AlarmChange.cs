namespace Hub.Rules.Alarms;

/// <summary>What one observation did to an alarm.</summary>
public enum AlarmChange : byte
{
    None,
    Raised,
    Cleared,
}
