using Hub.Transport.Log;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Hub.Gateway.Series;

/// <summary>
/// series.db: the history's chunks, the cursors of those who follow the journal into it, and what InfluxDB did not
/// take.
/// A commit is durable when it returns (FULL): the journal forgets rows behind these cursors, so a cursor that a power
/// cut took back would point at rows that are gone.
/// </summary>
public sealed class SeriesDb : IDisposable
{
    private const string Schema = """
        CREATE TABLE IF NOT EXISTS chunks (
            id INTEGER PRIMARY KEY, point INTEGER NOT NULL, first INTEGER NOT NULL, last INTEGER NOT NULL,
            count INTEGER NOT NULL, data BLOB NOT NULL, state INTEGER NOT NULL DEFAULT 1);
        CREATE INDEX IF NOT EXISTS chunks_of_point ON chunks (point, last, first);
        CREATE TABLE IF NOT EXISTS rollups (
            point INTEGER NOT NULL, level INTEGER NOT NULL, page INTEGER NOT NULL, data BLOB NOT NULL,
            PRIMARY KEY (point, level, page)) WITHOUT ROWID;
        CREATE TABLE IF NOT EXISTS trimmed (point INTEGER PRIMARY KEY, through INTEGER NOT NULL);
        CREATE TABLE IF NOT EXISTS stored (point INTEGER PRIMARY KEY, through INTEGER NOT NULL);
        CREATE TABLE IF NOT EXISTS cursors (name TEXT PRIMARY KEY, position INTEGER NOT NULL) WITHOUT ROWID;
        CREATE TABLE IF NOT EXISTS names (
            point INTEGER PRIMARY KEY, edge TEXT NOT NULL, device TEXT NOT NULL, signal TEXT NOT NULL,
            space TEXT NOT NULL);
        CREATE TABLE IF NOT EXISTS marks (point INTEGER PRIMARY KEY, at INTEGER NOT NULL);
        CREATE TABLE IF NOT EXISTS parked (
            id INTEGER PRIMARY KEY AUTOINCREMENT, point INTEGER NOT NULL, at INTEGER NOT NULL, value REAL NOT NULL,
            reason TEXT NOT NULL, parked_at INTEGER NOT NULL);
        """;

    // The few that are open, and those that the rollups don't know yet.
    private const string States = """
        CREATE UNIQUE INDEX IF NOT EXISTS chunks_open ON chunks (point) WHERE state = 0;
        CREATE INDEX IF NOT EXISTS chunks_full ON chunks (point) WHERE state = 1;
        """;

    private readonly string _connection;
    private readonly SqliteConnection _writer;
    private readonly Lock _writing = new();
    private long _damaged;

    public SeriesDb(string path)
    {
        _connection = new SqliteConnectionStringBuilder { DataSource = path, DefaultTimeout = 30 }.ToString();
        _writer = new SqliteConnection(_connection);
        _writer.Open();
        // What a failed sync has left in the write-ahead log can be read and isn't on the disk: it is written anew.
        Run(_writer, "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA wal_checkpoint(TRUNCATE);");
        CreateTables(_writer);
    }

    /// <summary>How often a chunk or a page was met that is not what was written.</summary>
    public long Damaged => Interlocked.Read(ref _damaged);

    public void NoteDamage() => Interlocked.Increment(ref _damaged);

    /// <summary>One transaction; followers take turns. It is committed when <paramref name="write"/> returns.</summary>
    public void Write(Action<SqliteConnection, SqliteTransaction> write)
    {
        lock (_writing)
        {
            try
            {
                using var transaction = _writer.BeginTransaction();
                write(_writer, transaction);
                transaction.Commit();
            }
            catch (SqliteException e) when (IsDamage(e))
            {
                // However large it is: the next start reads every page of it.
                LogAside.Suspect(_writer.DataSource);
                throw;
            }
        }
    }

    /// <summary>Its bytes are wrong, which no further try makes right; the next start does.</summary>
    public static bool IsDamage(SqliteException e) => e.SqliteErrorCode is raw.SQLITE_CORRUPT or raw.SQLITE_NOTADB;

    /// <summary>Those that are not there yet.</summary>
    internal static void CreateTables(SqliteConnection connection)
    {
        Run(connection, Schema);
        if (!HasStates(connection))
        {
            // Of an older version: its chunks stay as they are.
            Run(connection, "ALTER TABLE chunks ADD COLUMN state INTEGER NOT NULL DEFAULT 1");
        }

        Run(connection, States);
    }

    /// <summary>A connection to read with, from the pool; the caller disposes it.</summary>
    public SqliteConnection OpenReader()
    {
        var reader = new SqliteConnection(_connection);
        reader.Open();
        return reader;
    }

    public long Cursor(string name)
    {
        using var reader = OpenReader();
        using var command = reader.CreateCommand();
        command.CommandText = "SELECT position FROM cursors WHERE name = $name";
        command.Parameters.AddWithValue("$name", name);
        return command.ExecuteScalar() as long? ?? 0;
    }

    public static void SetCursor(SqliteConnection writer, SqliteTransaction transaction, string name, long position) =>
        Run(writer, transaction, "INSERT OR REPLACE INTO cursors (name, position) VALUES ($1, $2)", name, position);

    public void Dispose()
    {
        _writer.Dispose();
        SqliteConnection.ClearPool(new SqliteConnection(_connection));
    }

    /// <summary>One statement inside that transaction, with its parameters in the order of their numbers.</summary>
    public static int Run(
        SqliteConnection writer, SqliteTransaction transaction, string sql, params ReadOnlySpan<object> values)
    {
        using var command = writer.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = sql;
        for (var i = 0; i < values.Length; i++)
        {
            command.Parameters.AddWithValue($"${i + 1}", values[i]);
        }

        return command.ExecuteNonQuery();
    }

    private static bool HasStates(SqliteConnection connection)
    {
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT count(*) FROM pragma_table_info('chunks') WHERE name = 'state'";
        return (long)command.ExecuteScalar()! > 0;
    }

    private static void Run(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
