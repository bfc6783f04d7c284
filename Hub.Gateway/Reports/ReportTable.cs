using System.Globalization;
using Hub.Rules.Files;

namespace Hub.Gateway.Reports;

/// <summary>One table of a report: what programs get as JSON and CSV, and people as a page.</summary>
/// <param name="Id">Its name: a key of the <c>table</c> words.</param>
/// <param name="Columns">Their names: keys of the <c>column</c> words.</param>
/// <param name="Rows">A number, a text, an instant, or null for unknown, in each column.</param>
public sealed record ReportTable(string Id, IReadOnlyList<string> Columns, IReadOnlyList<IReadOnlyList<object?>> Rows)
{
    /// <summary>As a table that spreadsheets open.</summary>
    public string ToCsv() =>
        CsvText.ByteOrderMark + CsvText.Line(Columns)
        + string.Concat(Rows.Select(row => CsvText.Line(row.Select(Text))));

    /// <summary>A cell as text; empty for unknown.</summary>
    public static string Text(object? cell) => cell switch
    {
        DateTimeOffset at => at.ToString("yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture),
        double number => Math.Round(number, 6).ToString(CultureInfo.InvariantCulture),
        IFormattable other => other.ToString(null, CultureInfo.InvariantCulture),
        _ => cell?.ToString() ?? "",
    };
}
