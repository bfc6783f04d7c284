using Hub.Rules.Readings;
using Hub.Rules.Site;
using Microsoft.Data.Sqlite;

namespace Hub.Gateway.Series;

/// <summary>
/// Rolls full chunks up, and forgets what is too old. A page and the mark on the chunks that are in it are one
/// transaction, so a crash rolls nothing up twice; until then a chart reads the chunks. One thread.
/// </summary>
public sealed class HistoryKeeper(SeriesDb db, HistoryOptions options, Func<PointNumber, Point?> find)
{
    private const int PointsAtOnceMax = 64;

    /// <summary>Rolls up what is full, of some points at a time; gives how many points had any.</summary>
    public int RollUp()
    {
        var points = Numbers($"SELECT DISTINCT point FROM chunks WHERE state = 1 LIMIT {PointsAtOnceMax}");
        foreach (var point in points)
        {
            RollUp(point);
        }

        return points.Count;
    }

    /// <summary>Forgets what is older than it is kept; first writes the rollups that are kept longer.</summary>
    public void Trim(DateTimeOffset now)
    {
        foreach (var point in Numbers("SELECT DISTINCT point FROM chunks UNION SELECT DISTINCT point FROM rollups"))
        {
            Trim(point, now.UtcTicks);
        }
    }

    private void RollUp(int point)
    {
        using var history = Open(point);
        var full = history.Unrolled();
        var pages = Pages(history, full, Resolution.All, isAlways: false);
        db.Write((writer, transaction) =>
        {
            Save(writer, transaction, point, pages);
            foreach (var chunk in full)
            {
                SeriesDb.Run(
                    writer, transaction, "UPDATE chunks SET state = $1 WHERE id = $2",
                    (long)ChunkState.RolledUp, chunk.Id);
            }
        });
    }

    private void Trim(int point, long now)
    {
        var oldest = now - options.KeepReadings.Ticks;
        if (Old(point, oldest).Count > 0)
        {
            // Nothing has come for so long that what was open stays as it is.
            db.Write((writer, transaction) => SeriesDb.Run(
                writer, transaction, "UPDATE chunks SET state = 1 WHERE point = $1 AND state = 0 AND last < $2",
                point, oldest));
            RollUp(point);
            using var history = Open(point);
            var old = Old(point, oldest);
            var kept = Resolution.All.Where(one => options.KeepRollups[one.Level] > options.KeepReadings);
            var pages = Pages(history, old, [.. kept], isAlways: true);
            db.Write((writer, transaction) =>
            {
                Save(writer, transaction, point, pages);
                foreach (var chunk in old)
                {
                    SeriesDb.Run(writer, transaction, "DELETE FROM chunks WHERE id = $1", chunk.Id);
                }

                SeriesDb.Run(
                    writer, transaction,
                    "INSERT INTO trimmed (point, through) VALUES ($1, $2) "
                    + "ON CONFLICT (point) DO UPDATE SET through = max(through, excluded.through)",
                    point, old.Max(chunk => chunk.Last));
            });
        }

        db.Write((writer, transaction) =>
        {
            foreach (var resolution in Resolution.All)
            {
                SeriesDb.Run(
                    writer, transaction, "DELETE FROM rollups WHERE point = $1 AND level = $2 AND page < $3",
                    point, resolution.Level,
                    now - options.KeepRollups[resolution.Level].Ticks - resolution.PageTicks);
            }
        });
    }

    private static List<(Resolution Resolution, long Page, byte[] Data)> Pages(
        PointHistory history, List<ChunkRef> chunks, IReadOnlyList<Resolution> resolutions, bool isAlways)
    {
        var pages = new List<(Resolution, long, byte[])>();
        foreach (var resolution in resolutions)
        {
            // Finest first: the coarser ones are made of them.
            foreach (var page in chunks.SelectMany(chunk => history.PagesOf(chunk, resolution, isAlways)).Distinct())
            {
                if (history.RollUp(resolution, page, isAlways) is { } buckets)
                {
                    pages.Add((resolution, page, RollupCodec.Write(buckets, resolution)));
                }
            }
        }

        return pages;
    }

    private static void Save(
        SqliteConnection writer, SqliteTransaction transaction, int point,
        List<(Resolution Resolution, long Page, byte[] Data)> pages)
    {
        foreach (var (resolution, page, data) in pages)
        {
            SeriesDb.Run(
                writer, transaction,
                "INSERT OR REPLACE INTO rollups (point, level, page, data) VALUES ($1, $2, $3, $4)",
                point, resolution.Level, page, data);
        }
    }

    private PointHistory Open(int point) =>
        new(db, point, find(new PointNumber(point)), [], ChunkState.Full);

    private List<ChunkRef> Old(int point, long oldest)
    {
        using var reader = db.OpenReader();
        using var command = reader.CreateCommand();
        command.CommandText = "SELECT id, first, last FROM chunks WHERE point = $point AND last < $oldest";
        command.Parameters.AddWithValue("$point", point);
        command.Parameters.AddWithValue("$oldest", oldest);
        using var rows = command.ExecuteReader();
        var old = new List<ChunkRef>();
        while (rows.Read())
        {
            old.Add(new ChunkRef(rows.GetInt64(0), rows.GetInt64(1), rows.GetInt64(2)));
        }

        return old;
    }

    private List<int> Numbers(string sql)
    {
        using var reader = db.OpenReader();
        using var command = reader.CreateCommand();
        command.CommandText = sql;
        using var rows = command.ExecuteReader();
        var numbers = new List<int>();
        while (rows.Read())
        {
            numbers.Add(rows.GetInt32(0));
        }

        return numbers;
    }
}
