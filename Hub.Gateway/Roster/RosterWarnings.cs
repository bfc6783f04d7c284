using Hub.Rules.Site;

namespace Hub.Gateway.Roster;

/// <summary>What may be meant so, but seldom is. Pure.</summary>
public static class RosterWarnings
{
    private const int NamedMax = 10;

    public static IReadOnlyList<string> Of(RosterSheet sheet, SiteSnapshot site)
    {
        var duty = new DutyTable(sheet, [], site, TimeZoneInfo.Utc);
        List<string> warnings = [];
        Say("homes and lobbies lie in no grid", Holes.Strays(duty, site));
        Say("people have no shift and are never called", [
            .. sheet.People.Select(person => person.Id).Except(sheet.Shifts.Select(shift => shift.Person)),
        ]);
        Say("grids have no butler at all", [
            .. sheet.Grids.Select(grid => grid.Id).Where(id =>
                !sheet.Shifts.Any(shift => duty.IsFor(shift, RosterRoles.Butler, [id]))),
        ]);
        Say("rungs of the chain have nobody at all", [
            .. RosterRoles.Chain.Where(role => role != RosterRoles.Partner
                && !sheet.Shifts.Any(shift => sheet.Find(shift.Person)?.Role == role)),
        ]);
        return warnings;

        void Say(string what, IReadOnlyList<string> which)
        {
            if (which.Count > 0)
            {
                var more = which.Count > NamedMax ? $" and {which.Count - NamedMax} more" : "";
                warnings.Add($"{which.Count} {what}: {string.Join(", ", which.Take(NamedMax))}{more}");
            }
        }
    }
}
