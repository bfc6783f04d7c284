using SQLitePCL;
using static SQLitePCL.raw;

namespace Hub.Transport.Log;

/// <summary>
/// An append-only log in one SQLite file (WAL, synchronous=FULL): what <see cref="Append"/> gave a position for
/// survives kill -9 and a power cut. Rows are opaque here. SQLite, because it reports a failed fsync, which the
/// runtime's own <c>Flush(true)</c> does not on Linux. The file's format is drawn in README.md.
/// </summary>
public sealed class DurableLog : IRowLog
{
    private readonly Lock _writing = new();
    private readonly string _path;
    private readonly DurableLogOptions _options;
    private readonly LogDatabase _database;
    private readonly sqlite3_stmt _insert;
    private readonly LogReaders _readers;
    private readonly LogCheckpointer _checkpointer;
    private volatile LogFailedException? _failure;
    private long _tail;
    private long _first;
    private bool _disposed;

    private DurableLog(string path, DurableLogOptions options, LogDatabase database, LogRecovery recovery)
    {
        (_path, _options, _database, Recovery) = (path, options, database, recovery);
        var trimmed = database.Number("SELECT position FROM mark WHERE name = 'trimmed'");
        _tail = Math.Max(trimmed, database.Number("SELECT max(position) FROM log"));
        _first = FirstRow_NeedsWriting();
        _insert = database.Prepare("INSERT INTO log (position, bytes) VALUES (?1, ?2)");
        _readers = new LogReaders(path, options);
        _checkpointer = new LogCheckpointer(LogFile.Connect(path, options), options, _writing, Seal);
    }

    /// <summary>What was found when the file was opened.</summary>
    public LogRecovery Recovery { get; }

    /// <summary>The last durable row; the position before the first one while there is none.</summary>
    public LogPosition Tail => new(Volatile.Read(ref _tail));

    /// <summary>The oldest row that is still kept; one past <see cref="Tail"/> while there is none.</summary>
    public LogPosition First => new(Volatile.Read(ref _first));

    /// <summary>Why the log is sealed; null while it works.</summary>
    public LogFailedException? Failure => _failure;

    /// <summary>Bytes that the kept rows take in the file; trimmed space is used again, not given back.</summary>
    public long BytesUsed => _readers.Use(static database =>
        (database.Number("PRAGMA page_count") - database.Number("PRAGMA freelist_count"))
        * database.Number("PRAGMA page_size"));

    /// <summary>
    /// Opens the log, or starts it. A damaged file is put aside and reported in <see cref="Recovery"/>.
    /// </summary>
    public static DurableLog Open(string path, DurableLogOptions options)
    {
        var database = LogFile.Open(path, options, out var recovery);
        try
        {
            return new DurableLog(path, options, database, recovery);
        }
        catch
        {
            database.Dispose();
            throw;
        }
    }

    /// <summary>Writes one row and returns when it is on stable storage. One writer at a time.</summary>
    /// <exception cref="LogFailedException">
    /// With <see cref="LogFailedException.IsDiskFull"/> it is not on the disk, and may be tried again: SQLite has
    /// undone it. Else it may or may not be there, and the log is sealed.
    /// </exception>
    public LogPosition Append(ReadOnlySpan<byte> row)
    {
        ArgumentOutOfRangeException.ThrowIfZero(row.Length);
        lock (_writing)
        {
            RequireWorking();
            try
            {
                _database.Insert(_insert, _tail + 1, row);
            }
            catch (LogFailedException e)
            {
                throw Seal(e);
            }

            _ = sqlite3_clear_bindings(_insert);
            Volatile.Write(ref _tail, _tail + 1);
            _checkpointer.Appended_NeedsWriting(row.Length);
            return new LogPosition(_tail);
        }
    }

