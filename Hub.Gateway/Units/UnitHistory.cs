using Hub.Rules.Site;

namespace Hub.Gateway.Units;

/// <summary>What the site says and the history does not yet. Pure.</summary>
public static class UnitHistory
{
    /// <param name="site">As it is.</param>
    /// <param name="last">The last line of each unit that has any; without one, somebody lives there.</param>
    /// <param name="who">Has changed it.</param>
    /// <param name="at">Since when somebody lives there, where that is what has changed.</param>
    /// <param name="now">When it is noted.</param>
    public static IEnumerable<UnitMove> Missing(
        SiteSnapshot site, IReadOnlyDictionary<string, UnitMove> last, string who, DateTimeOffset at,
        DateTimeOffset now) =>
        from unit in WalkingOrder.Of(site.Spaces.Values.Where(space => space.Kind == SpaceKind.Unit))
        let before = last.GetValueOrDefault(unit.Id)
        let isOther = unit.Occupancy != (before?.Occupancy ?? Occupancy.Occupied)
        let isOtherDay = unit.IsVacant && unit.VacantSince is { } since && since != before?.At
        where isOther || isOtherDay
        select new UnitMove(
            unit.Id, unit.Occupancy, unit.IsVacant ? unit.VacantSince ?? before?.At ?? at : at, now, who);

    /// <summary>
    /// How long the unit was vacant between two instants, in each of the ledger's ways, as the clocks on the wall
    /// count: the day on which they are changed is one like any other.
    /// </summary>
    public static IReadOnlyDictionary<Occupancy, TimeSpan> Vacant(
        IEnumerable<UnitMove> moves, DateTimeOffset from, DateTimeOffset to, TimeZoneInfo zone)
    {
        var spans = new Dictionary<Occupancy, TimeSpan>();
        var stays = moves.OrderBy(move => move.NotedAt).ToList();
        List<DateTimeOffset> starts = [.. stays.Select((move, i) => i == 0 ? move.At : StartOf(stays[i - 1], move))];
        for (var i = 0; i < stays.Count; i++)
        {
            var begin = starts[i] > from ? starts[i] : from;
            // What was noted later of an earlier day is the better knowledge.
            var end = starts.Skip(i + 1).Append(to).Min();
            if (stays[i].Occupancy != Occupancy.Occupied && end > begin)
            {
                spans[stays[i].Occupancy] = spans.GetValueOrDefault(stays[i].Occupancy) + Wall(begin, end, zone);
            }
        }

        return spans;
    }

    private static TimeSpan Wall(DateTimeOffset from, DateTimeOffset to, TimeZoneInfo zone)
    {
        var span = TimeZoneInfo.ConvertTime(to, zone).DateTime - TimeZoneInfo.ConvertTime(from, zone).DateTime;
        return span > TimeSpan.Zero ? span : TimeSpan.Zero;
    }

    /// <summary>From vacant to vacant the day of leaving stays; the other way counts from when it was noted.</summary>
    private static DateTimeOffset StartOf(UnitMove before, UnitMove move) =>
        move.At == before.At && move.Occupancy != before.Occupancy ? move.NotedAt : move.At;
}
