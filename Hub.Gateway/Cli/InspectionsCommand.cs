using System.CommandLine;
using System.Text.Json;

namespace Hub.Gateway.Cli;

/// <summary><c>inspections</c>: the rounds of a running hub.</summary>
public static class InspectionsCommand
{
    public static Command Create() => new("inspections", "Monthly rounds through the units where nobody lives.")
    {
        Rounds(), Begin(), Round(), Show(), Findings(), Recheck(), Sample(),
    };

    private static Command Rounds() => HubClient.Set(
        new Command("rounds", "The rounds, the newest first."),
        (client, _, cancel) => client.GetAsync(
            "api/v1/rounds",
            rounds => Table.Of(
            [
                ["ROUND", "BEGUN", "BY", "DONE", "UNITS"],
                .. rounds.EnumerateArray().Select(round => Row(round, "id", "begunAt", "by", "done", "stops")),
            ]),
            cancel));

    private static Command Begin()
    {
        var building = new Option<string?>("--building") { Description = "Of this building alone.", HelpName = "ID" };
        return HubClient.Set(
            new Command("begin", "This month's round, begun if it is not there yet.") { building },
            (client, words, cancel) => client.PostAsync(
                "api/v1/rounds" + (words.GetValue(building) is { } id ? $"?building={Uri.EscapeDataString(id)}" : ""),
                "", Stops, cancel));
    }

    private static Command Round() => Of("round", "A round in walking order.", (client, id, _, cancel) =>
        client.GetAsync($"api/v1/rounds/{id}", Stops, cancel));

    private static Command Show() => Of("show", "One inspection.", (client, id, _, cancel) =>
        client.GetAsync($"api/v1/inspections/{id}", Lines, cancel));

    private static Command Findings() => HubClient.Set(
        new Command("findings", "What was found and is not good yet, the oldest first."),
        (client, _, cancel) => client.GetAsync(
            "api/v1/findings",
            findings => Table.Of(
            [
                ["ID", "UNIT", "ITEM", "CATEGORY", "FOUND", "ORDER", "WORDS"],
                .. findings.EnumerateArray().Select(one =>
                    Row(one, "id", "unit", "item", "category", "foundAt", "order", "words")),
            ]),
            cancel));

    private static Command Recheck() => Verdict(
        "recheck", "Somebody has looked again at a finding.", id => $"api/v1/findings/{id}/recheck",
        _ => ["Noted on the record."]);

    private static Command Sample() => Verdict(
        "sample", "Quality has looked again at an inspection.", id => $"api/v1/inspections/{id}/sample", Lines);

    private static Command Verdict(
        string name, string description, Func<string, string> path, Func<JsonElement, IEnumerable<string>> show)
    {
        var good = new Option<bool>("--good") { Description = "It is as it should be; without it, it is not." };
        var said = new Option<string>("--words") { Description = "What was seen.", DefaultValueFactory = _ => "" };
        return Of(
            name, description,
            (client, id, words, cancel) => client.SendAsync(
                HttpMethod.Post, path(id), new { good = words.GetValue(good), words = words.GetValue(said) }, show,
                cancel),
            good, said);
    }

    private static Command Of(
        string name, string description, Func<HubClient, string, ParseResult, CancellationToken, Task<int>> ask,
        params Option[] options)
    {
        var id = new Argument<string>("ID") { Description = "Its id." };
        var command = new Command(name, description) { id };
        foreach (var option in options)
        {
            command.Options.Add(option);
        }

        return HubClient.Set(command, (client, words, cancel) =>
            ask(client, Uri.EscapeDataString(words.GetValue(id)!), words, cancel));
    }

    private static IEnumerable<string> Stops(JsonElement answer) => Table.Of(
    [
        ["UNIT", "NAME", "ENTRANCE", "FLOOR", "STATE", "LAST", "INSPECTIONS"],
        .. answer.GetProperty("stops").EnumerateArray().Select(stop => Row(
                stop, "unit", "name", "entrance", "floor", "state", "lastAt")
            .Append(string.Join(", ", stop.GetProperty("inspections").EnumerateArray().Select(id => id.GetString())))
            .ToArray()),
    ]);

    private static IEnumerable<string> Lines(JsonElement inspection)
    {
        var report = inspection.GetProperty("report");
        yield return string.Join(' ', [.. Row(report, "unit", "at"), AccessCall.Text(inspection, "by")]);
        foreach (var line in Table.Of(report.GetProperty("answers").EnumerateArray()
            .Select(answer => Row(answer, "item", "result", "category", "words"))))
        {
            yield return line;
        }

        foreach (var photo in inspection.GetProperty("photos").EnumerateArray())
        {
            yield return $"photo {AccessCall.Text(photo, "sha256")} "
                + $"{AccessCall.Text(photo, "offset")}/{AccessCall.Text(photo, "bytes")}";
        }

        foreach (var finding in inspection.GetProperty("findings").EnumerateArray())
        {
            yield return $"finding {AccessCall.Text(finding, "id")} {AccessCall.Text(finding, "item")}: order "
                + $"{AccessCall.Text(finding, "order")}, "
                + (finding.GetProperty("isOpen").GetBoolean() ? "not good yet" : "good");
        }
    }

    private static string[] Row(JsonElement one, params string[] members) =>
        [.. members.Select(member => AccessCall.Text(one, member))];
}
