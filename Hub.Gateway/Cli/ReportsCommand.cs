using System.CommandLine;
using System.Text.Json;

namespace Hub.Gateway.Cli;

/// <summary><c>reports show</c> and <c>sla report</c>: a month in tables.</summary>
public static class ReportsCommand
{
    public static Command Create()
    {
        var name = new Argument<string>("NAME") { Description = "sla, care, workload, custody or meters." };
        var show = Show("show", "A month's report.", words => words.GetValue(name)!);
        show.Arguments.Add(name);
        return new Command("reports", "A month in tables.") { show };
    }

    public static Command CreateSla() => new("sla", "Whether promises are kept.")
    {
        Show("report", "A month's 5341 promises: each clock, the 5 minutes by entrance, hour and cause.", _ => "sla"),
    };

    private static Command Show(string verb, string description, Func<ParseResult, string> name)
    {
        var month = new Option<string?>("--month") { Description = "Like 2026-11; this one if left out." };
        var owner = new Option<string?>("--owner") { Description = "Of custody: one owner's file number." };
        var table = new Option<string?>("--table") { Description = "With --csv: which table; else the first." };
        var csv = new Option<bool>("--csv") { Description = "One table as CSV on standard output." };
        return HubClient.Set(new Command(verb, description) { month, owner, table, csv }, (client, words, cancel) =>
        {
            var format = words.GetValue(csv) ? "csv" : "json";
            var path = $"api/v1/reports/{Uri.EscapeDataString(name(words))}?format={format}"
                + Query("month", words.GetValue(month)) + Query("owner", words.GetValue(owner))
                + Query("table", words.GetValue(table));
            return words.GetValue(csv) ? client.CopyAsync(path, cancel) : client.GetAsync(path, Lines, cancel);
        });
    }

    private static string Query(string name, string? value) =>
        value is null ? "" : $"&{name}={Uri.EscapeDataString(value)}";

    private static IEnumerable<string> Lines(JsonElement report)
    {
        foreach (var table in report.GetProperty("tables").EnumerateArray())
        {
            yield return AccessCall.Text(table, "id").ToUpperInvariant();
            foreach (var line in Table.Of(table.GetProperty("rows").EnumerateArray().Select(Cells)
                .Prepend(Cells(table.GetProperty("columns")))))
            {
                yield return "  " + line;
            }
        }
    }

    private static string[] Cells(JsonElement row) => [.. row.EnumerateArray().Select(cell => cell.ToString())];
}
