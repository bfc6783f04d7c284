using System.Globalization;

namespace Hub.Gateway.Cli;

/// <summary>
/// One hub per data folder. The lock is the operating system's, on an open file: it goes with the process, however
/// that ends.
/// </summary>
public sealed class FolderLock : IDisposable
{
    private readonly FileStream _file;

    private FolderLock(FileStream file) => _file = file;

    /// <summary>The folder, made if it isn't there, locked; null with a reason if that can't be.</summary>
    public static FolderLock? Take(string folder, out string refusal)
    {
        var owner = Path.Combine(folder, "hub.pid");
        try
        {
            Directory.CreateDirectory(folder);
            var file = new FileStream(
                Path.Combine(folder, "hub.lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            File.WriteAllText(owner, Environment.ProcessId.ToString(CultureInfo.InvariantCulture));
            refusal = "";
            return new FolderLock(file);
        }
        catch (IOException) when (File.Exists(owner))
        {
            refusal = $"Another hub (process {File.ReadAllText(owner)}) is running on {folder}. "
                + "Stop that one first, or give this one a folder of its own with --data.";
            return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            refusal = $"The data folder {folder} can't be used: {e.Message}";
            return null;
        }
    }

    public void Dispose() => _file.Dispose();
}
