using System.Globalization;
using Hub.Rules.Files;

namespace Hub.Gateway.Roster;

/// <summary>
/// Reads a table of covers, and checks that they fit the people and the time: all of it is good, or every fault comes
/// back. Pure.
/// </summary>
/// <param name="sheet">Who there is.</param>
/// <param name="known">The covers that are written down.</param>
/// <param name="zone">The site's clocks.</param>
/// <param name="now">The present instant.</param>
/// <param name="options">The limits.</param>
public sealed class CoverReader(
    RosterSheet sheet, IReadOnlyList<Cover> known, TimeZoneInfo zone, DateTimeOffset now, RosterOptions options)
{
    // As spreadsheets write what people have typed in another way.
    private static readonly string[] Sheets = ["yyyy/M/d", "yyyy/M/d H:mm", "yyyy/M/d H:mm:ss", "yyyy-M-d H:mm"];

    private readonly HashSet<CoverPlan> _rows = [];
    private readonly List<CoverPlan> _fresh = [];

    /// <summary>Whether a file has covers in it, by its columns.</summary>
    public static bool IsFor(RosterFile file) =>
        CsvTable.Read(file.Text, new FaultList(file.Name), RosterReader.ShiftsMax)?.Columns
            .Contains(RosterTable.Covers.Mark) == true;

    /// <summary>Those that are not written down yet, or every fault.</summary>
    public Checked<IReadOnlyList<CoverPlan>> Read(RosterFile file)
    {
        var faults = new FaultList(file.Name);
        if (CsvTable.Read(file.Text, faults, options.CoversMax) is { } table)
        {
            table.Require(RosterTable.Covers.Required, RosterTable.Covers.Optional, faults);
            foreach (var row in table.Rows)
            {
                Take(row);
            }

            if (known.Count(cover => cover.To > now) + _fresh.Count > options.CoversMax)
            {
                faults.Add(
                    0, "", "", $"there may be at most {options.CoversMax} covers that hold or come", "take some back");
            }
        }

        return faults.Check<IReadOnlyList<CoverPlan>>(() => _fresh);
    }

    private void Take(CsvRow row)
    {
        var (absent, by) = (Person(row, "absent", required: true), Person(row, "by", required: false));
        var (from, to) = (Time(row, "from"), Time(row, "to"));
        if (absent is not null && absent == by)
        {
            row.Refuse("by", "it takes two people: this is the same one", "leave it empty if nobody stands in");
        }

        if ((absent, from, to) is not ({ } away, { } begin, { } end))
        {
            return;
        }

        var plan = new CoverPlan(away, by, begin, end);
        if (begin >= end)
        {
            row.Refuse("to", "the end must be after the beginning");
        }
        else if (!_rows.Add(plan))
        {
            row.Refuse("absent", "the same cover stands above", "leave one of the two out");
        }
        else if (known.Any(plan.Is))
        {
            // Handed in once more: nothing to do, whether it holds, comes or is over.
        }
        else if (end <= now)
        {
            row.Refuse("to", "it must be still ahead", "leave out what is over");
        }
        else if (end > now + options.CoverMax)
        {
            row.Refuse("to", $"it may be at most {options.CoverMax.TotalDays:0} days ahead");
        }
        else
        {
            _fresh.Add(plan);
        }
    }

    private string? Person(CsvRow row, string column, bool required)
    {
        if (row.Text(column, required) is not { } id)
        {
            return null;
        }

        if (sheet.Find(id) is null)
        {
            row.Refuse(
                column, "nobody in the roster has this id",
                Resemblance.DidYouMean(id, sheet.People.Select(person => person.Id)));
        }

        return id;
    }

    private DateTimeOffset? Time(CsvRow row, string column)
    {
        if (row.Text(column, required: true) is not { } text)
        {
            return null;
        }

        if (InstantText.Parse(text, zone) is { } instant)
        {
            return instant;
        }

        if (DateTime.TryParseExact(text, Sheets, CultureInfo.InvariantCulture, DateTimeStyles.None, out var wall))
        {
            return WallClock.Instant(wall, zone);
        }

        row.Refuse(column, "it must be a time on the site's clocks, such as 2026-12-24 07:00; a day alone is its 0:00");
        return null;
    }
}
