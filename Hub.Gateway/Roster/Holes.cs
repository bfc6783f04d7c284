using Hub.Rules.Files;
using Hub.Rules.Site;

namespace Hub.Gateway.Roster;

/// <summary>The hours that no butler covers, and who takes the calls then. Pure.</summary>
public static class Holes
{
    /// <summary>Two months ahead; further on no roster is written.</summary>
    public const int DaysMax = 62;

    /// <summary>The holes of every grid in the coming days, and of homes and lobbies that lie in no grid.</summary>
    /// <param name="duty">The roster.</param>
    /// <param name="site">What is where.</param>
    /// <param name="from">From when on.</param>
    /// <param name="days">How many days, at most <see cref="DaysMax"/>.</param>
    public static IReadOnlyList<Hole> Of(DutyTable duty, SiteSnapshot site, DateTimeOffset from, int days)
    {
        var to = from.AddDays(Math.Clamp(days, 1, DaysMax));
        return
        [
            .. duty.Sheet.Grids.SelectMany(grid => In(duty, grid.Id, [grid.Id], from, to)),
            .. Strays(duty, site).Count > 0 ? In(duty, "", [], from, to) : [],
        ];
    }

    /// <summary>Homes and lobbies that lie in no grid.</summary>
    public static IReadOnlyList<string> Strays(DutyTable duty, SiteSnapshot site) =>
    [
        .. site.Spaces.Values.Where(space => space.Kind != SpaceKind.Facility && duty.GridsOf(space.Id).Count == 0)
            .Select(space => space.Id).Order(StringComparer.Ordinal),
    ];

    private static List<Hole> In(
        DutyTable duty, string name, IReadOnlyList<string> grids, DateTimeOffset from, DateTimeOffset to)
    {
        List<Hole> holes = [];
        var at = from;
        // Between two edges nothing changes, so one look at its beginning is a look at all of it.
        foreach (var edge in Edges(duty, grids, from, to).Append(to))
        {
            var called = duty.WhomIn(grids, RosterRoles.Butler, at, isUrgent: false);
            var takenBy = called.People.Count == 0 ? null : called.Role;
            if (holes is [.., { } last] && last.To == at && last.TakenBy == takenBy)
            {
                holes[^1] = last with { To = edge };
            }
            else if (takenBy != RosterRoles.Butler)
            {
                holes.Add(new Hole(name, at, edge, takenBy));
            }

            at = edge;
        }

        return holes;
    }

    private static IEnumerable<DateTimeOffset> Edges(
        DutyTable duty, IReadOnlyList<string> grids, DateTimeOffset from, DateTimeOffset to)
    {
        var (first, last) = (WallClock.DayOf(from, duty.Zone).AddDays(-2), WallClock.DayOf(to, duty.Zone).AddDays(1));
        var shifts = duty.Sheet.Shifts
            .Where(shift => RosterRoles.Chain.Any(role => duty.IsFor(shift, role, grids))).ToList();
        SortedSet<DateTimeOffset> edges = [.. duty.Covers.SelectMany(cover => new[] { cover.From, cover.To })];
        for (var day = first; day <= last; day = day.AddDays(1))
        {
            foreach (var span in shifts.Select(shift => shift.On(day, duty.Zone)))
            {
                if (span is { } worked)
                {
                    edges.Add(worked.From);
                    edges.Add(worked.To);
                }
            }

            foreach (var quiet in duty.Sheet.People.Select(person => person.Quiet).OfType<LobbyHours>())
            {
                edges.Add(WallClock.Instant(day.ToDateTime(quiet.From), duty.Zone));
                edges.Add(WallClock.Instant(day.ToDateTime(quiet.To), duty.Zone));
            }
        }

        return edges.Where(edge => from < edge && edge < to);
    }
}
