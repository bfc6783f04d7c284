namespace Hub.Edge.Pins;

/// <summary>An edge of a line.</summary>
/// <param name="IsActive">The line became active (after active-low is taken into account).</param>
/// <param name="Nanoseconds">The kernel's monotonic time of the edge.</param>
/// <param name="Sequence">
/// Counts the line's edges since it was taken, from 1; a jump means that the kernel's buffer overflowed.
/// </param>
public readonly record struct LineEvent(bool IsActive, long Nanoseconds, uint Sequence);
