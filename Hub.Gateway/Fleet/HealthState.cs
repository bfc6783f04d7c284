namespace Hub.Gateway.Fleet;

/// <summary>How an edge or a device does. The later, the worse.</summary>
public enum HealthState
{
    /// <summary>It reports as expected.</summary>
    Ok,

    /// <summary>In the site's books, and has never reported.</summary>
    Never,

    /// <summary>
    /// It reports, and something is wrong with it: its clock, its battery, lost pulses, impossible values.
    /// </summary>
    Suspect,

    /// <summary>Silent for 1.5 times its expected interval.</summary>
    Late,

    /// <summary>Silent for 3 times its expected interval, or it or its edge said goodbye.</summary>
    Offline,
}
