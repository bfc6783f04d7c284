namespace Hub.Rules.Readings;

/// <summary>What a register made of a value.</summary>
public enum RegisterStep : byte
{
    /// <summary>
    /// The first value, or the first after an exchange that nobody announced: consumption before it is unknown.
    /// </summary>
    First,

    /// <summary>It rose, or stood still, as a register does.</summary>
    Advanced,

    /// <summary>It passed its last digit.</summary>
    RolledOver,

    /// <summary>It fell or jumped; nothing is believed until the readings after it agree with it.</summary>
    Suspect,

    /// <summary>The value before was a blip: the register goes on as if it had not been.</summary>
    BlipOver,

    /// <summary>It fell by what a pipe or cable can carry backwards, and stayed there.</summary>
    Reversed,

    /// <summary>It fell far, and goes on from there: exchanged or cleared. A new epoch; nothing was consumed.</summary>
    Reset,

    /// <summary>
    /// It had stood still, jumped by no more than what may have run meanwhile, and goes on from there: the display or
    /// the transmission hung. The sum since it last moved is consumption.
    /// </summary>
    CaughtUp,

    /// <summary>
    /// It jumped beyond what is physically possible, and goes on from there. A new epoch; nothing was consumed.
    /// </summary>
    Jumped,

    /// <summary>A value that is no register value: not finite, negative, or not newer than the last.</summary>
    Refused,
}
