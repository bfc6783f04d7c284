using System.Globalization;

namespace Hub.Edge.Health;

/// <summary>What this machine says of itself, from /proc and /sys; what can't be read is not told.</summary>
public sealed class MachineHealth
{
    private readonly string _dataFolder;
    private readonly MachineFiles _files;
    private readonly PowerSupply _power;
    private readonly DataDisk _disk;
    private (long Busy, long Total)? _cpuBefore;

    /// <param name="dataFolder">Its disk is the one that is told of.</param>
    /// <param name="root">Where /proc and /sys are; another machine's in a test.</param>
    public MachineHealth(string dataFolder, string root = "/")
    {
        _dataFolder = dataFolder;
        _files = new MachineFiles(root);
        _power = new PowerSupply(_files);
        _disk = new DataDisk(_files, dataFolder);
    }

    public IEnumerable<(string Signal, double Value)> Read()
    {
        var (isVoltageLow, isHeldBack) = _power.Look();
        (string Signal, double? Value)[] told =
        [
            ("device.cpu", Cpu()),
            ("device.memory", Math.Round(Environment.WorkingSet / 1e6, 1)),
            ("device.memory.available", MemoryAvailable()),
            ("device.disk", Disk()),
            ("device.disk.written", _disk.WrittenMegabytes()),
            ("device.disk.wear", _disk.WearPercent()),
            ("device.temperature", Thousandths("sys/class/thermal/thermal_zone0/temp")),
            ("device.undervoltage", Flag(isVoltageLow)),
            ("device.throttled", Flag(isHeldBack)),
            ("device.uptime", Uptime()),
        ];
        return told.Where(one => one.Value is not null).Select(one => (one.Signal, one.Value!.Value));
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

    private static double? Flag(bool? holds) => holds is { } flag ? flag ? 1 : 0 : null;

    private double? Cpu()
    {
        if (_files.Text("proc/stat") is not { } stat || ParseCpu(stat) is not { } now)
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
            var drive = new DriveInfo(Path.GetFullPath(_dataFolder));
            return drive.TotalSize > 0
                ? Math.Round(100.0 * (drive.TotalSize - drive.AvailableFreeSpace) / drive.TotalSize, 1)
                : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return null;
        }
    }

    /// <summary>What new programs could have without swapping, by the kernel's own estimate.</summary>
    private double? MemoryAvailable() =>
        (_files.Text("proc/meminfo") ?? "").Split('\n')
            .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .FirstOrDefault(fields => fields is ["MemAvailable:", _, "kB"]) is { } available
        && long.TryParse(available[1], NumberStyles.None, CultureInfo.InvariantCulture, out var kibibytes)
            ? Math.Round(kibibytes * 1024 / 1e6, 1)
            : null;

    private double? Thousandths(string path) => _files.Number(path) is { } value ? Math.Round(value / 1000, 1) : null;

    private double? Uptime() =>
        double.TryParse(_files.Text("proc/uptime")?.Split(' ')[0], NumberStyles.Float, CultureInfo.InvariantCulture,
            out var seconds)
            ? Math.Round(seconds)
            : null;
}
