using System.Globalization;
using Hub.Gateway.Ingest;
using Hub.Rules.Engine;
using Hub.Rules.Readings;
using Hub.Rules.Site;

namespace Hub.Gateway.Fleet;

/// <summary>
/// Turns a quarantined message into the readings that may be released by now. What was released is known by the journal
/// itself: the entry's epoch names the message, so a crash in between releases nothing twice. Pure.
/// </summary>
internal static class Releases
{
    private const string EpochPrefix = "set-aside/";

    private static readonly IngestOptions Limits = new();

    public static string EpochOf(long row, int place) =>
        string.Create(CultureInfo.InvariantCulture, $"{EpochPrefix}{row}.{place}");

    /// <summary>Which message a journalled entry released.</summary>
    public static bool TryParse(string epoch, out long row, out int place)
    {
        (row, place) = (0, 0);
        if (!epoch.StartsWith(EpochPrefix, StringComparison.Ordinal))
        {
            return false;
        }

        var name = epoch.AsSpan(EpochPrefix.Length);
        var dot = name.IndexOf('.');
        return dot > 0
            && long.TryParse(name[..dot], NumberStyles.None, CultureInfo.InvariantCulture, out row)
            && int.TryParse(name[(dot + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out place);
    }

    /// <summary>
    /// The message's readings that were not released before, of points that are in service since, or whose unit has
    /// been explained since; null if there are none.
    /// </summary>
    /// <param name="edge">Whose they are.</param>
    /// <param name="isAsked">
    /// Somebody has asked for this message: also readings of points that were in service when it came. One that was
    /// taken then comes a second time, with the same time and value.
    /// </param>
    /// <param name="now">The hub's time by now: its clock may have been behind when the message came.</param>
    public static Entry.Readings? Of(
        SetAsideRow row, string edge, IEnumerable<QuarantinedReading> held, SiteSnapshot site, HashSet<int> released,
        bool isAsked, DateTimeOffset now)
    {
        var readings = new List<Reading>();
        foreach (var reading in held)
        {
            if (site.Find(Point.IdOf(edge, reading.Device, reading.Signal)) is { } point
                && (isAsked || point.Number.Value > row.PointsThen == (row.Kind == SetAsideKind.Unknown))
                && !released.Contains(point.Number.Value)
                && Convert(reading, point, row, now) is { } value)
            {
                readings.Add(new Reading(point.Number, reading.AtTicks, value, reading.Quality, reading.PressId));
            }
        }

        return readings.Count == 0
            ? null
            : new Entry.Readings(
                edge, EpochOf(row.Row, row.Place), 0, new DateTimeOffset(row.ReceivedAt, TimeSpan.Zero),
                readings.ToArray());
    }

    /// <summary>
    /// The same questions that a reading is asked when it comes to a point in service. Before its point was, each was
    /// in the unit that it came in.
    /// </summary>
    private static double? Convert(QuarantinedReading reading, Point point, SetAsideRow row, DateTimeOffset now)
    {
        var signal = Signal.Of(point.Signal);
        var fit = SentUnits.Judge(
            row.Kind == SetAsideKind.Unknown ? null : point, signal, reading.Unit, out var conversion);
        if (fit is not (UnitFit.Fits or UnitFit.First)
            || reading.AtTicks < Limits.EarliestAt.UtcTicks
            || reading.AtTicks > Math.Max(row.ReceivedAt, now.UtcTicks) + Limits.AheadMax.Ticks)
        {
            return null;
        }

        var value = conversion.Apply(reading.Value);
        return signal.IsPossible(value) ? value : null;
    }
}
