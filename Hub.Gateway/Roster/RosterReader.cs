using System.Globalization;
using Hub.Gateway.WorkOrders;
using Hub.Rules.Files;
using Hub.Rules.Site;

namespace Hub.Gateway.Roster;

/// <summary>
/// Reads a roster's tables, each known by its columns, and checks that they fit each other and the site: all of it is
/// good, or every fault comes back.
/// </summary>
public sealed class RosterReader
{
    public const int PeopleMax = 500;
    public const int GridsMax = 200;
    public const int ShiftsMax = 1_000;
    public const int RungsMax = 10;
    public const int PlacesMax = 200;

    private static readonly TimeSpan RungMax = TimeSpan.FromDays(1);
    private static readonly string[] RungTimes = ["h\\:mm\\:ss", "m\\:ss", "mm\\:ss"];

    // As people write it, and as spreadsheets do.
    private static readonly string[] Days = ["yyyy-MM-dd", "yyyy/M/d"];

    private readonly List<Person> _people = [];
    private readonly List<Grid> _grids = [];
    private readonly List<Shift> _shifts = [];
    private readonly List<LadderRung> _ladder = [];
    private readonly SiteSnapshot _site;
    private readonly Dictionary<RosterTable, FaultList> _faults = [];
    private readonly Dictionary<RosterTable, CsvTable> _tables = [];
    private readonly List<FaultList> _all = [];

    private RosterReader(SiteSnapshot site) => _site = site;

    /// <summary>The roster, or every fault of its files.</summary>
    /// <param name="files">The tables, in any order.</param>
    /// <param name="site">What is where; an empty one is not compared with.</param>
    public static Checked<RosterSheet> Read(IReadOnlyList<RosterFile> files, SiteSnapshot site)
    {
        var reader = new RosterReader(site);
        foreach (var file in files)
        {
            reader.Open(file);
        }

        reader.Read();
        List<Fault> faults = [.. reader._all.SelectMany(list => list.Check(() => "").Faults)];
        return faults.Count > 0
            ? new Checked<RosterSheet>(null, faults)
            : new Checked<RosterSheet>(
                new RosterSheet(reader._people, reader._grids, reader._shifts, reader._ladder), []);
    }

    /// <summary>Which table it is shows in its columns.</summary>
    private void Open(RosterFile file)
    {
        var faults = new FaultList(file.Name);
        _all.Add(faults);
        if (CsvTable.Read(file.Text, faults, ShiftsMax) is not { } table)
        {
            return;
        }

        if (RosterTable.All.FirstOrDefault(kind => table.Columns.Contains(kind.Mark)) is not { } known)
        {
            faults.Add(
                1, "", string.Join(',', table.Columns),
                $"a table has the columns of one of: {string.Join("; ", [.. RosterTable.All, RosterTable.Covers])}");
        }
        else if (_tables.TryAdd(known, table))
        {
            _faults[known] = faults;
            table.Require(known.Required, known.Optional, faults);
        }
        else
        {
            faults.Add(1, "", "", $"the table of {known.Name} is there already, in {_faults[known].File}");
        }
    }

    private void Read()
    {
        foreach (var missing in RosterTable.All.Where(kind => kind.IsNeeded && !_tables.ContainsKey(kind)))
        {
            var faults = new FaultList(missing.Name);
            faults.Add(0, "", "", "this table is missing", $"hand it in: {missing}");
            _all.Add(faults);
        }

        Each(RosterTable.People, ReadPerson);
        Each(RosterTable.Grids, ReadGrid);
        Each(RosterTable.Grids, ReadPartners);
        Each(RosterTable.Shifts, ReadShift);
        Each(RosterTable.Ladder, ReadRung);
    }

    private void Each(RosterTable kind, Action<CsvRow> read)
    {
        foreach (var row in _tables.TryGetValue(kind, out var table) ? table.Rows : [])
        {
            read(row);
        }
    }

    private void ReadPerson(CsvRow row)
    {
        var (id, name) = (row.Id("person", required: true), row.Text("name", required: true, 60));
        var role = row.Word("role", RosterRoles.All, required: true);
        var (language, phone) = (row.Word("language", SiteInfo.Languages), row.Text("phone", charactersMax: 40));
        var quiet = Hours(row, "quiet", required: false);
        if (_people.Count == PeopleMax)
        {
            row.Refuse("person", $"there may be at most {PeopleMax} people");
        }
        else if (_people.Any(person => person.Id == id))
        {
            row.Refuse("person", "ids must be unique, and somebody above has this one", "give one of the two another");
        }
        else if (id is not null)
        {
            // Kept even if something else is wrong with it, so that its shifts aren't faults as well.
            _people.Add(new Person(id, name ?? id, role ?? "", language ?? "", phone ?? "", quiet));
        }
    }

