using Hub.Rules.Readings;
using Microsoft.Data.Sqlite;

namespace Hub.Gateway.Series;

/// <summary>Reading: stored chunks and memory, merged in time order, without exact doubles.</summary>
public sealed partial class HistoryStore
{
    public const int BucketsMax = 10_000;

    /// <summary>Readings with <paramref name="from"/> &lt;= time &lt; <paramref name="to"/>, in time order.</summary>
    /// <param name="point">Which point.</param>
    /// <param name="from">The first instant.</param>
    /// <param name="to">The first instant that is not asked for.</param>
    /// <param name="limit">How many at most.</param>
    /// <param name="after">The page before said where to go on; null for the first page.</param>
    public HistoryPage Read(PointNumber point, DateTimeOffset from, DateTimeOffset to, int limit, ReadToken? after)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        var items = new List<Sample>();
        var skip = after is { } token && token.AtTicks >= from.UtcTicks ? token.Given : 0;
        var start = Math.Max(from.UtcTicks, after?.AtTicks ?? 0);
        using var reader = _db.OpenReader();
        foreach (var sample in Walk(reader, point, start, to.UtcTicks))
        {
            if (skip > 0 && sample.AtTicks == start)
            {
                skip--;
                continue;
            }

            if (items.Count == limit)
            {
                return new HistoryPage(items, Next(items, after));
            }

            items.Add(sample);
        }

        return new HistoryPage(items, null);
    }

    /// <summary>
    /// The same time as equal stretches, for a chart. Nothing in a stretch is a gap, and is told as one.
    /// </summary>
    public IReadOnlyList<Bucket> Bucketed(PointNumber point, DateTimeOffset from, DateTimeOffset to, int buckets)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(buckets, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(buckets, BucketsMax);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(to, from);
        var builder = new BucketBuilder(from.UtcTicks, to.UtcTicks, buckets);
        using var reader = _db.OpenReader();
        foreach (var sample in Walk(reader, point, from.UtcTicks, to.UtcTicks))
        {
            builder.Add(sample);
        }

        return builder.Build();
    }

    /// <summary>The newest reading by event time, or null.</summary>
    public Sample? Latest(PointNumber point)
    {
        using var reader = _db.OpenReader();
        var (chunks, memory) = Sources(reader, point.Value, long.MinValue, long.MaxValue);
        var last = chunks.Count == 0 ? long.MinValue : chunks.Max(chunk => chunk.Last);
        last = memory.Length == 0 ? last : Math.Max(last, memory[^1].AtTicks);
        return last == long.MinValue ? null : Walk(reader, point, last, last + 1).Last();
    }

    /// <summary>
    /// How many different values the point had at that instant before this one, in journal order; null if never.
    /// </summary>
    internal int? OrdinalAt(PointNumber point, long atTicks, double value)
    {
        var ordinal = 0;
        var bits = BitConverter.DoubleToInt64Bits(value);
        using var reader = _db.OpenReader();
        foreach (var sample in Walk(reader, point, atTicks, atTicks + 1))
        {
            if (BitConverter.DoubleToInt64Bits(sample.Value) == bits)
            {
                return ordinal;
            }

            ordinal++;
        }

        return null;
    }

    private static ReadToken Next(List<Sample> items, ReadToken? after)
    {
        var at = items[^1].AtTicks;
        var given = 0;
        for (var i = items.Count - 1; i >= 0 && items[i].AtTicks == at; i--)
        {
            given++;
        }

        return new ReadToken(at, after is { } before && before.AtTicks == at ? before.Given + given : given);
    }

    private IEnumerable<Sample> Walk(SqliteConnection reader, PointNumber point, long from, long to)
    {
        var (chunks, memory) = Sources(reader, point.Value, from, to);
        if (memory.Length > 0)
        {
            // Later in the journal than every chunk of this point.
            chunks.Add(new ChunkRef(long.MaxValue, memory[0].AtTicks, memory[^1].AtTicks));
        }

        var filter = new InstantFilter();
        using var data = reader.CreateCommand();
        data.CommandText = "SELECT data FROM chunks WHERE id = $id";
        var id = data.Parameters.Add("$id", SqliteType.Integer);
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
                return ChunkCursor.Between(chunk.Id, memory, from, to);
            }

            id.Value = chunk.Id;
            return ChunkCursor.Between(chunk.Id, ChunkCodec.Read((byte[])data.ExecuteScalar()!), from, to);
        }
    }

    private (List<ChunkRef> Chunks, Sample[] Memory) Sources(SqliteConnection reader, int point, long from, long to)
    {
        Sample[] memory = [];
        long idEnd;
        lock (_gate)
        {
            idEnd = _nextChunkId;
            if (point > 0 && point < _open.Length && _open[point] is { Count: > 0 } open)
            {
                memory = open.InTimeOrder();
            }
        }

        var chunks = new List<ChunkRef>();
        using var command = reader.CreateCommand();
        command.CommandText =
            "SELECT id, first, last FROM chunks WHERE point = $point AND last >= $from AND first < $to AND id < $end";
        command.Parameters.AddWithValue("$point", point);
        command.Parameters.AddWithValue("$from", from);
        command.Parameters.AddWithValue("$to", to);
        command.Parameters.AddWithValue("$end", idEnd);
        using var rows = command.ExecuteReader();
        while (rows.Read())
        {
            chunks.Add(new ChunkRef(rows.GetInt64(0), rows.GetInt64(1), rows.GetInt64(2)));
        }

        return (chunks, memory);
    }
}
