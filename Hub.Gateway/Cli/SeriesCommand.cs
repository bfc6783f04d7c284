using System.CommandLine;
using System.Text.Json;

namespace Hub.Gateway.Cli;

/// <summary><c>series</c>: what the hub has measured.</summary>
internal static class SeriesCommand
{
    public static Command Create() => new("series", "The readings that a hub keeps.") { Export(), Backfill() };

    private static Command Export()
    {
        var device = Text("--device", "The device, as /api/v1/readings takes it; without one, every point.", "NAME");
        var signal = Text("--signal", "Its signal, such as water.volume.", "NAME");
        var from = Text("--from", "The first instant, such as 2026-11-21T08:00:00Z.", "TIME");
        var to = Text("--to", "The first instant that is not asked for.", "TIME");
        var format = new Option<string>("--format")
        {
            Description = "csv, or lines for InfluxDB's line protocol.",
            DefaultValueFactory = _ => "csv",
        };
        format.AcceptOnlyFromAmong("csv", "lines");
        var command = new Command("export", "Readings on standard output, exactly as they are kept.")
        {
            device, signal, from, to, format,
        };
        return HubClient.Set(command, (client, words, cancel) =>
        {
            var asked = new[] { ("device", device), ("signal", signal), ("from", from), ("to", to) }
                .Where(one => words.GetValue(one.Item2) is not null)
                .Select(one => $"&{one.Item1}={Uri.EscapeDataString(words.GetValue(one.Item2)!)}");
            return client.CopyAsync($"api/v1/export?format={words.GetValue(format)}{string.Concat(asked)}", cancel);
        });
    }

    private static Command Backfill()
    {
        var from = Text("--from", "The first instant; without one, as far back as readings are kept.", "TIME");
        var to = Text("--to", "The first instant that is not sent.", "TIME");
        var status = new Option<bool>("--status") { Description = "Only say how far it is." };
        var command = new Command("backfill", "Sends the readings that the hub keeps to InfluxDB again.")
        {
            from, to, status,
        };
        const string Path = "api/v1/series/backfill";
        return HubClient.Set(command, (client, words, cancel) =>
        {
            var asked = new[] { ("from", from), ("to", to) }
                .Where(one => words.GetValue(one.Item2) is not null)
                .Select(one => $"{one.Item1}={Uri.EscapeDataString(words.GetValue(one.Item2)!)}");
            return words.GetValue(status)
                ? client.GetAsync(Path, Lines, cancel)
                : client.PostAsync($"{Path}?{string.Join('&', asked)}", "", Lines, cancel);
        });

        static IEnumerable<string> Lines(JsonElement answer) =>
        [
            $"{answer.GetProperty("state").GetString()}: {answer.GetProperty("pointsDone")} of "
                + $"{answer.GetProperty("points")} points, {answer.GetProperty("sent")} readings sent, "
                + $"{answer.GetProperty("refused")} refused. {answer.GetProperty("trouble")}".TrimEnd(),
        ];
    }

    private static Option<string?> Text(string name, string description, string help) =>
        new(name) { Description = description, HelpName = help };
}
