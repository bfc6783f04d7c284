using Hub.Rules.Engine;
using Hub.Rules.Readings;
using Hub.Rules.Site;
using Hub.Transport.Log;
using Microsoft.Data.Sqlite;

namespace Hub.Gateway.Series;

/// <summary>
/// The embedded history: every reading of every point, in packed chunks, so that each chart works without InfluxDB.
/// <para>
/// It follows the journal. A point's newest readings are in memory only; they are stored when they fill a chunk, are
/// old
/// enough, or are too many together. The cursor stays before the oldest journal row that is still needed, and each
/// point
/// knows the row through which it is stored: after a crash the rows behind the cursor are taken again, and of each
/// point
/// exactly those readings that were in memory. One thread takes and stores; any thread reads.
/// </para>
/// </summary>
public sealed partial class HistoryStore
{
    public const string CursorName = "history";

    private readonly SeriesDb _db;
    private readonly HistoryOptions _options;
    private readonly Func<PointNumber, Point?> _find;
    private readonly Lock _gate = new();
    private readonly Progress _progress = new();

    // Written by the one who takes, under the gate; read under the gate.
    private OpenChunk?[] _open = [];

    // Only the one who takes and stores uses these.
    private long _nextChunkId;
    private readonly List<int> _full = [];
    private long _openReadings;
    private long _fullReadings;
    private long _lookedAt;
    private long _cursor;

    /// <param name="find">What is known of a point, for what its register counted; null for nothing.</param>
    public HistoryStore(SeriesDb db, HistoryOptions options, Func<PointNumber, Point?>? find = null)
    {
        (_db, _options, _find) = (db, options, find ?? (_ => null));
        _lookedAt = options.Clock.GetTimestamp();
        _cursor = db.Cursor(CursorName);
        using var reader = db.OpenReader();
        _nextChunkId = Scalar(reader, "SELECT coalesce(max(id), 0) + 1 FROM chunks");
        LoadStoredThrough(reader);
        _progress.MoveTo(_cursor);
    }

    /// <summary>Where to go on after a restart: everything up to here is stored.</summary>
    public LogPosition Cursor => new(Volatile.Read(ref _cursor));

    /// <summary>Everything up to here is seen by <see cref="Read"/>, stored or still in memory.</summary>
    public LogPosition Position => new(_progress.Reached);

    /// <summary>Readings that are in memory only.</summary>
    public long OpenReadings => Volatile.Read(ref _openReadings);

    /// <summary>
    /// Waits until a read sees everything up to that position. Hand in <c>JournalLog.Tail</c> and a token that ends the
    /// patience.
    /// </summary>
    public Task CaughtUpAsync(LogPosition position, CancellationToken cancel) =>
        _progress.WaitAsync(position.Value, cancel);

    /// <summary>
    /// Before following: a journal that ends before what was stored of it is another one (a damaged one was put
    /// aside, an
    /// older one restored), whose row numbers mean other rows. It is taken from its start; what is the same is
    /// dropped as
    /// a double when it is read.
    /// </summary>
    public void BeginAt(LogPosition tail)
    {
        if (_cursor <= tail.Value && !_open.Any(chunk => chunk?.StoredThrough > tail.Value))
        {
            return;
        }

        _db.Write((writer, transaction) =>
        {
            SeriesDb.Run(writer, transaction, "DELETE FROM stored");
            SeriesDb.SetCursor(writer, transaction, CursorName, 0);
        });
        foreach (var chunk in _open)
        {
            chunk?.Clear(storedThrough: 0);
        }

        Volatile.Write(ref _cursor, 0);
        _progress.Restart();
    }

    /// <summary>
    /// Takes one journal row. Rows come in order; one that was taken before the crash changes nothing.
    /// </summary>
    public void Take(LogPosition row, IReadOnlyList<Entry> entries)
    {
        var now = _options.Clock.GetTimestamp();
        lock (_gate)
        {
            for (var i = 0; i < entries.Count; i++)
            {
                if (entries[i] is Entry.Readings readings)
                {
                    Take_NeedsGate(readings.Items.Span, row.Value, now);
                }
            }
        }

        _progress.MoveTo(row.Value);
    }

