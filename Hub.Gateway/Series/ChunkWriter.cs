using System.Buffers;
using Microsoft.Data.Sqlite;

namespace Hub.Gateway.Series;

/// <summary>Stores chunks inside one transaction, with commands that are prepared once.</summary>
internal sealed class ChunkWriter : IDisposable
{
    private readonly SqliteCommand _chunk;
    private readonly SqliteCommand _stored;
    private readonly int _readingsMax;

    public ChunkWriter(SqliteConnection writer, SqliteTransaction transaction, long nextId, int readingsMax)
    {
        (NextId, _readingsMax) = (nextId, readingsMax);
        _chunk = Command(writer, transaction,
            "INSERT INTO chunks (id, point, first, last, count, data) "
            + "VALUES ($id, $point, $first, $last, $count, $data)",
            "$id", "$point", "$first", "$last", "$count", "$data");
        _stored = Command(writer, transaction,
            "INSERT INTO stored (point, through) VALUES ($point, $through) "
            + "ON CONFLICT (point) DO UPDATE SET through = excluded.through",
            "$point", "$through");
    }

    public long NextId { get; private set; }

    /// <summary>
    /// One point's readings in time order, without exact doubles; everything up to that journal row is in them.
    /// </summary>
    public void Write(int point, ReadOnlySpan<Sample> samples, long through)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(ChunkCodec.BytesMax(Math.Min(samples.Length, _readingsMax)));
        for (var at = 0; at < samples.Length; at += _readingsMax)
        {
            var part = samples.Slice(at, Math.Min(_readingsMax, samples.Length - at));
            _chunk.Parameters["$id"].Value = NextId++;
            _chunk.Parameters["$point"].Value = point;
            _chunk.Parameters["$first"].Value = part[0].AtTicks;
            _chunk.Parameters["$last"].Value = part[^1].AtTicks;
            _chunk.Parameters["$count"].Value = part.Length;
            _chunk.Parameters["$data"].Value = buffer;
            _chunk.Parameters["$data"].Size = ChunkCodec.Write(part, buffer);
            _chunk.ExecuteNonQuery();
        }

        ArrayPool<byte>.Shared.Return(buffer);
        _stored.Parameters["$point"].Value = point;
        _stored.Parameters["$through"].Value = through;
        _stored.ExecuteNonQuery();
    }

    public void Dispose()
    {
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
