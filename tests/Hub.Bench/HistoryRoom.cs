using Hub.Gateway.Series;
using Hub.Rules.Engine;
using Hub.Rules.Readings;
using Hub.Rules.Site;
using Hub.Testing;
using Hub.Transport.Log;

namespace Hub.Bench;

/// <summary>A history of its own, fed as the journal feeds it, on time that is moved by hand.</summary>
internal sealed class HistoryRoom : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly ManualTime _time = new();
    private readonly SeriesDb _db;
    private readonly HistoryKeeper _keeper;
    private long _row;

    public HistoryRoom()
    {
        var options = new HistoryOptions { Clock = _time };
        _db = new SeriesDb(_folder["series.db"]);
        History = new HistoryStore(_db, options, Meter);
        _keeper = new HistoryKeeper(_db, options, Meter);
    }

    public HistoryStore History { get; }

    /// <summary>One core's, by part.</summary>
    public TimeSpan Storing { get; private set; }

    public TimeSpan RollingUp { get; private set; }

    public void Take(ReadOnlyMemory<Reading> readings, TimeSpan since)
    {
        var from = CoreTime.OfThisThread();
        History.Take(new LogPosition(++_row), [new Entry.Readings("edge", "", 0, _time.GetUtcNow(), readings)]);
        _time.Advance(since);
        History.StoreDue();
        var stored = CoreTime.OfThisThread();
        while (_keeper.RollUp() > 0)
        {
        }

        (Storing, RollingUp) = (Storing + (stored - from), RollingUp + (CoreTime.OfThisThread() - stored));
    }

    /// <summary>The bytes that chunks and rollups have, and those of the whole file.</summary>
    public (long Chunks, long Rollups, long File) Bytes()
    {
        History.StoreAll();
        using var reader = _db.OpenReader();
        using var command = reader.CreateCommand();
        command.CommandText = """
            SELECT (SELECT coalesce(sum(length(data)), 0) FROM chunks),
                   (SELECT coalesce(sum(length(data)), 0) FROM rollups),
                   (SELECT page_count FROM pragma_page_count()) * (SELECT page_size FROM pragma_page_size())
            """;
        using var row = command.ExecuteReader();
        row.Read();
        return (row.GetInt64(0), row.GetInt64(1), row.GetInt64(2));
    }

    public void Dispose()
    {
        _db.Dispose();
        _folder.Dispose();
    }

    private static Point Meter(PointNumber number) => new(number, "edge", $"m{number}", Signal.WaterVolume, "b1");
}
