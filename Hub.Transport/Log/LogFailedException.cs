namespace Hub.Transport.Log;

/// <summary>
/// The log can't keep its promise any more: a write or an fsync failed, so nobody knows what is on the disk. The log is
/// sealed; open it anew to find out what it holds.
/// </summary>
public sealed class LogFailedException : IOException
{
    public LogFailedException(string message, int sqliteCode)
        : base(message) => SqliteCode = sqliteCode;

    public LogFailedException(string message, Exception inner)
        : base(message, inner) => SqliteCode = (inner as LogFailedException)?.SqliteCode ?? 0;

    /// <summary>SQLite's extended result code, such as 13 (FULL) or 1034 (IOERR_FSYNC).</summary>
    public int SqliteCode { get; }

    public bool IsDiskFull => (SqliteCode & 0xFF) == SQLitePCL.raw.SQLITE_FULL;
}
