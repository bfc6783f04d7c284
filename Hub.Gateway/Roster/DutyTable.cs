using Hub.Gateway.WorkOrders;
using Hub.Rules.Site;

namespace Hub.Gateway.Roster;

/// <summary>
/// Who is on shift, where and when. Pure: the roster, the site and the instant say it. Where nobody of a grid is on
/// shift the call goes up the chain at once: butler, partner, hotline desk, chief, director.
/// </summary>
/// <param name="sheet">Who works when.</param>
/// <param name="covers">Who stands in for whom.</param>
/// <param name="site">What is where.</param>
/// <param name="zone">The site's clocks.</param>
/// <param name="isStill">Who has paused every way to be told, and when; null for nobody.</param>
public sealed class DutyTable(
    RosterSheet sheet, IReadOnlyList<Cover> covers, SiteSnapshot site, TimeZoneInfo zone,
    Func<string, DateTimeOffset, bool>? isStill = null) : IDutyTable
{
    /// <summary>Whoever stands in may be stood in for; a longer row of them is a circle.</summary>
    private const int StandInsMax = 8;

    public RosterSheet Sheet => sheet;

    public IReadOnlyList<Cover> Covers => covers;

    public TimeZoneInfo Zone => zone;

    public IReadOnlyList<LadderRung> Ladder => sheet.Ladder;

    /// <summary>The grids that a space lies in.</summary>
    public IReadOnlyList<string> GridsOf(string spaceId) =>
        site.Spaces.TryGetValue(spaceId, out var space)
            ? [.. sheet.Grids.Where(grid => grid.Has(space)).Select(grid => grid.Id)]
            : [];

    public IReadOnlyList<string> Everybody(string role) =>
        [.. sheet.People.Where(person => person.Role == role).Select(person => person.Id)];

    public Called Whom(string role, string spaceId, DateTimeOffset at, bool isUrgent) =>
        WhomIn(GridsOf(spaceId), role, at, isUrgent);

    /// <summary>Who is called for a place that lies in those grids.</summary>
    public Called WhomIn(IReadOnlyList<string> grids, string role, DateTimeOffset at, bool isUrgent)
    {
        // Rather somebody in quiet hours than nobody at all.
        foreach (var isLoud in isUrgent ? [true] : new[] { false, true })
        {
            foreach (var one in RosterRoles.From(role))
            {
                var people = OnDuty(one, grids, at)
                    .Where(id => isLoud || !IsQuiet(id, at)).ToList();
                if (people.Count > 0)
                {
                    return new Called(one, people);
                }
            }
        }

        return new Called(role, []);
    }

    /// <summary>Everybody who is there in that capacity then, whoever stands in for others included.</summary>
    public IReadOnlyList<string> OnDuty(string role, IReadOnlyList<string> grids, DateTimeOffset at)
    {
        var butlers = role == RosterRoles.Partner ? OnDuty(RosterRoles.Butler, grids, at) : [];
        return
        [
            .. sheet.Shifts.Where(shift => IsFor(shift, role, grids) && shift.At(at, zone) is not null)
                .Select(shift => StandIn(shift.Person, at)).OfType<string>().Except(butlers),
        ];
    }

    /// <summary>Whether a shift is one in that capacity for a place in those grids.</summary>
    internal bool IsFor(Shift shift, string role, IReadOnlyList<string> grids)
    {
        var own = sheet.Find(shift.Person)?.Role;
        return role == RosterRoles.Partner && own == RosterRoles.Butler
            ? grids.Any(id => sheet.Grids.First(grid => grid.Id == id).Partners.Contains(shift.Grid))
            : own == role && (!RosterRoles.HasGrid(role) || grids.Contains(shift.Grid));
    }

    private bool IsQuiet(string id, DateTimeOffset at) =>
        sheet.Find(id)!.IsQuiet(at, zone) || isStill?.Invoke(id, at) == true;

    /// <summary>Who is there in somebody's place then: mostly the person; null for nobody.</summary>
    private string? StandIn(string person, DateTimeOffset at)
    {
        var now = person;
        for (var i = 0; i < StandInsMax; i++)
        {
            if (covers.LastOrDefault(cover => cover.Absent == now && cover.Holds(at)) is not { } cover)
            {
                return sheet.Find(now)?.Id;
            }

            if (cover.StandIn is null)
            {
                return null;
            }

            now = cover.StandIn;
        }

        return null;
    }
}
