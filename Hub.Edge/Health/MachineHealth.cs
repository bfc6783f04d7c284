using System.Globalization;

namespace Hub.Edge.Health;

/// <summary>What this machine says of itself, from /proc and /sys; what can't be read is not told.</summary>
public sealed class MachineHealth(string dataFolder)
{
    private (long Busy, long Total)? _cpuBefore;

    public IEnumerable<(string Signal, double Value)> Read()
    {
        if (Cpu() is { } cpu)
        {
            yield return ("device.cpu", cpu);
        }

        yield return ("device.memory", Math.Round(Environment.WorkingSet / 1e6, 1));
        if (Disk() is { } disk)
        {
            yield return ("device.disk", disk);
        }

        if (Temperature() is { } temperature)
        {
            yield return ("device.temperature", temperature);
        }
    }

    /// <summary>
    /// Busy and total time of all cores from the first line of /proc/stat: user nice system idle iowait irq softirq
    /// steal.
    /// </summary>
    public static (long Busy, long Total)? ParseCpu(string stat)
    {
        var fields = stat.Split('\n', 2)[0].Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (fields.Length < 9 || fields[0] != "cpu")
        {
            return null;
        }

        var times = new long[8];
        for (var i = 0; i < times.Length; i++)
        {
            if (!long.TryParse(fields[i + 1], NumberStyles.None, CultureInfo.InvariantCulture, out times[i]))
            {
                return null;
            }
        }

        var total = times.Sum();
        return (total - times[3] - times[4], total);
    }

    private double? Cpu()
    {
        if (TryRead("/proc/stat") is not { } stat || ParseCpu(stat) is not { } now)
        {
            return null;
        }

        var before = _cpuBefore;
        _cpuBefore = now;
        return before is { } then && now.Total > then.Total
            ? Math.Round(100.0 * (now.Busy - then.Busy) / (now.Total - then.Total), 1)
            : null;
    }

    private double? Disk()
    {
        try
        {
            var drive = new DriveInfo(Path.GetFullPath(dataFolder));
            return drive.TotalSize > 0
                ? Math.Round(100.0 * (drive.TotalSize - drive.AvailableFreeSpace) / drive.TotalSize, 1)
                : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return null;
        }
    }

    private static double? Temperature() =>
        TryRead("/sys/class/thermal/thermal_zone0/temp") is { } text
        && double.TryParse(text.Trim(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture,
            out var thousandths)
            ? Math.Round(thousandths / 1000, 1)
            : null;

    private static string? TryRead(string path)
    {
        try
        {
            return File.Exists(path) ? File.ReadAllText(path) : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
