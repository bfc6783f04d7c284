using System.Globalization;
using Hub.Rules.Files;
using Hub.Rules.Site;

namespace Hub.Gateway.Facilities;

/// <summary>
/// The register as a table: <c>facility</c>, and as wished its name and place and the card's columns. A column that is
/// not there leaves what it would say as it is. Pure.
/// </summary>
public static class FacilityFile
{
    /// <summary>The card's columns, and what stands in them.</summary>
    public static readonly IReadOnlyList<(string Name, Func<FacilityCard, string> Of)> CardColumns =
    [
        ("type", card => card.Type), ("location", card => card.Location), ("maker", card => card.Maker),
        ("model", card => card.Model), ("serial", card => card.Serial),
        ("inservice", card => Written(card.InServiceOn)), ("inspection", card => Written(card.InspectionDueOn)),
        ("vendor", card => card.Vendor),
    ];

    public static readonly IReadOnlyList<string> Columns =
        ["facility", "name", "building", "entrance", "floor", .. CardColumns.Select(column => column.Name)];

    private const int RowsMax = 5_000;
    private const int FloorMin = -20;
    private const int FloorMax = 200;

    /// <summary>The lines, or everything that is wrong with the file.</summary>
    /// <param name="file">Its name, for the faults.</param>
    /// <param name="text">The whole of it.</param>
    /// <param name="site">What is known: a lobby is no facility.</param>
    /// <param name="register">The cards as they are.</param>
    /// <param name="vendors">The ids of the list.</param>
    public static Checked<IReadOnlyList<FacilityLine>> Read(
        string file, string text, SiteSnapshot site, IReadOnlyList<Facility> register, IReadOnlyList<string> vendors)
    {
        var faults = new FaultList(file);
        var lines = new List<FacilityLine>();
        var seen = new Dictionary<string, int>(StringComparer.Ordinal);
        var cards = register.ToDictionary(facility => facility.Space.Id, facility => facility.Card);
        if (CsvTable.Read(text, faults, RowsMax) is { } table)
        {
            table.Require(["facility"], [.. Columns.Skip(1)], faults);
            foreach (var row in table.Rows)
            {
                var id = row.Id("facility", required: true) ?? "";
                lines.Add(new FacilityLine(
                    Space(row, id),
                    Card(row, table.Columns, cards.GetValueOrDefault(id) ?? new FacilityCard(id), vendors)));
                if (id.Length > 0 && !seen.TryAdd(id, row.Line))
                {
                    row.Refuse("facility", $"it stands in line {seen[id]} already");
                }

                if (site.Spaces.GetValueOrDefault(id) is { Kind: not SpaceKind.Facility })
                {
                    row.Refuse("facility", "that place is no facility", "leave it out");
                }
            }
        }

        return faults.Check<IReadOnlyList<FacilityLine>>(() => lines);
    }

    /// <summary>The register as such a file; read again, nothing in it differs.</summary>
    public static string Write(IEnumerable<Facility> register) => CsvText.ByteOrderMark + CsvText.Line(Columns)
        + string.Concat(register.Select(facility => CsvText.Line(
        [
            facility.Space.Id, facility.Space.Name, facility.Space.Building, facility.Space.Entrance,
            facility.Space.Floor?.ToString(CultureInfo.InvariantCulture) ?? "",
            .. CardColumns.Select(column => column.Of(facility.Card)),
        ])));

    private static Space Space(CsvRow row, string id)
    {
        int? floor = null;
        if (row.Text("floor") is { } text)
        {
            floor = int.TryParse(text, CultureInfo.InvariantCulture, out var number) ? number : null;
            if (floor is null or < FloorMin or > FloorMax)
            {
                row.Refuse("floor", $"it is a whole number from {FloorMin} to {FloorMax}");
            }
        }

        return new Space(
            id, SpaceKind.Facility, row.Text("name", charactersMax: FacilityPolicy.TextCharsMax) ?? id,
            row.Id("building") ?? "", row.Id("entrance") ?? "", floor);
    }

    private static FacilityCard Card(
        CsvRow row, IReadOnlyList<string> columns, FacilityCard before, IReadOnlyList<string> vendors)
    {
        return before with
        {
            Type = columns.Contains("type") ? row.Word("type", FacilityPolicy.Types) ?? "other" : before.Type,
            Location = Text("location", before.Location),
            Maker = Text("maker", before.Maker),
            Model = Text("model", before.Model),
            Serial = Text("serial", before.Serial),
            InServiceOn = Day("inservice", before.InServiceOn),
            InspectionDueOn = Day("inspection", before.InspectionDueOn),
            Vendor = columns.Contains("vendor") ? row.Word("vendor", vendors) ?? "" : before.Vendor,
        };

        string Text(string column, string known) => columns.Contains(column)
            ? row.Text(column, charactersMax: FacilityPolicy.TextCharsMax) ?? ""
            : known;

        DateOnly? Day(string column, DateOnly? known)
        {
            if (!columns.Contains(column))
            {
                return known;
            }

            if (row.Text(column) is not { } text)
            {
                return null;
            }

            if (DateOnly.TryParseExact(
                text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
            {
                return day;
            }

            row.Refuse(column, "it is a day like 2026-05-03");
            return null;
        }
    }

    private static string Written(DateOnly? day) => day?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? "";
}
