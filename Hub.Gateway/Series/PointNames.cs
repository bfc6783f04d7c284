using System.Collections.Concurrent;
using Hub.Rules.Engine;
using Hub.Rules.Readings;
using Hub.Rules.Site;

namespace Hub.Gateway.Series;

/// <summary>
/// What each point was called when it was last in service. A retired point is no longer in the site's picture, but its
/// history stays, and readings of its last days may still be on their way to InfluxDB.
/// </summary>
public sealed class PointNames
{
    private readonly SeriesDb _db;
    private readonly ConcurrentDictionary<int, Point> _points = new();

    public PointNames(SeriesDb db)
    {
        _db = db;
        using var reader = db.OpenReader();
        using var command = reader.CreateCommand();
        command.CommandText = "SELECT point, edge, device, signal, space FROM names";
        using var rows = command.ExecuteReader();
        while (rows.Read())
        {
            var number = rows.GetInt32(0);
            _points[number] = new Point(
                new PointNumber(number), rows.GetString(1), rows.GetString(2), rows.GetString(3), rows.GetString(4));
        }
    }

    /// <summary>Every point that ever was in service.</summary>
    public IEnumerable<Point> All => _points.Values;

    public Point? Find(PointNumber number) => _points.GetValueOrDefault(number.Value);

    /// <summary>Learns from the journal, and says how many; an entry that is taken again changes nothing.</summary>
    public int Take(IReadOnlyList<Entry> entries)
    {
        var learnt = 0;
        for (var i = 0; i < entries.Count; i++)
        {
            if (entries[i] is Entry.Changed { Change: SiteChange.PointCommissioned { Point: var point } }
                && !IsKnown(point))
            {
                _db.Write((writer, transaction) => SeriesDb.Run(
                    writer, transaction,
                    "INSERT OR REPLACE INTO names (point, edge, device, signal, space) VALUES ($1, $2, $3, $4, $5)",
                    point.Number.Value, point.Edge, point.Device, point.Signal, point.SpaceId));
                _points[point.Number.Value] = point;
                learnt++;
            }
        }

        return learnt;
    }

    private bool IsKnown(Point point) =>
        Find(point.Number) is { } known && known.Id == point.Id && known.SpaceId == point.SpaceId;
}
