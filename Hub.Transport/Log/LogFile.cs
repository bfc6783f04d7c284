using System.Globalization;
using static SQLitePCL.raw;

namespace Hub.Transport.Log;

/// <summary>
/// Opens a log's file: makes it if it is missing, checks it, puts a damaged one aside and begins a new one with what
/// can be read of it. The format is drawn in README.md.
/// </summary>
internal static class LogFile
{
    public const long PositionMax = 1L << 62;

    /// <summary>"BHlg": says whose file this is, to <c>file</c> and to a reader of another program.</summary>
    private const int ApplicationId = 0x42486C67;
    private const int FormatVersion = 1;

    /// <summary>A version beyond it was never written by anybody: the number is damaged.</summary>
    private const int VersionMax = 99;

    public static LogDatabase Open(string path, DurableLogOptions options, out LogRecovery recovery)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        LogAside.Finish(path);
        try
        {
            return OpenChecked(path, options, out recovery);
        }
        catch (LogFailedException e) when (IsDamage(e.SqliteCode))
        {
            recovery = Replace(path, options, e.Message);
            return OpenChecked(path, options, out _);
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

    /// <summary>What SQLite says of wrong bytes, and not of a disk that is full, away or busy.</summary>
    public static bool IsDamage(int code) =>
        (code & 0xFF) is SQLITE_CORRUPT or SQLITE_NOTADB or SQLITE_ERROR or SQLITE_FORMAT or SQLITE_RANGE
            or SQLITE_MISMATCH
        || code == SQLITE_IOERR_SHORT_READ;

    private static LogDatabase OpenChecked(string path, DurableLogOptions options, out LogRecovery recovery)
    {
        RequireWholeHead(path);
        RequireWholeWal(path, options);
        var database = Connect(path, options);
        try
        {
            if (database.Number("SELECT count(*) FROM sqlite_master") == 0
                && database.Number("PRAGMA application_id") == 0)
            {
                Create(database, generation: 0);
            }

            RequireFormat(database, path);
            recovery = new LogRecovery(null, null, Check(database, path, options));
            LogAside.ForgetSuspicion(path);
            Rewrite(database);
            return database;
        }
        catch
        {
            // A damaged file is kept as it was found, its write-ahead log beside it.
            database.LeaveAsItIs();
            database.Dispose();
            throw;
        }
    }

    /// <summary>
    /// After a failed sync Linux goes on to show what was written, and never writes it: the last rows of the program
    /// before this one may be such. Here they are counted as rows, so first they are copied, and synced, elsewhere.
    /// </summary>
    private static void Rewrite(LogDatabase database) => database.Execute("PRAGMA wal_checkpoint(TRUNCATE)");

    private static void Create(LogDatabase database, long generation) => database.Execute(string.Create(
        CultureInfo.InvariantCulture,
        $"""
        BEGIN IMMEDIATE;
        PRAGMA application_id={ApplicationId};
        PRAGMA user_version={FormatVersion};
        CREATE TABLE log (position INTEGER PRIMARY KEY, bytes BLOB NOT NULL);
        CREATE TABLE mark (name TEXT PRIMARY KEY, position INTEGER NOT NULL) WITHOUT ROWID;
        INSERT INTO mark VALUES ('trimmed', {generation << LogPosition.FileBits});
        COMMIT;
        """));

    private static void RequireFormat(LogDatabase database, string path)
    {
        var hasTables =
            database.Number("SELECT count(*) FROM sqlite_master WHERE name IN ('log', 'mark') AND type = 'table'") == 2;
        var isOurs = database.Number("PRAGMA application_id") == ApplicationId;
        var version = database.Number("PRAGMA user_version");
        if ((!isOurs && !hasTables) || (isOurs && version is > FormatVersion and <= VersionMax))
        {
            throw new InvalidDataException(
                $"{path} is not a log of this program, or of a newer version ({version}; this one reads "
                + $"{FormatVersion}). Move it away, or start the version that wrote it.");
        }

        if (!isOurs || !hasTables || version != FormatVersion)
        {
            throw new LogFailedException("The file's head or schema is damaged.", SQLITE_CORRUPT);
        }
    }

    /// <summary>
    /// Bytes of the head that are always the same in our files; SQLite would take a wrong one for another format, or
    /// for a file that it may not write (1.3, "The Database Header").
    /// </summary>
    private static void RequireWholeHead(string path)
    {
        var head = new byte[100];
        using (var file = File.Exists(path) ? File.OpenRead(path) : Stream.Null)
        {
            if (file.ReadAtLeast(head, head.Length, throwOnEndOfStream: false) < head.Length)
            {
                return;
            }
        }

        ReadOnlySpan<byte> expected = [0x10, 0x00, 2, 2, 0, 64, 32, 32];
        if (head.AsSpan(68, 4).SequenceEqual("BHlg"u8)
            && !(head.AsSpan(16, 8).SequenceEqual(expected) && head.AsSpan(56, 4).SequenceEqual("\0\0\0\u0001"u8)))
        {
            throw new LogFailedException("The file's head is damaged.", SQLITE_CORRUPT);
        }
    }

    private static void RequireWholeWal(string path, DurableLogOptions options)
    {
        if (options.IsWhole is null)
        {
            return;
        }

        if (WalFile.IsDamaged(path + "-wal", SqlitePages.PageBytes))
        {
            throw new LogFailedException("The write-ahead log is damaged before its end.", SQLITE_CORRUPT);
        }

        if (!(File.Exists(path) && new FileInfo(path).Length > 0)
            && File.Exists(path + "-wal") && new FileInfo(path + "-wal").Length > WalFile.HeadBytes)
        {
            throw new LogFailedException("There is a write-ahead log and no file.", SQLITE_CORRUPT);
        }
    }

    private static bool Check(LogDatabase database, string path, DurableLogOptions options)
    {
        // A file that lost its last pages may be in order but for the end of a row, which only reading that row tells.
        var isSuspect = LogAside.IsSuspect(path) || IsShort(database, path);
        database.ReadAll("SELECT bytes FROM log ORDER BY position LIMIT 4");
        database.ReadAll($"SELECT bytes FROM log ORDER BY position DESC{(isSuspect ? "" : " LIMIT 4")}");
        if (new FileInfo(path).Length > options.CheckBytesMax && !isSuspect)
        {
            return false;
        }

        var verdict = database.Text("PRAGMA quick_check(1)");
        return verdict == "ok"
            ? true
            : throw new LogFailedException($"The file's quick check says: {verdict}", SQLITE_CORRUPT);
    }

    private static bool IsShort(LogDatabase database, string path)
    {
        var (pages, here) = (database.Number("PRAGMA page_count"), new FileInfo(path).Length / SqlitePages.PageBytes);
        return pages > here
            && WalFile.Frames(path + "-wal", SqlitePages.PageBytes).Where(frame => frame.IsWhole && frame.Page > here)
                .Select(frame => frame.Page).Distinct().Count() < pages - here;
    }

    /// <summary>Puts the damaged file aside; what can be read of it is in the new one.</summary>
    private static LogRecovery Replace(string path, DurableLogOptions options, string fault)
    {
        var aside = LogAside.Begin(path, options.Time.GetUtcNow());
        var recovery = new LogRecovery(fault, aside.Path, false);
        try
        {
            recovery = Salvage(path, options, aside, recovery);
        }
        catch (LogFailedException e) when (e.IsDiskFull)
        {
            // No room for a copy: everything is still in the file that was put aside.
            recovery = recovery with { Fault = $"{fault} There was no room to copy what can be read." };
            aside.Discard();
            Make(aside.MakingPath, options, LogAside.CountOf(path) + 1, _ => { });
        }

        aside.Complete();
        LogAside.Finish(path);
        return recovery;
    }

    private static LogRecovery Salvage(string path, DurableLogOptions options, LogAside aside, LogRecovery recovery)
    {
        if (options.IsWhole is null)
        {
            Make(aside.MakingPath, options, LogAside.CountOf(path) + 1, _ => { });
            return recovery;
        }

        using var pages = new SqlitePages(path);
        var salvage = new LogSalvage(pages, options.IsWhole);
        salvage.Find();
        var generation = Math.Max(salvage.Highest >> LogPosition.FileBits, LogAside.CountOf(path)) + 1;
        Make(aside.MakingPath, options, generation, salvage.CopyTo);
        return recovery with { RowsSaved = salvage.Saved, Gaps = salvage.Gaps };
    }

    /// <summary>Whole or not at all, so it needs no write-ahead log, which would take the room twice.</summary>
    private static void Make(string path, DurableLogOptions options, long generation, Action<LogDatabase> fill)
    {
        using var database = new LogDatabase(path, options.BusyTimeMax);
        database.Execute("PRAGMA journal_mode=OFF; PRAGMA synchronous=FULL");
        Create(database, generation);
        database.Execute("BEGIN");
        fill(database);
        database.Execute("COMMIT; PRAGMA journal_mode=WAL");
    }
}
