using System.Runtime.InteropServices;

namespace Hub.Bench;

/// <summary>How long a core has worked for this thread, however many others wanted it.</summary>
public static partial class CoreTime
{
    /// <summary>clock_gettime(2), Linux: CLOCK_THREAD_CPUTIME_ID.</summary>
    private const int ThreadClock = 3;

    public static TimeSpan OfThisThread()
    {
        Marshal.ThrowExceptionForHR(ClockGetTime(ThreadClock, out var time));
        return new TimeSpan((time.Seconds * TimeSpan.TicksPerSecond) + (time.Nanoseconds / 100));
    }

    [LibraryImport("libc", EntryPoint = "clock_gettime")]
    private static partial int ClockGetTime(int clock, out Moment time);

    [StructLayout(LayoutKind.Sequential)]
    private readonly record struct Moment(long Seconds, long Nanoseconds);
}
