using System.Globalization;
using Hub.Rules.Files;
using Hub.Rules.Site;

namespace Hub.Gateway.Units;

/// <summary>
/// A ledger as a table: <c>unit,state</c>, and as wished <c>since,owner,name,building,entrance,floor</c>. Pure.
/// </summary>
public static class LedgerFile
{
    public static readonly IReadOnlyList<string> Columns =
        ["unit", "state", "since", "owner", "name", "building", "entrance", "floor"];

    private const int RowsMax = 50_000;
    private const int FloorMin = -20;
    private const int FloorMax = 200;

    /// <summary>The lines, or everything that is wrong with the file.</summary>
    /// <param name="file">Its name, for the faults.</param>
    /// <param name="text">The whole of it.</param>
    /// <param name="zone">For days without an offset.</param>
    /// <param name="now">Nobody has moved out later than now.</param>
    /// <param name="site">What is known: a lobby can't be vacant.</param>
    public static Checked<IReadOnlyList<LedgerLine>> Read(
        string file, string text, TimeZoneInfo zone, DateTimeOffset now, SiteSnapshot site)
    {
        var faults = new FaultList(file);
        var lines = new List<LedgerLine>();
        var seen = new Dictionary<string, int>(StringComparer.Ordinal);
        if (CsvTable.Read(text, faults, RowsMax) is { } table)
        {
            table.Require(["unit", "state"], [.. Columns.Skip(2)], faults);
            foreach (var row in table.Rows)
            {
                var line = Read(row, table.Columns.Contains("owner"), zone, now);
                lines.Add(line);
                if (line.Unit.Id.Length > 0 && !seen.TryAdd(line.Unit.Id, row.Line))
                {
                    row.Refuse("unit", $"it stands in line {seen[line.Unit.Id]} already");
                }

                if (site.Spaces.GetValueOrDefault(line.Unit.Id) is { Kind: not SpaceKind.Unit })
                {
                    row.Refuse("unit", "that place is no unit", "leave it out");
                }
            }
        }

        return faults.Check<IReadOnlyList<LedgerLine>>(() => lines);
    }

    /// <summary>The ledger as such a file, in walking order; read again, nothing in it differs.</summary>
    public static string Write(
        IEnumerable<Space> units, IReadOnlyDictionary<string, string> owners, TimeZoneInfo zone)
    {
        var lines = WalkingOrder.Of(units).Select(unit => CsvText.Line(
            unit.Id, UnitWords.Of(unit.Occupancy), Written(unit.VacantSince, zone),
            owners.GetValueOrDefault(unit.Id, ""), unit.Name, unit.Building, unit.Entrance,
            unit.Floor?.ToString(CultureInfo.InvariantCulture) ?? ""));
        return CsvText.ByteOrderMark + CsvText.Line(Columns) + string.Concat(lines);
    }

    private static LedgerLine Read(CsvRow row, bool hasOwner, TimeZoneInfo zone, DateTimeOffset now)
    {
        var id = row.Id("unit", required: true) ?? "";
        var occupancy = UnitWords.Read(row.Word("state", UnitWords.Occupancies, required: true));
        var owner = row.Text("owner", charactersMax: UnitPolicy.OwnerCharsMax) ?? "";
        var unit = new Space(
            id, SpaceKind.Unit, row.Text("name") ?? id, row.Id("building") ?? "", row.Id("entrance") ?? "", Floor(row),
            occupancy ?? Occupancy.Occupied, Since(row, occupancy, zone, now));
        return new LedgerLine(unit, hasOwner ? owner : null);
    }

    private static DateTimeOffset? Since(CsvRow row, Occupancy? occupancy, TimeZoneInfo zone, DateTimeOffset now)
    {
        if (row.Text("since") is not { } text)
        {
            return null;
        }

        if (occupancy == Occupancy.Occupied)
        {
            row.Refuse("since", "an occupied unit is not vacant", "leave it empty");
            return null;
        }

        var since = InstantText.Parse(text, zone);
        if (since is null || since > now)
        {
            row.Refuse("since", "it is a day up to today, like 2026-05-03");
        }

        return since;
    }

    private static int? Floor(CsvRow row)
    {
        if (row.Text("floor") is not { } text)
        {
            return null;
        }

        if (int.TryParse(text, CultureInfo.InvariantCulture, out var floor) && floor is >= FloorMin and <= FloorMax)
        {
            return floor;
        }

        row.Refuse("floor", $"it is a whole number from {FloorMin} to {FloorMax}");
        return null;
    }

    /// <summary>A day where it began with one, the whole instant otherwise.</summary>
    private static string Written(DateTimeOffset? since, TimeZoneInfo zone)
    {
        if (since is not { } at)
        {
            return "";
        }

        var local = TimeZoneInfo.ConvertTime(at, zone);
        return local.ToString(
            local.TimeOfDay == TimeSpan.Zero ? "yyyy-MM-dd" : "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFzzz",
            CultureInfo.InvariantCulture);
    }
}
