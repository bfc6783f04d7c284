namespace Hub.Gateway.Fleet;

public enum SuspicionKind
{
    /// <summary>Its readings come from the future.</summary>
    ClockAhead,

    /// <summary>It says itself that its clock is off.</summary>
    ClockOff,

    /// <summary>It will soon be silent.</summary>
    Battery,

    /// <summary>Its kernel dropped events.</summary>
    LostPulses,

    /// <summary>What it says can't be.</summary>
    Impossible,
}
