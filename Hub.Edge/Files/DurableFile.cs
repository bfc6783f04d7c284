using System.Runtime.InteropServices;
using System.Text;

namespace Hub.Edge.Files;

/// <summary>
/// Files that a power cut leaves as they were or as they shall be: written beside, made durable, put in place, and the
/// folder made durable too. Only this user can read them. The runtime's own flush doesn't report a failed fsync on
/// Linux; here it is asked for directly.
/// </summary>
public static partial class DurableFile
{
    /// <exception cref="IOException">It could not be made durable; the old one is still there.</exception>
    public static void Write(string path, string text) => Write(path, Encoding.UTF8.GetBytes(text));

    /// <inheritdoc cref="Write(string, string)"/>
    public static void Write(string path, ReadOnlySpan<byte> bytes)
    {
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        var next = path + ".next";
        File.Delete(next);
        using (var file = new FileStream(next, options))
        {
            file.Write(bytes);
        }

        Sync(next);
        File.Move(next, path, overwrite: true);
        Sync(Path.GetDirectoryName(Path.GetFullPath(path))!);
    }

    /// <summary>
    /// rename(2): the other name is at no moment without its old file or this one. The runtime's own move takes no link
    /// that points to a folder.
    /// </summary>
    /// <exception cref="IOException">Nothing has changed.</exception>
    public static void Rename(string from, string to)
    {
        if (RenameFile(from, to) != 0)
        {
            throw new IOException($"{to} can't be replaced: {Marshal.GetLastPInvokeErrorMessage()}");
        }
    }

    /// <summary>Makes a file, or the names in a folder, durable.</summary>
    /// <exception cref="IOException">The disk says no.</exception>
    public static void Sync(string path)
    {
        if (!OperatingSystem.IsLinux())
        {
            return;
        }

        const int ReadOnly = 0, CloseOnExec = 0x80000;
        var descriptor = OpenFile(path, ReadOnly | CloseOnExec);
        if (descriptor < 0)
        {
            throw Failed(path);
        }

        try
        {
            if (SyncFile(descriptor) != 0)
            {
                throw Failed(path);
            }
        }
        finally
        {
            _ = CloseFile(descriptor);
        }
    }

    private static IOException Failed(string path) =>
        new($"{path} can't be made durable: {Marshal.GetLastPInvokeErrorMessage()}");

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int OpenFile(string path, int flags);

    [LibraryImport("libc", EntryPoint = "rename", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int RenameFile(string from, string to);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    private static partial int SyncFile(int descriptor);

    [LibraryImport("libc", EntryPoint = "close")]
    private static partial int CloseFile(int descriptor);
}
