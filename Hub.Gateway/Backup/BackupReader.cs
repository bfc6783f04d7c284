using System.Formats.Tar;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text.Json;

namespace Hub.Gateway.Backup;

/// <summary>Checks a backup to its last byte, and puts it into an empty folder.</summary>
public static class BackupReader
{
    /// <summary>A restored folder says what it was restored from; the hub tells it at its start.</summary>
    public const string RestoredName = "restored.json";

    /// <summary>Tables that were in PostgreSQL, as pg_dump has written them.</summary>
    public const string TablesName = "hub.pgdump";

    internal const string ManifestName = "manifest.json";

    /// <summary>What is in it, if every part and every file is what was written.</summary>
    /// <exception cref="InvalidDataException">It is not, or the key is another one; the message says which.</exception>
    public static BackupManifest Verify(string path, BackupKey key)
    {
        using var file = File.OpenRead(path);
        return Verify(file, key);
    }

    internal static BackupManifest Verify(Stream file, BackupKey key) => Read(file, key, static (_, _) => Stream.Null);

    /// <summary>Puts it into a folder that is not there, or empty; nothing is there before everything is.</summary>
    /// <exception cref="IOException">Something is in the folder.</exception>
    /// <exception cref="InvalidDataException">The backup is damaged, or the key another one.</exception>
    public static BackupManifest Restore(string path, string folder, BackupKey key, TimeProvider time)
    {
        var target = Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder));
        if (File.Exists(target) || (Directory.Exists(target) && Directory.EnumerateFileSystemEntries(target).Any()))
        {
            throw new IOException($"{target} is not empty; a backup is restored into an empty folder only.");
        }

        var partial = $"{target}.restoring";
        if (Directory.Exists(partial))
        {
            throw new IOException($"{partial} is left from a restoring that broke off; remove it first.");
        }

        try
        {
            using var file = File.OpenRead(path);
            Directory.CreateDirectory(partial);
            var manifest = Read(file, key, (name, _) => Create(partial, name));
            var restored = new { manifest.BegunAt, RestoredAt = time.GetUtcNow(), manifest.JournalTail };
            using (var mark = Create(partial, RestoredName))
            {
                JsonSerializer.Serialize(mark, restored);
                mark.Flush(flushToDisk: true);
            }

            if (Directory.Exists(target))
            {
                Directory.Delete(target);
            }

            Directory.Move(partial, target);
            return manifest;
        }
        finally
        {
            if (Directory.Exists(partial))
            {
                Directory.Delete(partial, recursive: true);
            }
        }
    }

    private static BackupManifest Read(Stream file, BackupKey key, Func<string, long, Stream> to)
    {
        using var frames = new SealedReader(file, key);
        using var unpacked = new GZipStream(frames, CompressionMode.Decompress);
        using var tar = new TarReader(unpacked);
        var found = new List<BackupFile>();
        while (tar.GetNextEntry() is { DataStream: var content } entry)
        {
            if (entry.Name == ManifestName)
            {
                var manifest = JsonSerializer.Deserialize<BackupManifest>(content!)!;
                // To the last frame, whose absence would be a backup that was cut off.
                unpacked.CopyTo(Stream.Null);
                frames.CopyTo(Stream.Null);
                return found.SequenceEqual(manifest.Files)
                    ? manifest
                    : throw new InvalidDataException("The backup's files are not those that its list names.");
            }

            found.Add(Take(entry, content ?? Stream.Null, to));
        }

        throw new InvalidDataException("The backup has no list of its files.");
    }

    private static BackupFile Take(TarEntry entry, Stream content, Func<string, long, Stream> to)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        using var output = to(entry.Name, entry.Length);
        var buffer = new byte[128 * 1024];
        var bytes = 0L;
        for (int read; (read = content.Read(buffer)) > 0; bytes += read)
        {
            hash.AppendData(buffer, 0, read);
            output.Write(buffer, 0, read);
        }

        (output as FileStream)?.Flush(flushToDisk: true);
        return new BackupFile(entry.Name, bytes, Convert.ToHexStringLower(hash.GetHashAndReset()));
    }

    private static FileStream Create(string folder, string name)
    {
        // Only this program writes names, and only those that hold the key can change them; still.
        if (name.Split('/') is not { Length: 1 or 2 } parts || parts.Any(part => part is "" or "." or ".."))
        {
            throw new InvalidDataException($"The backup has a file of the name {name}, which no hub writes.");
        }

        var path = Path.Combine([folder, .. parts]);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        return new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.None);
    }
}
