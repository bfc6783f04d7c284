using System.Globalization;

namespace Hub.Transport.Log;

/// <summary>
/// A log's file, read beside the one who writes it or without one. Nothing is repaired, written or put aside.
/// </summary>
public sealed class LogReading : IDisposable
{
    private readonly LogDatabase _database;
    private readonly string _path;

    private LogReading(LogDatabase database, string path) => (_database, _path) = (database, path);

    /// <summary>The oldest row; before the first if there is none.</summary>
    public LogPosition First => new(_database.Number("SELECT min(position) FROM log"));

    /// <summary>The last row; before the first if there is none.</summary>
    public LogPosition Last => new(_database.Number("SELECT max(position) FROM log"));

    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="LogFailedException">It is no database, or can't be read.</exception>
    public static LogReading Open(string path)
    {
        if (!File.Exists(path))
        {
            throw new FileNotFoundException($"There is no {path}.", path);
        }

        var database = new LogDatabase(path, TimeSpan.FromSeconds(5));
        database.LeaveAsItIs();
        try
        {
            database.Execute("PRAGMA query_only=1");
            _ = database.Number("SELECT max(position) FROM log");
            return new LogReading(database, path);
        }
        catch
        {
            database.Dispose();
            throw;
        }
    }

    /// <summary>What is wrong with the file's structure; null for nothing.</summary>
    public string? Fault()
    {
        if (WalFile.IsDamaged(_path + "-wal", SqlitePages.PageBytes))
        {
            return "The write-ahead log is damaged before its end.";
        }

        var verdict = _database.Text("PRAGMA quick_check(1)");
        return verdict == "ok" ? null : verdict;
    }

    /// <summary>Up to that many rows after a position, oldest first.</summary>
    public IReadOnlyList<LogRow> Read(LogPosition after, int bytesMax) =>
        LogReaders.Read(_database, after, new LogPosition(long.MaxValue), bytesMax);

    /// <summary>The position before that many rows at the end.</summary>
    public LogPosition BeforeLast(int rows) => new(Math.Max(0, _database.Number(string.Create(
        CultureInfo.InvariantCulture,
        $"SELECT min(position) FROM (SELECT position FROM log ORDER BY position DESC LIMIT {rows})")) - 1));

    public void Dispose() => _database.Dispose();
}