    private void ReadGrid(CsvRow row)
    {
        var (id, name) = (row.Id("grid", required: true), row.Text("name", charactersMax: 60));
        var places = Words(row.Text("places", required: true, charactersMax: 10_000));
        foreach (var place in places.Where(place => !IsKnown(place)))
        {
            var known = _site.Spaces.Values.SelectMany(space => new[] { space.Building, space.Entrance, space.Id });
            row.Refuse(
                "places", $"'{place}' is no building, entrance or space of the site",
                Resemblance.DidYouMean(place, known.Distinct()));
        }

        if (places.Length > PlacesMax)
        {
            row.Refuse("places", $"a grid may have at most {PlacesMax} places", "name whole entrances or buildings");
        }

        if (_grids.Count == GridsMax)
        {
            row.Refuse("grid", $"there may be at most {GridsMax} grids");
        }
        else if (_grids.Any(grid => grid.Id == id))
        {
            row.Refuse("grid", "ids must be unique, and a grid above has this one", "put all its places in one row");
        }
        else if (id is not null)
        {
            _grids.Add(new Grid(id, name ?? id, places, Words(row.Text("partners", charactersMax: 1_000))));
        }
    }

    private void ReadPartners(CsvRow row)
    {
        foreach (var partner in Words(row.Text("partners", charactersMax: 1_000)))
        {
            if (_grids.All(grid => grid.Id != partner))
            {
                row.Refuse(
                    "partners", $"'{partner}' is no grid",
                    Resemblance.DidYouMean(partner, _grids.Select(grid => grid.Id)));
            }
        }
    }

    private void ReadShift(CsvRow row)
    {
        var (who, where) = (row.Text("person", required: true), row.Text("grid"));
        var (days, hours) = (row.Text("days", required: true), Hours(row, "hours", required: true));
        var (since, until) = (Day(row, "since", required: true), Day(row, "until", required: false));
        var person = _people.FirstOrDefault(one => one.Id == who);
        if (who is not null && person is null)
        {
            row.Refuse(
                "person", "nobody in the table of people has this id",
                Resemblance.DidYouMean(who, _people.Select(one => one.Id)));
        }

        if (person is { Role.Length: > 0 } && RosterRoles.HasGrid(person.Role) != where is not null)
        {
            row.Refuse("grid", where is null
                ? $"a {person.Role} works in a grid: it must be given"
                : $"a {person.Role} is there for the whole site: leave it empty");
        }
        else if (where is not null && _grids.All(grid => grid.Id != where))
        {
            row.Refuse(
                "grid", "no grid has this id", Resemblance.DidYouMean(where, _grids.Select(grid => grid.Id)));
        }

        if (days is not null && DayPattern.TryParse(days) is null)
        {
            row.Refuse(
                "days", "it must be days of the week (daily, mon-fri, 'sat sun') or a rotation of at most "
                + $"{DayPattern.CycleDaysMax} days (xx--: two on, two off)");
        }
        else if (until < since)
        {
            row.Refuse("until", "the last day must not be before the first");
        }
        else if ((who, days, hours, since) is ({ } id, { } pattern, { } span, { } first))
        {
            _shifts.Add(new Shift(id, where ?? "", pattern, span, first, until));
        }
    }

    private void ReadRung(CsvRow row)
    {
        var (to, text) = (row.Word("to", RosterRoles.Chain, required: true), row.Text("after", required: true));
        if (text is null || to is null)
        {
            return;
        }

        if (!TimeSpan.TryParseExact(text, RungTimes, CultureInfo.InvariantCulture, out var after) || after > RungMax)
        {
            row.Refuse("after", "it must be minutes and seconds after the start, such as 1:30, or hours: 1:00:00");
        }
        else if (_ladder.Count == 0 ? after != TimeSpan.Zero : after <= _ladder[^1].After)
        {
            row.Refuse("after", "the first rung is at 0:00, and each next one later than the one above");
        }
        else if (_ladder.Count == RungsMax)
        {
            row.Refuse("to", $"a ladder has at most {RungsMax} rungs");
        }
        else
        {
            _ladder.Add(new LadderRung(to, after));
        }
    }

    private bool IsKnown(string place) =>
        _site.Spaces.IsEmpty || _site.Spaces.Values.Any(space => Grid.Matches(place, space));

    private static string[] Words(string? text) =>
        text?.Split([' ', ',', ';', '|'], StringSplitOptions.RemoveEmptyEntries) ?? [];

    private static LobbyHours? Hours(CsvRow row, string column, bool required)
    {
        if (row.Text(column, required) is not { } text)
        {
            return null;
        }

        if (LobbyHours.TryParse(text) is { } hours)
        {
            return hours;
        }

        row.Refuse(column, "it must be two times of day, such as 07:00-19:00; 00:00-24:00 is the whole day");
        return null;
    }

    private static DateOnly? Day(CsvRow row, string column, bool required)
    {
        if (row.Text(column, required) is not { } text)
        {
            return null;
        }

        if (DateOnly.TryParseExact(text, Days, CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
        {
            return day;
        }

        row.Refuse(column, "it must be a day, such as 2026-11-22");
        return null;
    }
}
