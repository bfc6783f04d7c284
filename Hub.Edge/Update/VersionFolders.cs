using Hub.Edge.Files;

namespace Hub.Edge.Update;

/// <summary>
/// The versions on this machine, side by side, and the one link that says which runs. A power cut between any two steps
/// leaves the old version running or the new one, whole; <c>pending</c> tells the start script that the new one has
/// still to prove itself.
/// <code>
///   root/current ─► versions/1.4.0      versions/1.3.2      versions/.1.5.0.part      pending: "1.4.0 1.3.2 0"
/// </code>
/// </summary>
/// <param name="root">Such as <c>/opt/buildinghub-edge</c>.</param>
public sealed class VersionFolders(string root)
{
    private const string NameFile = "VERSION";

    /// <summary>A step is done: a test pulls the plug here.</summary>
    internal Action<string>? Done { get; init; }

    private string Versions => Path.Combine(root, "versions");

    private string Link => Path.Combine(root, "current");

    /// <summary>The version that runs from the next start on; null where none is installed.</summary>
    public string? Current => new FileInfo(Link).LinkTarget is { } target ? Path.GetFileName(target) : null;

    /// <summary>The version that the files around this program belong to; null where it was not installed.</summary>
    public static string? OfThisProgram()
    {
        var file = Path.Combine(AppContext.BaseDirectory, NameFile);
        return File.Exists(file) ? File.ReadAllText(file).Trim() : null;
    }

    /// <summary>Unpacks a verified update beside the others, and lets the link point to it.</summary>
    /// <param name="update">Where <see cref="UpdateFile.Verify"/> has left it.</param>
    /// <param name="isOlderAllowed">An older version may come back; an attacker's favourite is last year's.</param>
    /// <exception cref="UpdateRefusedException">It is older, or the one that runs.</exception>
    /// <exception cref="IOException">The disk is full or fails; the old version still runs.</exception>
    public void Install(UpdateHeader header, Stream update, bool isOlderAllowed)
    {
        var before = Current;
        if (before == header.Version)
        {
            throw new UpdateRefusedException($"Version {before} is installed already.");
        }

        if (before is not null && !isOlderAllowed && Version.Parse(header.Version) < Version.Parse(before))
        {
            throw new UpdateRefusedException($"Version {header.Version} is older than {before}, which is installed.");
        }

        var folder = Path.Combine(Versions, header.Version);
        var part = Path.Combine(Versions, $".{header.Version}.part");
        Directory.CreateDirectory(Versions);
        Remove(part);
        Directory.CreateDirectory(part);
        Done?.Invoke("folder made");
        UpdateFile.Unpack(update, part);
        File.WriteAllText(Path.Combine(part, NameFile), header.Version + "\n");
        Done?.Invoke("unpacked");
        Finish(part);
        Done?.Invoke("made durable");
        if (Directory.Exists(folder))
        {
            Remove(folder); // It has run before, and doesn't now.
        }

        Directory.Move(part, folder);
        DurableFile.Sync(Versions);
        Done?.Invoke("named");
        if (before is not null)
        {
            DurableFile.Write(Path.Combine(root, "pending"), $"{header.Version} {before} 0\n");
            Done?.Invoke("pending");
        }

        PointTo(header.Version);
    }

    private void PointTo(string version)
    {
        var next = Link + ".next";
        File.Delete(next);
        File.CreateSymbolicLink(next, Path.Combine("versions", version));
        Done?.Invoke("link made");
        DurableFile.Rename(next, Link);
        Done?.Invoke("switched");
        DurableFile.Sync(root);
        Done?.Invoke("switch durable");
    }

    /// <summary>Under a name that nothing starts from, for removing it is not one step.</summary>
    private void Remove(string folder)
    {
        if (Directory.Exists(folder))
        {
            var gone = Path.Combine(Versions, $".gone-{Guid.NewGuid():N}");
            Directory.Move(folder, gone);
            Done?.Invoke("put aside");
            Directory.Delete(gone, recursive: true);
        }
    }

    /// <summary>Durable, and to be read by the edge's own user whatever the umask was.</summary>
    private static void Finish(string folder)
    {
        const UnixFileMode Read = UnixFileMode.UserRead | UnixFileMode.GroupRead | UnixFileMode.OtherRead;
        const UnixFileMode Execute = UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;
        var all = Directory.EnumerateFileSystemEntries(folder, "*", SearchOption.AllDirectories);
        foreach (var path in all.Prepend(folder))
        {
            if (!OperatingSystem.IsWindows())
            {
                var mode = File.GetUnixFileMode(path);
                File.SetUnixFileMode(path, mode | Read | (mode.HasFlag(UnixFileMode.UserExecute) ? Execute : 0));
            }

            DurableFile.Sync(path);
        }
    }
}
