using Hub.Rules.Site;

namespace Hub.Gateway.Series;

/// <summary>
/// Where the embedded history of a point begins later than a chart does (a new hub, a lost file), the part before it is
/// asked of the database that the readings go to.
/// </summary>
public sealed class OlderReadings(HistoryStore history, ISeriesReader? database = null)
{
    /// <param name="point">Which point.</param>
    /// <param name="from">Ticks: where the chart, and its first stretch, begins.</param>
    /// <param name="to">Ticks: where it ends.</param>
    /// <param name="width">Ticks of a stretch.</param>
    public async ValueTask<OlderPart> ReadAsync(
        Point point, long from, long to, long width, CancellationToken cancel)
    {
        if (database is null)
        {
            return OlderPart.None;
        }

        var end = Math.Min(to, history.BeginsAt(point.Number) ?? to);
        return from < end
            ? await database.ReadAsync(new OlderQuery(point, from, end, width), cancel)
            : OlderPart.None;
    }
}
