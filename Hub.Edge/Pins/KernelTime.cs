namespace Hub.Edge.Pins;

/// <summary>The kernel's monotonic time in nanoseconds, as it stands on every edge.</summary>
public static class KernelTime
{
    /// <summary>
    /// On Linux the system's timestamp is CLOCK_MONOTONIC, which is also what the kernel stamps edges with. A simulated
    /// time may count from the year 1, too many nanoseconds for 63 bits: what is above them is dropped, on both sides
    /// alike, and differences stay right.
    /// </summary>
    public static long Nanoseconds(TimeProvider time) =>
        (long)((Int128)time.GetTimestamp() * 1_000_000_000 / time.TimestampFrequency & long.MaxValue);

    /// <summary>The wall time of a kernel time: so long ago as the monotonic clock says.</summary>
    public static DateTimeOffset WallOf(long nanoseconds, TimeProvider time) =>
        time.GetUtcNow() - TimeSpan.FromTicks(Math.Max(0, (Nanoseconds(time) - nanoseconds) / 100));
}
