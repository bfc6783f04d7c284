using SQLitePCL;
using static SQLitePCL.raw;

namespace Hub.Transport.Log;

/// <summary>
/// One SQLite connection, called directly: each call that isn't OK throws with SQLite's extended code. Not thread-safe;
/// its owner sees to that.
/// </summary>
internal sealed class LogDatabase : IDisposable
{
    private readonly sqlite3 _handle;

    static LogDatabase() => Batteries_V2.Init();

    public LogDatabase(string path, TimeSpan busyTimeMax)
    {
        var code = sqlite3_open_v2(
            path, out _handle, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX, null);
        try
        {
            Check(code);
            sqlite3_extended_result_codes(_handle, 1);
            Check(sqlite3_busy_timeout(_handle, (int)busyTimeMax.TotalMilliseconds));
        }
        catch
        {
            _handle.Dispose();
            throw;
        }
    }

    /// <summary>Runs statements; a transaction that they leave open because one has failed is undone.</summary>
    public void Execute(string sql)
    {
        try
        {
            Check(sqlite3_exec(_handle, sql));
        }
        catch (LogFailedException) when (sqlite3_get_autocommit(_handle) == 0)
        {
            _ = sqlite3_exec(_handle, "ROLLBACK");
            throw;
        }
    }

    public sqlite3_stmt Prepare(string sql)
    {
        Check(sqlite3_prepare_v2(_handle, sql, out var statement));
        return statement;
    }

    /// <summary>The first column of the first row; null without a row.</summary>
    public string? Text(string sql)
    {
        using var statement = Prepare(sql);
        return Step(statement) ? sqlite3_column_text(statement, 0).utf8_to_string() : null;
    }

    public long Number(string sql)
    {
        using var statement = Prepare(sql);
        return Step(statement) ? sqlite3_column_int64(statement, 0) : 0;
    }

    /// <summary>Reads the first column of every row to its last byte.</summary>
    public void ReadAll(string sql)
    {
        using var statement = Prepare(sql);
        while (Step(statement))
        {
            _ = sqlite3_column_blob(statement, 0);
        }
    }

    /// <summary>Closing it copies nothing from the write-ahead log.</summary>
    public void LeaveAsItIs() => _ = sqlite3_db_config(_handle, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, out _);

    public bool Step(sqlite3_stmt statement)
    {
        var code = sqlite3_step(statement);
        if (code == SQLITE_ROW)
        {
            return true;
        }

        if (code != SQLITE_DONE)
        {
            var failure = Failure(code);
            _ = sqlite3_reset(statement);
            throw failure;
        }

        return false;
    }

    /// <summary>Runs a statement without rows to its end; in autocommit that is the fsync.</summary>
    public void Run(sqlite3_stmt statement)
    {
        Step(statement);
        Check(sqlite3_reset(statement));
    }

    /// <summary>Writes one row of the log.</summary>
    public void Insert(sqlite3_stmt insert, long position, ReadOnlySpan<byte> bytes)
    {
        _ = sqlite3_bind_int64(insert, 1, position);
        _ = sqlite3_bind_blob(insert, 2, bytes);
        Run(insert);
    }

    /// <summary>
    /// Copies what it can from the write-ahead log without waiting for anyone; gives the frames in it, and those done.
    /// </summary>
    public (int Frames, int Done) Checkpoint()
    {
        var code = sqlite3_wal_checkpoint_v2(_handle, null, SQLITE_CHECKPOINT_PASSIVE, out var frames, out var done);
        if ((code & 0xFF) != SQLITE_BUSY)
        {
            Check(code);
        }

        return (frames, done);
    }

    public void Dispose() => _handle.Dispose();

    private void Check(int code)
    {
        if (code != SQLITE_OK)
        {
            throw Failure(code);
        }
    }

    private LogFailedException Failure(int code)
    {
        var extended = sqlite3_extended_errcode(_handle) is var e and not SQLITE_OK ? e : code;
        return new LogFailedException(
            $"SQLite {extended}: {sqlite3_errmsg(_handle).utf8_to_string()}", extended);
    }
}
