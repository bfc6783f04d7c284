using Hub.Rules.Readings;
using Microsoft.Data.Sqlite;

namespace Hub.Gateway.Series;

/// <summary>
/// What the way to InfluxDB must not forget: its cursor, the newest time sent of each point, and what was refused.
/// </summary>
public sealed class InfluxLedger
{
    public const string CursorName = "influx";

    private readonly SeriesDb _db;
    private readonly int _parkedMax;
    private long[] _marks = [];
    private long _cursor;

    public InfluxLedger(SeriesDb db, int parkedMax)
    {
        (_db, _parkedMax) = (db, parkedMax);
        _cursor = db.Cursor(CursorName);
        using var reader = db.OpenReader();
        using var command = reader.CreateCommand();
        command.CommandText = "SELECT point, at FROM marks";
        using var rows = command.ExecuteReader();
        while (rows.Read())
        {
            MarkOf(rows.GetInt32(0)) = rows.GetInt64(1);
        }
    }

    /// <summary>InfluxDB has everything up to this journal row.</summary>
    public long Cursor => Volatile.Read(ref _cursor);

    /// <summary>The newest time that is on its way or sent, by point; the batch moves it.</summary>
    internal ref long MarkOf(int point)
    {
        if (point >= _marks.Length)
        {
            var before = _marks.Length;
            Array.Resize(ref _marks, Math.Max(point + 1, before * 2));
            _marks.AsSpan(before).Fill(long.MinValue);
        }

        return ref _marks[point];
    }

    /// <summary>Moves on, in one transaction with everything that belongs to it.</summary>
    public void Commit(
        long cursor, IReadOnlyDictionary<int, long> marks, IReadOnlyList<ParkedReading> parked, DateTimeOffset now)
    {
        _db.Write((writer, transaction) =>
        {
            Save(writer, transaction, marks);
            foreach (var reading in parked)
            {
                SeriesDb.Run(
                    writer, transaction,
                    "INSERT INTO parked (point, at, value, reason, parked_at) VALUES ($1, $2, $3, $4, $5)",
                    reading.Point.Value, reading.AtTicks, SqlValue(reading.Value), reading.Reason, now.UtcTicks);
            }

            if (parked.Count > 0)
            {
                // The ids count up without a hole: so many of the newest stay, and the first id tells how many went.
                SeriesDb.Run(
                    writer, transaction,
                    "DELETE FROM parked WHERE id <= (SELECT max(id) FROM parked) - $1", _parkedMax);
            }

            SeriesDb.SetCursor(writer, transaction, CursorName, cursor);
        });
        Volatile.Write(ref _cursor, cursor);
    }

    /// <summary>One command for all: a batch has readings of thousands of points.</summary>
    private static void Save(
        SqliteConnection writer, SqliteTransaction transaction, IReadOnlyDictionary<int, long> marks)
    {
        using var command = writer.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = "INSERT OR REPLACE INTO marks (point, at) VALUES ($point, $at)";
        var point = command.Parameters.Add("$point", SqliteType.Integer);
        var at = command.Parameters.Add("$at", SqliteType.Integer);
        foreach (var mark in marks)
        {
            (point.Value, at.Value) = (mark.Key, mark.Value);
            command.ExecuteNonQuery();
        }
    }

    /// <summary>What InfluxDB refused, the newest first, and how many older ones were dropped for the limit.</summary>
    public (IReadOnlyList<ParkedReading> Items, long Dropped) Parked(int limit)
    {
        var items = new List<ParkedReading>();
        using var reader = _db.OpenReader();
        using var command = reader.CreateCommand();
        command.CommandText =
            "SELECT point, at, value, reason, (SELECT min(id) - 1 FROM parked) "
            + "FROM parked ORDER BY id DESC LIMIT $limit";
        command.Parameters.AddWithValue("$limit", limit);
        using var rows = command.ExecuteReader();
        var dropped = 0L;
        while (rows.Read())
        {
            items.Add(new ParkedReading(
                new PointNumber(rows.GetInt32(0)), rows.GetInt64(1), rows.GetDouble(2), rows.GetString(3)));
            dropped = rows.GetInt64(4);
        }

        return (items, dropped);
    }

    // SQLite keeps a NaN as NULL, and this column takes none; its reason says what it was.
    private static double SqlValue(double value) => double.IsNaN(value) ? 0 : value;
}
