namespace Hub.Transport.Log;

/// <summary>Whether a database that is not a log is whole.</summary>
public static class SqliteFile
{
    private static readonly TimeSpan BusyTimeMax = TimeSpan.FromSeconds(5);

    /// <summary>
    /// What is wrong with it; null if nothing is. Before anybody has opened it, for what SQLite takes for a torn tail
    /// is gone then; it is left as it was found.
    /// </summary>
    /// <param name="path">The file; its write-ahead log is beside it.</param>
    /// <param name="checkBytesMax">A larger file is checked in full only if it is under suspicion.</param>
    /// <exception cref="LogFailedException">The disk can't be read, which says nothing of the file.</exception>
    public static string? FaultOf(string path, long checkBytesMax)
    {
        var wal = path + "-wal";
        if (!(File.Exists(path) && new FileInfo(path).Length > 0))
        {
            return File.Exists(wal) && new FileInfo(wal).Length > WalFile.HeadBytes
                ? "There is a write-ahead log and no file."
                : File.Exists(path) ? "The file is empty." : "The file is gone.";
        }

        if (WalFile.IsDamaged(wal, SqlitePages.PageBytes))
        {
            return "The write-ahead log is damaged before its end.";
        }

        using (var images = new SqliteImages(path))
        {
            if (images.IsShort || !HasWholeHead(path))
            {
                return images.IsShort ? "The file has lost its end." : "The file's head is damaged.";
            }
        }

        try
        {
            using var database = new LogDatabase(path, BusyTimeMax);
            database.LeaveAsItIs();
            return Verdict(database, LogAside.IsSuspect(path) || new FileInfo(path).Length <= checkBytesMax);
        }
        catch (LogFailedException e) when (LogFile.IsDamage(e.SqliteCode))
        {
            return e.Message;
        }
    }

    /// <summary>What a check of one that is in use finds; null if nothing.</summary>
    public static string? FaultInUse(string path)
    {
        try
        {
            using var database = new LogDatabase(path, BusyTimeMax);
            return Verdict(database, isInFull: true);
        }
        catch (LogFailedException e) when (LogFile.IsDamage(e.SqliteCode))
        {
            return e.Message;
        }
    }

    /// <summary>
    /// Bytes of the head that are always the same in our files; SQLite would take a wrong one for another format, or
    /// for a file that it may not write (1.3, "The Database Header").
    /// </summary>
    private static bool HasWholeHead(string path)
    {
        var head = new byte[100];
        using var file = File.Open(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        return file.ReadAtLeast(head, head.Length, throwOnEndOfStream: false) == head.Length
            && head.AsSpan(16, 2).SequenceEqual((ReadOnlySpan<byte>)[0x10, 0x00])
            && head[18] is 1 or 2 && head[19] is 1 or 2
            && head.AsSpan(20, 4).SequenceEqual((ReadOnlySpan<byte>)[0, 64, 32, 32])
            && head.AsSpan(56, 4).SequenceEqual((ReadOnlySpan<byte>)[0, 0, 0, 1]);
    }

    private static string? Verdict(LogDatabase database, bool isInFull)
    {
        _ = database.Number("SELECT count(*) FROM sqlite_master");
        var verdict = isInFull ? database.Text("PRAGMA quick_check(1)") : "ok";
        return verdict == "ok" ? null : $"The file's quick check says: {verdict}";
    }
}
