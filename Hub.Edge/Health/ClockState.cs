using System.Runtime.InteropServices;
using Hub.Edge.Outbox;

namespace Hub.Edge.Health;

/// <summary>What the kernel says of its own time.</summary>
/// <param name="Offset">How far the kernel is still from its reference; null if it has none.</param>
public readonly partial record struct ClockState(ClockQuality Quality, TimeSpan? Offset)
{
    public static readonly ClockState Synced = new(ClockQuality.Synced, TimeSpan.Zero);

    private static readonly Guid ThisBoot = ReadBoot();

    public ClockStamp Stamp(TimeProvider time)
    {
        var monotonicTicks = (long)(time.GetTimestamp() * ((decimal)TimeSpan.TicksPerSecond / time.TimestampFrequency));
        var now = time.GetUtcNow();
        return new ClockStamp(Quality, ThisBoot, now.UtcTicks - monotonicTicks) { At = now };
    }

    /// <summary>
    /// Asks the kernel (adjtimex, read-only). Elsewhere than on Linux nothing is known, so nothing is claimed.
    /// </summary>
    public static ClockState OfKernel()
    {
        // struct timex on 64 bits: modes s32 at 0, offset s64 at 8, maxerror s64 at 24, status s32 at 40; 208 bytes.
        const int Size = 208;
        const int StatusUnsynced = 0x40;
        const int StatusNanoseconds = 0x2000;
        if (!OperatingSystem.IsLinux() || !Environment.Is64BitProcess)
        {
            return new ClockState(ClockQuality.Unsynced, null);
        }

        var timex = new byte[Size];
        if (AdjustKernelTime(timex) < 0)
        {
            return new ClockState(ClockQuality.Unsynced, null);
        }

        var status = BitConverter.ToInt32(timex, 40);
        if ((status & StatusUnsynced) != 0)
        {
            return new ClockState(ClockQuality.Unsynced, null);
        }

        var offset = BitConverter.ToInt64(timex, 8);
        var ticks = (status & StatusNanoseconds) != 0 ? offset / 100 : offset * 10;
        return new ClockState(ClockQuality.Synced, TimeSpan.FromTicks(ticks));
    }

    private static Guid ReadBoot()
    {
        const string Path = "/proc/sys/kernel/random/boot_id";
        try
        {
            return Guid.TryParse(File.ReadAllText(Path).Trim(), out var boot) ? boot : Guid.NewGuid();
        }
        catch (IOException)
        {
            // Without a boot id each start counts as a boot: nothing is repaired, nothing is wrong.
            return Guid.NewGuid();
        }
    }

    [LibraryImport("libc", EntryPoint = "adjtimex", SetLastError = true)]
    private static partial int AdjustKernelTime([In, Out] byte[] timex);
}
