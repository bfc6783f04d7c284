using System.Globalization;

namespace Hub.Edge.Health;

/// <summary>The kernel's files under /proc and /sys; what isn't there, or can't be read, is null.</summary>
/// <param name="root">Where they begin; <c>/</c> on a real machine.</param>
internal sealed class MachineFiles(string root)
{
    public string Path(string path) => System.IO.Path.Combine(root, path);

    public string? Text(string path)
    {
        var full = Path(path);
        try
        {
            return File.Exists(full) ? File.ReadAllText(full).Trim() : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    public double? Number(string path) =>
        double.TryParse(Text(path), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null;

    public IEnumerable<string> Folders(string path, string pattern)
    {
        var full = Path(path);
        try
        {
            return Directory.Exists(full) ? [.. Directory.EnumerateFileSystemEntries(full, pattern)] : [];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }
}
