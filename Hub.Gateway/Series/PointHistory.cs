using Hub.Rules.Readings;
using Hub.Rules.Site;
using Microsoft.Data.Sqlite;

namespace Hub.Gateway.Series;

/// <summary>
/// One point's history as it was at one moment: what was in memory then, and stored chunks and rollups in one read
/// transaction begun after that. What was stored in between is in both, and dropped as an exact double. Not
/// thread-safe.
/// </summary>
internal sealed partial class PointHistory : IDisposable
{
    private readonly SeriesDb _db;
    private readonly SqliteConnection _reader;
    private readonly SqliteTransaction _transaction;
    private readonly SqliteCommand _data;
    private readonly ChunkState _from;
    private readonly Sample[] _memory;
    private readonly int _number;
    private readonly Point? _point;
    private readonly long _trimmedAt;
    private List<ChunkRef>? _unrolled;

    /// <param name="number">Which point.</param>
    /// <param name="point">What is known of it, for its consumption.</param>
    /// <param name="memory">What is not stored yet, in time order.</param>
    /// <param name="from">What the rollups are made of is full: they leave the open chunk out.</param>
    public PointHistory(
        SeriesDb db, int number, Point? point, Sample[] memory, ChunkState from = ChunkState.Open)
    {
        (_db, _number, _point, _memory, _from) = (db, number, point, memory, from);
        _reader = db.OpenReader();
        _transaction = _reader.BeginTransaction(deferred: true);
        _data = Command("SELECT data FROM chunks WHERE id = $1", 0L);
        _trimmedAt = Scalar("SELECT through FROM trimmed WHERE point = $1", number) as long? ?? long.MinValue;
    }

    /// <summary>Readings with from &lt;= time &lt; to, in time order, without exact doubles.</summary>
    public IEnumerable<Sample> Walk(long from, long to) => Walk(Chunks(from, to), from, to);

    /// <summary>How many readings at most; exact doubles count as often as they were stored.</summary>
    public long Count(long from, long to) => (long)Scalar(
            "SELECT coalesce(sum(count), 0) FROM chunks WHERE point = $1 AND last >= $2 AND first < $3",
            _number, from, to)!
        + _memory.Count(sample => sample.AtTicks >= from && sample.AtTicks < to);

    /// <summary>The newest time; null without a reading.</summary>
    public long? LastAt()
    {
        var stored = Scalar("SELECT max(last) FROM chunks WHERE point = $1", _number) as long?;
        return _memory.Length == 0 ? stored : Math.Max(stored ?? long.MinValue, _memory[^1].AtTicks);
    }

    /// <summary>The oldest time of which anything is known; null without a reading.</summary>
    public long? BeginsAt()
    {
        var days = Resolution.All[^1];
        long?[] begins =
        [
            Scalar("SELECT min(first) FROM chunks WHERE point = $1", _number) as long?,
            _memory.Length == 0 ? null : _memory[0].AtTicks,
            // What is no longer kept is in days.
            FirstPage(days) is { } page ? Stored(days, page)?[0].FirstAtTicks : null,
        ];
        return begins.Min();
    }

    /// <summary>Whether every reading from there on is still kept as it came.</summary>
    public bool IsWhole(long from) => from > _trimmedAt;

    /// <summary>
    /// Each reading as a bucket of its own, with what the register counted up to it. What is kept for the record only
    /// is in no sum.
    /// </summary>
    public IEnumerable<Bucket> Readings(long from, long to)
    {
        var consumption = new Consumption(_point);
        foreach (var sample in Before(from, consumption.ReadingsBefore))
        {
            consumption.Take(sample);
        }

        foreach (var sample in Walk(from, to).Where(sample => sample.Quality != Quality.Bad))
        {
            yield return Bucket.Of(sample, consumption.Take(sample));
        }
    }

    /// <summary>The chunks that the rollups don't know, by id.</summary>
    public List<ChunkRef> Unrolled() => _unrolled ??= Refs(
            "SELECT id, first, last, count FROM chunks WHERE point = $1 AND state >= $2 AND state < $3 ORDER BY id",
            _number, (long)_from, (long)ChunkState.RolledUp);

    public void Dispose()
    {
        _data.Dispose();
        _transaction.Dispose();
        _reader.Dispose();
    }

    private IEnumerable<Sample> Before(long ticks, int count)
    {
        var from = count == 0 ? null : Scalar(
            "SELECT first FROM chunks WHERE point = $1 AND first < $2 AND state >= $3 ORDER BY last DESC LIMIT 1",
            _number, ticks, (long)_from) as long?;
        if (count > 0 && _memory.Length > 0 && _memory[0].AtTicks < ticks)
        {
            from = Math.Min(from ?? long.MaxValue, _memory[0].AtTicks);
        }

        return from is { } start ? Walk(start, ticks).TakeLast(count) : [];
    }

    private IEnumerable<Sample> Walk(List<ChunkRef> chunks, long from, long to)
    {
        var filter = new InstantFilter();
        foreach (var sample in ChunkMerge.InTimeOrder(chunks, Open))
        {
            if (filter.IsNew(sample))
            {
                yield return sample;
            }
        }

        ChunkCursor Open(ChunkRef chunk)
        {
            if (chunk.Id == long.MaxValue)
            {
                return ChunkCursor.Between(chunk.Id, _memory, from, to);
            }

            _data.Parameters[0].Value = chunk.Id;
            return ChunkCursor.Between(chunk.Id, Unpacked((byte[])_data.ExecuteScalar()!), from, to);
        }
    }

    /// <summary>A damaged chunk is a gap, which is counted; it doesn't stop those around it.</summary>
    private Sample[] Unpacked(byte[] chunk)
    {
        try
        {
            return ChunkCodec.Read(chunk);
        }
        catch (InvalidDataException)
        {
            _db.NoteDamage();
            return [];
        }
    }

    private List<ChunkRef> Chunks(long from, long to)
    {
        var chunks = Refs(
            "SELECT id, first, last, count FROM chunks WHERE point = $1 AND last >= $2 AND first < $3 AND state >= $4",
            _number, from, to, (long)_from);
        AddMemory(chunks, from, to);
        return chunks;
    }

    /// <summary>Later in the journal than every chunk of this point.</summary>
    private void AddMemory(List<ChunkRef> chunks, long from, long to)
    {
        if (_memory.Length > 0 && _memory[0].AtTicks < to && _memory[^1].AtTicks >= from)
        {
            chunks.Add(new ChunkRef(long.MaxValue, _memory[0].AtTicks, _memory[^1].AtTicks, _memory.Length));
        }
    }

    private List<ChunkRef> Refs(string sql, params ReadOnlySpan<long> values)
    {
        var chunks = new List<ChunkRef>();
        using var command = Command(sql, values);
        using var rows = command.ExecuteReader();
        while (rows.Read())
        {
            chunks.Add(new ChunkRef(rows.GetInt64(0), rows.GetInt64(1), rows.GetInt64(2), rows.GetInt32(3)));
        }

        return chunks;
    }

    private object? Scalar(string sql, params ReadOnlySpan<long> values)
    {
        using var command = Command(sql, values);
        return command.ExecuteScalar();
    }

    private SqliteCommand Command(string sql, params ReadOnlySpan<long> values)
    {
        var command = _reader.CreateCommand();
        command.Transaction = _transaction;
        command.CommandText = sql;
        for (var i = 0; i < values.Length; i++)
        {
            command.Parameters.AddWithValue($"${i + 1}", values[i]);
        }

        return command;
    }
}
