using Hub.Gateway.Series;
using Hub.Rules.Engine;
using Hub.Rules.Readings;
using Hub.Rules.Site;

namespace Hub.Gateway.Rulebook;

/// <summary>
/// The history as the entries that it would be in a journal: the readings of a minute, then a tick, and the site's
/// changes at their own times. What a history doesn't know is not in it: when a reading arrived, which edge was
/// offline, what was set aside, and that the hub itself was away. Readings from before their point's commissioning are
/// left out.
/// </summary>
internal static class HistoryReplay
{
    /// <summary>Readings held at a time; a day of a thousand points that report each minute is twice that.</summary>
    private const int ReadingsAtATime = 720_000;
    private const int PageReadings = 100_000;

    private static readonly TimeSpan Step = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan SpanMin = TimeSpan.FromHours(1);
    private static readonly TimeSpan SpanMax = TimeSpan.FromDays(1);

    /// <param name="history">Where readings are.</param>
    /// <param name="changes">Every change of the site, oldest first.</param>
    /// <param name="from">Readings from then on; what the site was by then is told first.</param>
    /// <param name="to">And before that.</param>
    public static IEnumerable<(DateTimeOffset At, Entry Entry)> Entries(
        HistoryStore history, IReadOnlyList<(DateTimeOffset At, SiteChange Change)> changes, DateTimeOffset from,
        DateTimeOffset to)
    {
        if (changes.Count == 0)
        {
            yield break;
        }

        // Nobody was commissioned before the first change.
        var begin = from > changes[0].At ? from : changes[0].At;
        begin = new DateTimeOffset(begin.UtcTicks - (begin.UtcTicks % Step.Ticks), TimeSpan.Zero);
        var points = changes.Select(change => change.Change).OfType<SiteChange.PointCommissioned>()
            .Select(change => change.Point).DistinctBy(point => point.Number).ToList();
        var span = SpanFor(points.Count);
        var told = 0;
        for (var at = begin; at < to; at += span)
        {
            var end = at + span < to ? at + span : to;
            var readings = Read(history, points, at, end);
            for (var (minute, next) = (at, 0); minute < end; minute += Step)
            {
                for (; told < changes.Count && changes[told].At < minute + Step && changes[told].At < to; told++)
                {
                    yield return (changes[told].At, new Entry.Changed(changes[told].At, changes[told].Change));
                }

                var minuteEnd = minute + Step < end ? minute + Step : end;
                foreach (var pack in Packs(readings, next, minuteEnd, out next))
                {
                    yield return (minuteEnd, pack);
                }

                yield return (minuteEnd, new Entry.Tick(minuteEnd));
            }
        }
    }

    private static TimeSpan SpanFor(int points)
    {
        var span = Step * (ReadingsAtATime / Math.Max(1, points));
        return span < SpanMin ? SpanMin : span > SpanMax ? SpanMax : span;
    }

    private static List<(string Source, Reading Reading)> Read(
        HistoryStore history, List<Point> points, DateTimeOffset from, DateTimeOffset to)
    {
        var readings = new List<(string, Reading)>();
        foreach (var point in points)
        {
            ReadToken? after = null;
            do
            {
                var page = history.Read(point.Number, from, to, PageReadings, after);
                readings.AddRange(page.Items.Select(sample => (
                    point.Edge, new Reading(point.Number, sample.AtTicks, sample.Value, sample.Quality))));
                after = page.Next;
            }
            while (after is not null);
        }

        readings.Sort((one, other) => one.Item2.AtTicks != other.Item2.AtTicks
            ? one.Item2.AtTicks.CompareTo(other.Item2.AtTicks)
            : one.Item2.Point.Value.CompareTo(other.Item2.Point.Value));
        return readings;
    }

    /// <summary>What was read in that minute, a pack for each source.</summary>
    private static IEnumerable<Entry.Readings> Packs(
        List<(string Source, Reading Reading)> readings, int first, DateTimeOffset end, out int next)
    {
        next = first;
        while (next < readings.Count && readings[next].Reading.AtTicks < end.UtcTicks)
        {
            next++;
        }

        return from one in readings[first..next]
               group one.Reading by one.Source into pack
               select new Entry.Readings(pack.Key, "", 0, end, pack.ToArray());
    }
}
