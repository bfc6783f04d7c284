namespace Hub.Edge.Pins;

/// <summary>One edge on one line.</summary>
/// <param name="IsActive">The line became active (after active-low is taken into account).</param>
/// <param name="Nanoseconds">The kernel's monotonic time of the edge.</param>
/// <param name="LineSequence">Counts the edges of this line; a jump means that the kernel's buffer overflowed.</param>
public readonly record struct LineEvent(int Line, bool IsActive, long Nanoseconds, uint LineSequence);
