using Hub.Rules.Files;
using Hub.Rules.Site;

namespace Hub.Gateway.Roster;

/// <summary>What tables come to that were handed in together. Pure.</summary>
/// <param name="Sheet">The roster that is in force with them: theirs, or the present one if they have covers
/// alone.</param>
/// <param name="IsNew">It is theirs.</param>
/// <param name="Covers">The covers that are not written down yet.</param>
public sealed record RosterIntake(RosterSheet Sheet, bool IsNew, IReadOnlyList<CoverPlan> Covers)
{
    /// <summary>All of it, or every fault of every table.</summary>
    /// <param name="files">The tables, in any order.</param>
    /// <param name="site">What is where; an empty one is not compared with.</param>
    /// <param name="present">The roster now.</param>
    /// <param name="zone">The site's clocks.</param>
    /// <param name="now">The present instant.</param>
    /// <param name="options">The limits.</param>
    public static Checked<RosterIntake> Read(
        IReadOnlyList<RosterFile> files, SiteSnapshot site, RosterPicture present, TimeZoneInfo zone,
        DateTimeOffset now, RosterOptions options)
    {
        var covers = files.Where(CoverReader.IsFor).ToList();
        var tables = files.Except(covers).ToList();
        var isNew = tables.Count > 0;
        var read = isNew ? RosterReader.Read(tables, site) : new Checked<RosterSheet>(present.Sheet, []);
        List<Fault> faults = [.. read.Faults];
        List<CoverPlan> plans = [];
        foreach (var (file, index) in covers.Select((file, index) => (file, index)))
        {
            if (index > 0)
            {
                faults.Add(new Fault(
                    file.Name, 1, "", "", $"the table of covers is there already, in {covers[0].Name}",
                    "put all of them in one"));
            }
            else if (read.Value is { } sheet)
            {
                var taken = new CoverReader(sheet, present.Covers, zone, now, options).Read(file);
                faults.AddRange(taken.Faults);
                plans.AddRange(taken.Value ?? []);
            }
            else if (!isNew)
            {
                faults.Add(new Fault(
                    file.Name, 0, "", "", "there is no roster yet whose people could stand in",
                    $"hand in with it: {RosterTable.People}; {RosterTable.Grids}; {RosterTable.Shifts}"));
            }
        }

        return faults.Count == 0 && read.Value is { } whole
            ? new Checked<RosterIntake>(new RosterIntake(whole, isNew, plans), [])
            : new Checked<RosterIntake>(null, faults);
    }
}
