using System.Buffers;
using System.Runtime.InteropServices;
using Microsoft.Data.Sqlite;

namespace Hub.Gateway.Series;

/// <summary>
/// Stores chunks inside one transaction, with commands that are prepared once. A point's last chunk is open until it is
/// full: what comes next is put into it, under a new id, so a slow point's chunks get full, too.
/// </summary>
internal sealed class ChunkWriter : IDisposable
{
    private readonly SqliteCommand _open;
    private readonly SqliteCommand _close;
    private readonly SqliteCommand _chunk;
    private readonly SqliteCommand _stored;
    private readonly InstantFilter _filter = new();
    private readonly int _readingsMax;

    public ChunkWriter(SqliteConnection writer, SqliteTransaction transaction, long nextId, int readingsMax)
    {
        (NextId, _readingsMax) = (nextId, readingsMax);
        _open = Command(
            writer, transaction, "SELECT id, data FROM chunks WHERE point = $point AND state = 0", "$point");
        _close = Command(writer, transaction, "DELETE FROM chunks WHERE id = $id", "$id");
        _chunk = Command(writer, transaction,
            "INSERT INTO chunks (id, point, first, last, count, data, state) "
            + "VALUES ($id, $point, $first, $last, $count, $data, $state)",
            "$id", "$point", "$first", "$last", "$count", "$data", "$state");
        _stored = Command(writer, transaction,
            "INSERT INTO stored (point, through) VALUES ($point, $through) "
            + "ON CONFLICT (point) DO UPDATE SET through = excluded.through",
            "$point", "$through");
    }

    public long NextId { get; private set; }

    /// <summary>One point's readings in time order; everything up to that journal row is in them.</summary>
    public void Write(int point, Sample[] news, long through)
    {
        var samples = Merged(Opened(point), news);
        var buffer = ArrayPool<byte>.Shared.Rent(ChunkCodec.BytesMax(Math.Min(samples.Count, _readingsMax)));
        for (var at = 0; at < samples.Count; at += _readingsMax)
        {
            var part = CollectionsMarshal.AsSpan(samples).Slice(at, Math.Min(_readingsMax, samples.Count - at));
            _chunk.Parameters["$id"].Value = NextId++;
            _chunk.Parameters["$point"].Value = point;
            _chunk.Parameters["$first"].Value = part[0].AtTicks;
            _chunk.Parameters["$last"].Value = part[^1].AtTicks;
            _chunk.Parameters["$count"].Value = part.Length;
            _chunk.Parameters["$state"].Value =
                (int)(part.Length == _readingsMax ? ChunkState.Full : ChunkState.Open);
            _chunk.Parameters["$data"].Value = buffer;
            _chunk.Parameters["$data"].Size = ChunkCodec.Write(part, buffer);
            _chunk.ExecuteNonQuery();
        }

        ArrayPool<byte>.Shared.Return(buffer);
        _stored.Parameters["$point"].Value = point;
        _stored.Parameters["$through"].Value = through;
        _stored.ExecuteNonQuery();
    }

    private Sample[] Opened(int point)
    {
        _open.Parameters["$point"].Value = point;
        using var row = _open.ExecuteReader();
        if (!row.Read())
        {
            return [];
        }

        _close.Parameters["$id"].Value = row.GetInt64(0);
        var samples = ChunkCodec.Read((byte[])row[1]);
        row.Close();
        _close.ExecuteNonQuery();
        return samples;
    }

    private List<Sample> Merged(Sample[] stored, Sample[] news)
    {
        var samples = new List<Sample>(stored.Length + news.Length);
        ChunkRef[] both = stored.Length == 0
            ? [new(1, news[0].AtTicks, news[^1].AtTicks)]
            : [new(0, stored[0].AtTicks, stored[^1].AtTicks), new(1, news[0].AtTicks, news[^1].AtTicks)];
        _filter.Restart();
        foreach (var sample in ChunkMerge.InTimeOrder(both, Cursor))
        {
            if (_filter.IsNew(sample))
            {
                samples.Add(sample);
            }
        }

        return samples;

        ChunkCursor Cursor(ChunkRef part)
        {
            var readings = part.Id == 0 ? stored : news;
            return new ChunkCursor(part.Id, readings, 0, readings.Length);
        }
    }

    public void Dispose()
    {
        _open.Dispose();
        _close.Dispose();
        _chunk.Dispose();
        _stored.Dispose();
    }

    private static SqliteCommand Command(
        SqliteConnection writer, SqliteTransaction transaction, string sql, params ReadOnlySpan<string> names)
    {
        var command = writer.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = sql;
        foreach (var name in names)
        {
            command.Parameters.Add(new SqliteParameter { ParameterName = name });
        }

        return command;
    }
}
