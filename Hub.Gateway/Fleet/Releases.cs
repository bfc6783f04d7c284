using System.Globalization;
using Hub.Rules.Engine;
using Hub.Rules.Files;
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
    /// The message's readings of points that are in service now and were not released before; null if there are none.
    /// </summary>
    public static Entry.Readings? Of(
        SetAsideRow row, IEnumerable<QuarantinedReading> held, SiteSnapshot site, HashSet<int> released)
    {
        var readings = new List<Reading>();
        foreach (var reading in held)
        {
            if (site.Find(Point.IdOf(row.Source, reading.Device, reading.Signal)) is { } point
                && point.Number.Value > row.PointsThen
                && !released.Contains(point.Number.Value)
                && Convert(reading, Signal.Of(point.Signal)) is { } value)
            {
                readings.Add(new Reading(point.Number, reading.AtTicks, value, PressId: reading.PressId));
            }
        }

        return readings.Count == 0
            ? null
            : new Entry.Readings(
                row.Source, EpochOf(row.Row, row.Place), 0, new DateTimeOffset(row.ReceivedAt, TimeSpan.Zero),
                readings.ToArray());
    }

    private static double? Convert(QuarantinedReading reading, Signal signal)
    {
        var value = reading.Value;
        if (reading.Unit.Length > 0 && signal.Unit.Length > 0 && reading.Unit != signal.Unit)
        {
            if (UnitOfMeasure.Find(reading.Unit) is not { } unit || !unit.FitsInto(signal.Unit))
            {
                return null;
            }

            value = (value * unit.Factor) + unit.Offset;
        }

        return signal.IsPossible(value) ? value : null;
    }
}
