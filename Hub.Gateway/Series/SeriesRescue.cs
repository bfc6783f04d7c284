using Hub.Gateway.Storage;
using Hub.Transport.Log;
using Microsoft.Data.Sqlite;

namespace Hub.Gateway.Series;

/// <summary>
/// A series.db's rescue: chunks whose checksum is right, rollups and cursors as they can be read. Where chunks are gone
/// the history takes the journal again from its beginning (what it has already is an exact double, and read once); the
/// index still names most of those that are gone, so what the journal doesn't reach is told by point and time.
/// </summary>
internal static class SeriesRescue
{
    private const int SpansMax = 1_000;
    private const string Chunks = "chunks";

    /// <param name="path">The file.</param>
    /// <param name="journalBegins">When the oldest row of the journal was committed.</param>
    public static DatabaseRescue Of(string path, DateTimeOffset journalBegins) =>
        new(path, (made, _) => SeriesDb.CreateTables(made))
        {
            MayBeginEmpty = true,
            IsWhole = (table, values) => table != Chunks || IsWhole(values),
            Mend = (made, damaged, recovery) =>
                recovery.HasLost(Chunks, "cursors", "stored", "trimmed")
                    ? Mend(made, damaged, recovery, journalBegins)
                    : recovery,
        };

    private static bool IsWhole(object?[] values)
    {
        try
        {
            // id, point, first, last, count, data
            return ChunkCodec.Read((byte[])values[5]!) is { Length: > 0 } samples
                && samples[0].AtTicks == (long)values[2]! && samples[^1].AtTicks == (long)values[3]!;
        }
        catch (InvalidDataException)
        {
            return false;
        }
    }

    private static DatabaseRecovery Mend(
        SqliteConnection made, SqliteTables damaged, DatabaseRecovery recovery, DateTimeOffset journalBegins)
    {
        var kept = Ask(made, "SELECT id FROM chunks", row => row.GetInt64(0)).ToHashSet();
        var names = Ask(
            made, "SELECT point, edge || '/' || device || ' ' || signal FROM names",
            row => KeyValuePair.Create(row.GetInt64(0), row.GetString(1))).ToDictionary();
        var gone = from entry in damaged.RowsOf("chunks_of_point")
                   where entry.Values is [long, long, long, long]
                   let chunk = (
                       Point: (long)entry.Values[0]!, Last: (long)entry.Values[1]!, First: (long)entry.Values[2]!,
                       Id: (long)entry.Values[3]!)
                   where !kept.Contains(chunk.Id) && chunk.First < journalBegins.UtcTicks
                   orderby chunk.Point, chunk.First
                   select new LostSpan(
                       names.GetValueOrDefault(chunk.Point, $"point {chunk.Point}"), At(chunk.First),
                       At(Math.Min(chunk.Last, journalBegins.UtcTicks)));
        Run(made, "DELETE FROM stored");
        Run(made, $"DELETE FROM cursors WHERE name = '{HistoryStore.CursorName}'");
        if (recovery.HasLost("trimmed"))
        {
            // Before the first reading that is there, what was kept longer is in the rollups alone.
            Run(made, "INSERT OR IGNORE INTO trimmed SELECT point, min(first) - 1 FROM chunks GROUP BY point");
        }

        return recovery with { Spans = [.. gone.Distinct().Take(SpansMax)] };

        static DateTimeOffset At(long ticks) => new(Math.Clamp(ticks, 0, DateTime.MaxValue.Ticks), TimeSpan.Zero);
    }

    private static List<T> Ask<T>(SqliteConnection made, string sql, Func<SqliteDataReader, T> read)
    {
        using var command = made.CreateCommand();
        command.CommandText = sql;
        using var reader = command.ExecuteReader();
        var rows = new List<T>();
        while (reader.Read())
        {
            rows.Add(read(reader));
        }

        return rows;
    }

    private static void Run(SqliteConnection made, string sql)
    {
        using var command = made.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
