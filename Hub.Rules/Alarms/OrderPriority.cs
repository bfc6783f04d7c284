namespace Hub.Rules.Alarms;

public enum OrderPriority
{
    /// <summary>Kept and shown, wakes nobody.</summary>
    Notice,

    /// <summary>The 5341 clock as usual.</summary>
    Normal,

    /// <summary>At once: burst, intrusion.</summary>
    Urgent,
}
