using SQLitePCL;
using static SQLitePCL.raw;

namespace Hub.Transport.Log;

/// <summary>
/// Reading connections for any number of threads; a few idle ones are kept. A statement is reset as soon as its row is
/// copied: a reader that lingers would keep the write-ahead log from starting over.
/// </summary>
internal sealed class LogReaders(string path, DurableLogOptions options) : IDisposable
{
    private readonly Stack<Reader> _idle = new();
    private bool _disposed;

    public T Use<T>(Func<LogDatabase, T> read)
    {
        var reader = Take();
        try
        {
            return read(reader.Database);
        }
        finally
        {
            GiveBack(reader);
        }
    }

    public LogPosition? ReadNext(LogPosition after, ref byte[] buffer, out int length)
    {
        var reader = Take();
        try
        {
            _ = sqlite3_bind_int64(reader.Next, 1, after.Value);
            if (!reader.Database.Step(reader.Next))
            {
                length = 0;
                return null;
            }

            var bytes = sqlite3_column_blob(reader.Next, 1);
            if (buffer.Length < bytes.Length)
            {
                buffer = new byte[Math.Max(bytes.Length, buffer.Length * 2)];
            }

            bytes.CopyTo(buffer);
            length = bytes.Length;
            return new LogPosition(sqlite3_column_int64(reader.Next, 0));
        }
        finally
        {
            _ = sqlite3_reset(reader.Next);
            GiveBack(reader);
        }
    }

    public static IReadOnlyList<LogRow> Read(LogDatabase database, LogPosition after, LogPosition tail, int bytesMax)
    {
        using var statement = database.Prepare(
            "SELECT position, bytes FROM log WHERE position > ?1 AND position <= ?2 ORDER BY position");
        _ = sqlite3_bind_int64(statement, 1, after.Value);
        _ = sqlite3_bind_int64(statement, 2, tail.Value);
        var rows = new List<LogRow>();
        for (long bytes = 0; bytes < bytesMax && database.Step(statement);)
        {
            var row = sqlite3_column_blob(statement, 1).ToArray();
            bytes += row.Length + 1;
            rows.Add(new LogRow(new LogPosition(sqlite3_column_int64(statement, 0)), row));
        }

        return rows;
    }

    public void Dispose()
    {
        lock (_idle)
        {
            _disposed = true;
            while (_idle.TryPop(out var reader))
            {
                reader.Dispose();
            }
        }
    }

    private Reader Take()
    {
        lock (_idle)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            if (_idle.TryPop(out var reader))
            {
                return reader;
            }
        }

        return new Reader(LogFile.Connect(path, options));
    }

    private void GiveBack(Reader reader)
    {
        lock (_idle)
        {
            if (!_disposed && _idle.Count < options.ReadersKeptMax)
            {
                _idle.Push(reader);
                return;
            }
        }

        reader.Dispose();
    }

    private sealed class Reader(LogDatabase database) : IDisposable
    {
        public LogDatabase Database => database;

        public sqlite3_stmt Next { get; } =
            database.Prepare("SELECT position, bytes FROM log WHERE position > ?1 ORDER BY position LIMIT 1");

        public void Dispose()
        {
            Next.Dispose();
            database.Dispose();
        }
    }
}
