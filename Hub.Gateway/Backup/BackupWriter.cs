using System.Formats.Tar;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.Data.Sqlite;

namespace Hub.Gateway.Backup;

/// <summary>
/// Makes a backup while the hub goes on: a consistent copy of each database, the journal's last, so that no cursor in
/// the others is beyond it. What they lack at restoring, they take from the journal, as after a crash.
/// </summary>
public static class BackupWriter
{
    /// <summary>The journal last.</summary>
    private static readonly string[] Databases = ["series.db", "hub.db", "journal.db"];

    /// <exception cref="IOException">The file is there already, or can't be written.</exception>
    /// <exception cref="InvalidDataException">A database is damaged; no backup is made of it.</exception>
    public static BackupManifest Create(BackupSource source, string path, BackupKey key, TimeProvider time)
    {
        if (File.Exists(path))
        {
            throw new IOException($"{path} is there already; a backup never takes the place of another one.");
        }

        var begunAt = time.GetUtcNow();
        var (partial, copies) = ($"{path}.partial", $"{path}.copies");
        Prepare(copies);
        try
        {
            using (var file = new FileStream(partial, FileMode.Create, FileAccess.ReadWrite, FileShare.None))
            {
                var manifest = Write(file, source, copies, key, begunAt);
                file.Flush(flushToDisk: true);
                file.Position = 0;
                // It is read back as it will be at restoring: a backup that can't be opened is none.
                BackupReader.Verify(file, key);
                File.Move(partial, path);
                return manifest;
            }
        }
        finally
        {
            Directory.Delete(copies, recursive: true);
            File.Delete(partial);
        }
    }

    /// <summary>The copies are not encrypted yet: nobody else may read them, and they go as soon as they are.</summary>
    private static void Prepare(string copies)
    {
        if (Directory.Exists(copies))
        {
            throw new IOException($"{copies} is left from a backup that broke off; remove it first.");
        }

        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(copies);
        }
        else
        {
            Directory.CreateDirectory(
                copies, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }

    private static BackupManifest Write(
        FileStream file, BackupSource source, string copies, BackupKey key, DateTimeOffset begunAt)
    {
        using var frames = new SealedWriter(file, key);
        var files = new List<BackupFile>();
        var manifest = new BackupManifest(begunAt, 0, 0, files);
        using (var packed = new GZipStream(frames, CompressionLevel.Fastest, leaveOpen: true))
        using (var tar = new TarWriter(packed, TarEntryFormat.Pax))
        {
            foreach (var (name, from) in Plain(source))
            {
                files.Add(Add(tar, name, File.ReadAllBytes(from)));
            }

            if (source.TablesDump is { } dump)
            {
                using var content = File.OpenRead(dump);
                files.Add(Add(tar, BackupReader.TablesName, content));
            }

            foreach (var name in Databases.Where(name => File.Exists(Path.Combine(source.DataFolder, name))))
            {
                var copy = Path.Combine(copies, name);
                Copy(Path.Combine(source.DataFolder, name), copy);
                if (name == "journal.db")
                {
                    manifest = manifest with
                    {
                        JournalFirst = Position(copy, "min"),
                        JournalTail = Position(copy, "max"),
                    };
                }

                using (var content = File.OpenRead(copy))
                {
                    files.Add(Add(tar, name, content));
                }

                File.Delete(copy);
            }

            Add(tar, BackupReader.ManifestName, JsonSerializer.SerializeToUtf8Bytes(manifest));
        }

        frames.End();
        return manifest;
    }

    /// <summary>The site, the rules, the keys of the pages' cookies, and the photos that are whole.</summary>
    private static IEnumerable<(string Name, string From)> Plain(BackupSource source)
    {
        if (source.SiteFile is { } site)
        {
            yield return ("site.yaml", site);
        }

        var place = Path.Combine(source.DataFolder, "hub.postgres");
        if (File.Exists(place))
        {
            yield return ("hub.postgres", place);
        }

        var (keys, photos) = (Path.Combine(source.DataFolder, "keys"), Path.Combine(source.DataFolder, "photos"));
        foreach (var (folder, from) in new[] { ("rules", source.RulesFolder), ("keys", keys), ("photos", photos) })
        {
            foreach (var file in Directory.Exists(from) ? Directory.GetFiles(from) : [])
            {
                yield return ($"{folder}/{Path.GetFileName(file)}", file);
            }
        }
    }

    /// <summary>
    /// In one read transaction, which stops no writer; every page of every table is read, so a damaged file is found.
    /// </summary>
    private static void Copy(string from, string to)
    {
        try
        {
            using var source = Open(from);
            Run(source, "VACUUM INTO $1", to);
            using var copy = Open(to);
            // The mode is in the file, and a new one has another.
            Run(copy, "PRAGMA journal_mode=WAL");
            if (Run(copy, "PRAGMA quick_check(1)") is not "ok")
            {
                throw new InvalidDataException($"{from} is damaged; a backup of it would be, too.");
            }
        }
        catch (SqliteException e) when (e.SqliteErrorCode is 11 or 26)
        {
            throw new InvalidDataException($"{from} is damaged, and can't be backed up: {e.Message}", e);
        }
    }

    private static long Position(string journal, string which)
    {
        using var copy = Open(journal);
        return Run(copy, $"SELECT coalesce({which}(position), 0) FROM log") as long? ?? 0;
    }

    private static SqliteConnection Open(string path)
    {
        var connection = new SqliteConnection(
            new SqliteConnectionStringBuilder { DataSource = path, DefaultTimeout = 30, Pooling = false }.ToString());
        connection.Open();
        return connection;
    }

    private static object? Run(SqliteConnection connection, string sql, string? value = null)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        if (value is not null)
        {
            command.Parameters.AddWithValue("$1", value);
        }

        return command.ExecuteScalar();
    }

    private static BackupFile Add(TarWriter tar, string name, byte[] content)
    {
        using var bytes = new MemoryStream(content);
        return Add(tar, name, bytes);
    }

    private static BackupFile Add(TarWriter tar, string name, Stream content)
    {
        var hash = Convert.ToHexStringLower(SHA256.HashData(content));
        content.Position = 0;
        tar.WriteEntry(new PaxTarEntry(TarEntryType.RegularFile, name) { DataStream = content });
        return new BackupFile(name, content.Length, hash);
    }
}