    /// <summary>
    /// The rows after a position, oldest first: at least one if there is one, then up to that many bytes. Any thread.
    /// </summary>
    /// <exception cref="LogFailedException">The file is damaged; its next opening reads all of it.</exception>
    public IReadOnlyList<LogRow> Read(LogPosition after, int bytesMax)
    {
        try
        {
            return after >= Tail ? [] : _readers.Use(database => LogReaders.Read(database, after, Tail, bytesMax));
        }
        catch (LogFailedException e) when (LogFile.IsDamage(e.SqliteCode))
        {
            throw Seal(e);
        }
    }

    /// <summary>
    /// The next row after a position, into a buffer that grows as needed and is the caller's: a follower then reads for
    /// years without garbage. Null when there is none yet.
    /// </summary>
    /// <exception cref="LogFailedException">The file is damaged; its next opening reads all of it.</exception>
    public LogPosition? ReadNext(LogPosition after, ref byte[] buffer, out int length)
    {
        length = 0;
        try
        {
            return after >= Tail ? null : _readers.ReadNext(after, ref buffer, out length);
        }
        catch (LogFailedException e) when (LogFile.IsDamage(e.SqliteCode))
        {
            throw Seal(e);
        }
    }

    /// <summary>
    /// Forgets all rows up to and including a position, in steps between which commits go on. The space is used again.
    /// </summary>
    public void TrimThrough(LogPosition position)
    {
        var through = Math.Min(position.Value, Tail.Value);
        while (First.Value <= through)
        {
            lock (_writing)
            {
                var step = Math.Min(through, _first + _options.TrimStepRowsMax - 1);
                Guard(() => _database.Execute(string.Create(
                    System.Globalization.CultureInfo.InvariantCulture,
                    $"""
                    BEGIN IMMEDIATE;
                    DELETE FROM log WHERE position <= {step};
                    UPDATE mark SET position = max(position, {step}) WHERE name = 'trimmed';
                    COMMIT;
                    """)));
                // A file that was rebuilt has holes, and long ones.
                Volatile.Write(ref _first, FirstRow_NeedsWriting());
            }
        }
    }

    /// <summary>A durable cursor of that name; <see cref="LogPosition.Start"/> if it was never set.</summary>
    public LogPosition GetCursor(string name) => _readers.Use(database =>
    {
        using var statement = database.Prepare("SELECT position FROM mark WHERE name = ?1");
        _ = sqlite3_bind_text(statement, 1, CursorKey(name));
        return database.Step(statement) ? new LogPosition(sqlite3_column_int64(statement, 0)) : LogPosition.Start;
    });

    /// <summary>Moves a durable cursor; on stable storage when this returns.</summary>
    public void SetCursor(string name, LogPosition position)
    {
        lock (_writing)
        {
            Guard(() =>
            {
                using var statement = _database.Prepare("INSERT OR REPLACE INTO mark (name, position) VALUES (?1, ?2)");
                _ = sqlite3_bind_text(statement, 1, CursorKey(name));
                _ = sqlite3_bind_int64(statement, 2, position.Value);
                _database.Run(statement);
            });
        }
    }

    public void Dispose()
    {
        _checkpointer.Dispose();
        lock (_writing)
        {
            if (_disposed)
            {
                return;
            }

            _disposed = true;
            _insert.Dispose();
            _readers.Dispose();
            _database.Dispose();
        }
    }

    private static string CursorKey(string name) => $"cursor:{name}";

    private long FirstRow_NeedsWriting() =>
        _database.Number("SELECT min(position) FROM log") is var first and > 0 ? first : _tail + 1;

    private void Guard(Action write)
    {
        RequireWorking();
        try
        {
            write();
        }
        catch (LogFailedException e)
        {
            throw Seal(e);
        }
    }

    private void RequireWorking()
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        if (_failure is { } sealedBy)
        {
            throw new LogFailedException(sealedBy.Message, sealedBy);
        }
    }

    private LogFailedException Seal(LogFailedException cause)
    {
        if (cause.IsDiskFull)
        {
            return cause;
        }

        if (LogFile.IsDamage(cause.SqliteCode))
        {
            LogAside.Suspect(_path);
        }

        return _failure ??= new LogFailedException($"The log {_path} failed and is sealed: {cause.Message}", cause);
    }
}
