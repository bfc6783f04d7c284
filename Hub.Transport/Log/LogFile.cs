using System.Globalization;
using static SQLitePCL.raw;

namespace Hub.Transport.Log;

/// <summary>
/// Opens a log's file: makes it if it is missing, checks it, puts a damaged one aside. The format is drawn in
/// README.md.
/// </summary>
internal static class LogFile
{
    /// <summary>"BHlg": says whose file this is, to <c>file</c> and to a reader of another program.</summary>
    private const int ApplicationId = 0x42486C67;
    private const int FormatVersion = 1;

    /// <summary>
    /// Each new file after a damaged one begins that many positions higher, so that no follower's cursor into the old
    /// file can be taken for a place in the new one.
    /// </summary>
    private const int GenerationBits = 40;

    public static LogDatabase Open(string path, DurableLogOptions options, out LogRecovery recovery)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        try
        {
            return OpenChecked(path, options, generation: 0, out recovery);
        }
        catch (LogFailedException e) when ((e.SqliteCode & 0xFF) is SQLITE_CORRUPT or SQLITE_NOTADB)
        {
            var (aside, generation) = PutAside(path);
            var database = OpenChecked(path, options, generation, out recovery);
            recovery = recovery with { Fault = e.Message, PutAsidePath = aside };
            return database;
        }
    }

    public static LogDatabase Connect(string path, DurableLogOptions options)
    {
        var database = new LogDatabase(path, options.BusyTimeMax);
        try
        {
            // A commit must not stop to copy the write-ahead log: the checkpoint thread does that.
            database.Execute("PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA wal_autocheckpoint=0");
            return database;
        }
        catch
        {
            database.Dispose();
            throw;
        }
    }

    private static LogDatabase OpenChecked(
        string path, DurableLogOptions options, int generation, out LogRecovery recovery)
    {
        var isNew = !File.Exists(path) || new FileInfo(path).Length == 0;
        var database = Connect(path, options);
        try
        {
            if (isNew)
            {
                Create(database, generation);
            }

            RequireFormat(database, path);
            recovery = new LogRecovery(null, null, Check(database, path, options));
            return database;
        }
        catch
        {
            database.Dispose();
            throw;
        }
    }

    private static void Create(LogDatabase database, int generation) => database.Execute(string.Create(
        CultureInfo.InvariantCulture,
        $"""
        BEGIN IMMEDIATE;
        PRAGMA application_id={ApplicationId};
        PRAGMA user_version={FormatVersion};
        CREATE TABLE log (position INTEGER PRIMARY KEY, bytes BLOB NOT NULL);
        CREATE TABLE mark (name TEXT PRIMARY KEY, position INTEGER NOT NULL) WITHOUT ROWID;
        INSERT INTO mark VALUES ('trimmed', {(long)generation << GenerationBits});
        COMMIT;
        """));

    private static void RequireFormat(LogDatabase database, string path)
    {
        var version = database.Number("PRAGMA user_version");
        if (database.Number("PRAGMA application_id") != ApplicationId || version is < 1 or > FormatVersion)
        {
            throw new InvalidDataException(
                $"{path} is not a log of this program, or of a newer version ({version}; this one reads "
                + $"{FormatVersion}). Move it away, or start the version that wrote it.");
        }
    }

    private static bool Check(LogDatabase database, string path, DurableLogOptions options)
    {
        if (new FileInfo(path).Length > options.CheckBytesMax)
        {
            database.Number("SELECT sum(length(bytes)) FROM (SELECT bytes FROM log ORDER BY position LIMIT 4)");
            database.Number("SELECT sum(length(bytes)) FROM (SELECT bytes FROM log ORDER BY position DESC LIMIT 4)");
            return false;
        }

        var verdict = database.Text("PRAGMA quick_check(1)");
        return verdict == "ok"
            ? true
            : throw new LogFailedException($"The file's quick check says: {verdict}", SQLITE_CORRUPT);
    }

    /// <summary>Renames the file together with its write-ahead log, which may hold the newest commits.</summary>
    private static (string Aside, int Generation) PutAside(string path)
    {
        var generation = 1;
        while (File.Exists($"{path}.damaged-{generation}"))
        {
            generation++;
        }

        var aside = $"{path}.damaged-{generation}";
        File.Move(path, aside);
        foreach (var suffix in new[] { "-wal", "-shm" })
        {
            if (File.Exists(path + suffix))
            {
                File.Move(path + suffix, aside + suffix);
            }
        }

        return (aside, generation);
    }
}
