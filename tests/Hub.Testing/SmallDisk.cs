using System.Diagnostics;
using Xunit;

namespace Hub.Testing;

/// <summary>A file system of some megabytes, of its own for one test: it can be filled up, and made read-only.</summary>
public sealed class SmallDisk : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly bool _isMounted;

    public SmallDisk(int mebibytes) => _isMounted = Run("mount", "-t", "tmpfs", "-o", $"size={mebibytes}m", "tmpfs", Path);

    public string Path => _folder.Path;

    public string this[string name] => _folder[name];

    /// <summary>Skips the test where nobody may mount one.</summary>
    public SmallDisk OrSkip()
    {
        if (!_isMounted)
        {
            Dispose();
            Assert.Skip("A small disk can't be mounted here.");
        }

        return this;
    }

    /// <summary>As the kernel does with a card whose writes fail; false where a file is open for writing.</summary>
    public bool Remount(bool isReadOnly) => Run("mount", "-o", isReadOnly ? "remount,ro" : "remount,rw", Path);

    public void Dispose()
    {
        if (_isMounted)
        {
            Run("umount", Path);
        }

        _folder.Dispose();
    }

    private static bool Run(string program, params string[] words)
    {
        using var process = Process.Start(new ProcessStartInfo(program, words) { RedirectStandardError = true });
        process?.WaitForExit();
        return process?.ExitCode == 0;
    }
}