    /// <summary>Stores what is due, and all of it where too much is in memory; true if the cursor has moved.</summary>
    public bool StoreDue()
    {
        var isCrowded = _openReadings >= _options.OpenReadingsMax;
        var isTime = _options.Clock.GetElapsedTime(_lookedAt) >= _options.StoreEvery;
        if (!isCrowded && !isTime && _fullReadings < _options.FullReadingsMax)
        {
            return false;
        }

        _lookedAt = _options.Clock.GetTimestamp();
        var due = isCrowded ? Everything() : isTime ? FullOrOld() : [.. _full];
        Store(due);
        return true;
    }

    /// <summary>Stores everything; the cursor is then at the last row taken.</summary>
    public void StoreAll() => Store(Everything());

    private void Take_NeedsGate(ReadOnlySpan<Reading> readings, long row, long now)
    {
        foreach (ref readonly var reading in readings)
        {
            var chunk = ChunkOf_NeedsGate(reading.Point.Value);
            if (row <= chunk.StoredThrough
                || !chunk.Add(new Sample(reading.AtTicks, reading.Value, reading.Quality), row, now))
            {
                continue;
            }

            _openReadings++;
            if (chunk.Count == _options.ChunkReadingsMax)
            {
                _full.Add(reading.Point.Value);
                _fullReadings += chunk.Count;
            }
        }
    }

    private OpenChunk ChunkOf_NeedsGate(int point)
    {
        if (point >= _open.Length)
        {
            Array.Resize(ref _open, Math.Max(point + 1, _open.Length * 2));
        }

        return _open[point] ??= new OpenChunk();
    }

    private void Store(List<int> points)
    {
        var through = _progress.Reached;
        var isStored = new HashSet<int>(points);
        var cursor = CursorWithout(isStored, through);
        var nextId = _nextChunkId;
        _db.Write((writer, transaction) =>
        {
            using var chunks = new ChunkWriter(writer, transaction, nextId, _options.ChunkReadingsMax);
            foreach (var point in points)
            {
                chunks.Write(point, _open[point]!.InTimeOrder(), through);
            }

            SeriesDb.SetCursor(writer, transaction, CursorName, cursor);
            nextId = chunks.NextId;
        });

        // A reader copies the memory before it looks at the chunks: never neither, and both are doubles that it drops.
        _nextChunkId = nextId;
        lock (_gate)
        {
            foreach (var point in points)
            {
                _openReadings -= _open[point]!.Count;
                _open[point]!.Clear(through);
            }
        }

        _full.RemoveAll(isStored.Contains);
        _fullReadings = _full.Sum(point => (long)_open[point]!.Count);
        Volatile.Write(ref _cursor, cursor);
    }

    private long CursorWithout(HashSet<int> stored, long through)
    {
        var cursor = through;
        for (var point = 0; point < _open.Length; point++)
        {
            if (_open[point] is { Count: > 0 } chunk && !stored.Contains(point))
            {
                cursor = Math.Min(cursor, chunk.FirstRow - 1);
            }
        }

        return cursor;
    }

    private List<int> Everything() => Points(static _ => true);

    private List<int> FullOrOld() => Points(chunk => chunk.Count >= _options.ChunkReadingsMax
        || _options.Clock.GetElapsedTime(chunk.OpenedAt) >= _options.OpenForMax);

    private List<int> Points(Func<OpenChunk, bool> choose)
    {
        var points = new List<int>();
        for (var point = 0; point < _open.Length; point++)
        {
            if (_open[point] is { Count: > 0 } chunk && choose(chunk))
            {
                points.Add(point);
            }
        }

        return points;
    }

    private void LoadStoredThrough(SqliteConnection reader)
    {
        using var command = reader.CreateCommand();
        command.CommandText = "SELECT point, through FROM stored";
        using var rows = command.ExecuteReader();
        while (rows.Read())
        {
            ChunkOf_NeedsGate(rows.GetInt32(0)).StoredThrough = rows.GetInt64(1);
        }
    }

    private static long Scalar(SqliteConnection reader, string sql)
    {
        using var command = reader.CreateCommand();
        command.CommandText = sql;
        return (long)command.ExecuteScalar()!;
    }
}
