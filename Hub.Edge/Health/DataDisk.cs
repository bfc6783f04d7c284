using System.Globalization;

namespace Hub.Edge.Health;

/// <summary>The block device that the data folder is on: how much was written to it, and how worn it is.</summary>
internal sealed class DataDisk(MachineFiles files, string dataFolder)
{
    private const int SectorBytes = 512; // Of /sys/block/*/stat, whatever the device's own sectors are.

    private readonly string? _device = Find(files, Path.GetFullPath(dataFolder));

    /// <summary>
    /// Since the start of the machine, in MB; <c>Documentation/block/stat.rst</c>, the seventh field.
    /// </summary>
    public double? WrittenMegabytes() =>
        _device is not null
        && files.Text($"{_device}/stat")?.Split(' ', StringSplitOptions.RemoveEmptyEntries) is { Length: > 6 } fields
        && long.TryParse(fields[6], NumberStyles.None, CultureInfo.InvariantCulture, out var sectors)
            ? Math.Round(sectors * SectorBytes / 1e6, 1)
            : null;

    /// <summary>
    /// An eMMC's own estimate of its used life, in percent and in tens of them (JEDEC JESD84-B51, EXT_CSD 268 and 269:
    /// 0x01 is up to 10 %, 0x0B is beyond the end); an SD card says nothing.
    /// </summary>
    public double? WearPercent()
    {
        if (_device is null || files.Text($"{_device}/device/life_time") is not { } text)
        {
            return null;
        }

        var worst = text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(Estimate).DefaultIfEmpty().Max();
        return worst > 0 ? Math.Min(worst * 10, 100) : null;
    }

    private static int Estimate(string text) =>
        text.StartsWith("0x", StringComparison.Ordinal) && int.TryParse(
            text.AsSpan(2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var tens) ? tens : 0;

    /// <summary>
    /// The whole disk under the mount that the folder is on; null for a network's or a layered file system.
    /// </summary>
    private static string? Find(MachineFiles files, string folder)
    {
        // A line of /proc/self/mountinfo: id, parent, major:minor, root, mount point, …
        var mount = (files.Text("proc/self/mountinfo") ?? "").Split('\n')
            .Select(line => line.Split(' '))
            .Where(fields => fields.Length > 4 && IsUnder(folder, fields[4]))
            .MaxBy(fields => fields[4].Length);
        if (mount is null)
        {
            return null;
        }

        var device = files.Path($"sys/dev/block/{mount[2]}");
        var real = Directory.Exists(device)
            ? Directory.ResolveLinkTarget(device, returnFinalTarget: true)?.FullName ?? device
            : null;
        return real is not null && File.Exists(Path.Combine(real, "partition")) ? Path.GetDirectoryName(real) : real;
    }

    private static bool IsUnder(string folder, string mount) =>
        mount == "/" || folder == mount || folder.StartsWith(mount + "/", StringComparison.Ordinal);
}
