using System.CommandLine;
using System.Text.Json;

namespace Hub.Gateway.Cli;

/// <summary><c>units</c>: the ledger of a running hub.</summary>
public static class UnitsCommand
{
    public static Command Create() => new("units", "The ledger: who lives where, and where nobody does.")
    {
        List(), Show(), MoveIn(), MoveOut(), Window(), Homecoming(), Import(), Export(),
    };

    private static Command List()
    {
        var state = new Option<string>("--state")
        {
            Description = "vacant, all, occupied, unsold, unlet, notMovedIn or custody.",
            DefaultValueFactory = _ => "vacant",
        };
        var after = new Option<string?>("--after") { Description = "Units after this one.", HelpName = "ID" };
        return HubClient.Set(new Command("list", "Units by id.") { state, after }, (client, words, cancel) =>
            client.GetAsync(
                $"api/v1/units?limit=200&state={Uri.EscapeDataString(words.GetValue(state)!)}"
                + (words.GetValue(after) is { } id ? $"&after={Uri.EscapeDataString(id)}" : ""),
                page => Table.Of(
                [
                    ["UNIT", "STATE", "SINCE", "DAYS", "OWNER", "WINDOW", "ORDERS"],
                    .. page.GetProperty("items").EnumerateArray().Select(Row),
                ]).Concat(page.GetProperty("next").ValueKind == JsonValueKind.Null
                    ? []
                    : [$"More with --after {AccessCall.Text(page, "next")}."]),
                cancel));
    }

    private static Command Show() => Of("show", "One unit with its history.", (client, unit, _, cancel) =>
        client.GetAsync($"api/v1/units/{unit}", Lines, cancel));

    private static Command MoveIn()
    {
        var at = At();
        return Of("move-in", "Somebody lives there; the rules switch at once.", (client, unit, words, cancel) =>
            client.SendAsync(
                HttpMethod.Post, $"api/v1/units/{unit}/move-in", new { at = words.GetValue(at) }, Lines, cancel), at);
    }

    private static Command MoveOut()
    {
        var state = new Argument<string>("STATE") { Description = "unsold, unlet, notMovedIn or custody." };
        var at = At();
        var command = Of("move-out", "Nobody lives there; the rules switch at once.", (client, unit, words, cancel) =>
            client.SendAsync(
                HttpMethod.Post, $"api/v1/units/{unit}/move-out",
                new { state = words.GetValue(state), at = words.GetValue(at) }, Lines, cancel), at);
        command.Arguments.Add(state);
        return command;
    }

    private static Command Window()
    {
        var reason = new Argument<string>("REASON")
        {
            Description = "inspection, viewing, cleaning, flushing, renovation or homecoming.",
        };
        var from = new Argument<DateTimeOffset>("FROM") { Description = "Its first instant." };
        var to = new Argument<DateTimeOffset>("TO") { Description = "The first instant after it." };
        var withdraw = new Option<bool>("--withdraw") { Description = "It ends now, or never begins." };
        var command = Of("window", "Somebody will be there: the rules expect it.", (client, unit, words, cancel) =>
            client.SendAsync(
                HttpMethod.Post, $"api/v1/units/{unit}/windows{(words.GetValue(withdraw) ? "/withdraw" : "")}",
                new { from = words.GetValue(from), to = words.GetValue(to), reason = words.GetValue(reason) },
                Lines, cancel), withdraw);
        command.Arguments.Add(reason);
        command.Arguments.Add(from);
        command.Arguments.Add(to);
        return command;
    }

    private static Command Homecoming()
    {
        var arrives = new Argument<DateTimeOffset>("ARRIVES") { Description = "When the owner comes." };
        var command = Of(
            "homecoming", "The owner comes home: air, clean, flush and check are ordered, each at its time.",
            (client, unit, words, cancel) => client.SendAsync(
                HttpMethod.Post, $"api/v1/units/{unit}/homecoming", new { arrivesAt = words.GetValue(arrives) },
                plan => Table.Of(
                [
                    ["STEP", "DUE", "ORDER"],
                    .. plan.GetProperty("steps").EnumerateArray().Select(step => new[]
                    {
                        AccessCall.Text(step, "what"), AccessCall.Text(step, "dueAt"), AccessCall.Text(step, "order"),
                    }),
                ]),
                cancel));
        command.Arguments.Add(arrives);
        return command;
    }

    private static Command Import()
    {
        var file = new Argument<FileInfo>("FILE")
        {
            Description = "unit,state[,since,owner,name,building,entrance,floor].",
        };
        var apply = new Option<bool>("--apply") { Description = "Make the ledger what the file says." };
        return HubClient.Set(
            new Command("import", "Compares a table with the ledger: added, changed, missing.") { file, apply },
            (client, words, cancel) => client.SendFileAsync(
                $"api/v1/units/import?apply={(words.GetValue(apply) ? "true" : "false")}"
                    + $"&file={Uri.EscapeDataString(words.GetValue(file)!.Name)}",
                words.GetValue(file)!, "text/csv", Differences, cancel));
    }

    private static Command Export() => HubClient.Set(
        new Command("export", "The ledger as a table that can be imported again."),
        (client, _, cancel) => client.CopyAsync("api/v1/units/ledger.csv", cancel));

    private static Option<DateTimeOffset?> At() =>
        new("--at") { Description = "Since when; now if left out.", HelpName = "TIME" };

    private static Command Of(
        string name, string description, Func<HubClient, string, ParseResult, CancellationToken, Task<int>> ask,
        params Option[] options)
    {
        var unit = new Argument<string>("UNIT") { Description = "The unit's id: b1-e2-0301." };
        var command = new Command(name, description) { unit };
        foreach (var option in options)
        {
            command.Options.Add(option);
        }

        return HubClient.Set(command, (client, words, cancel) =>
            ask(client, Uri.EscapeDataString(words.GetValue(unit)!), words, cancel));
    }

    private static IEnumerable<string> Differences(JsonElement diff)
    {
        foreach (var unit in diff.GetProperty("added").EnumerateArray())
        {
            yield return $"+ {unit.GetString()}";
        }

        foreach (var change in diff.GetProperty("changed").EnumerateArray())
        {
            yield return $"~ {AccessCall.Text(change, "unit")}: "
                + string.Join(", ", Changed(change, "state", "newState")
                    .Concat(Changed(change, "since", "newSince")).Concat(Changed(change, "owner", "newOwner")));
        }

        foreach (var unit in diff.GetProperty("missing").EnumerateArray())
        {
            yield return $"? {unit.GetString()} is not in the file; it stays.";
        }

        yield return $"{diff.GetProperty("same").GetInt32()} the same. "
            + (diff.GetProperty("applied").GetBoolean() ? "Applied." : "Nothing changed; --apply does it.");
    }

    private static IEnumerable<string> Changed(JsonElement change, string before, string after)
    {
        if (change.GetProperty(after).ValueKind != JsonValueKind.Null)
        {
            yield return $"{before} {AccessCall.Text(change, before)} -> {AccessCall.Text(change, after)}";
        }
    }

    private static IEnumerable<string> Lines(JsonElement answer) => Table.Of(
    [
        ["UNIT", "STATE", "SINCE", "DAYS", "OWNER", "WINDOW", "ORDERS"],
        Row(answer.GetProperty("unit")),
    ]).Append("").Concat(Table.Of(
    [
        ["STATE", "SINCE", "NOTED", "BY"],
        .. answer.GetProperty("history").EnumerateArray().Select(move => new[]
        {
            AccessCall.Text(move, "state"), AccessCall.Text(move, "at"), AccessCall.Text(move, "notedAt"),
            AccessCall.Text(move, "by"),
        }),
    ]));

    private static string[] Row(JsonElement unit) =>
    [
        AccessCall.Text(unit, "id"), AccessCall.Text(unit, "state"), AccessCall.Text(unit, "since"),
        AccessCall.Text(unit, "daysVacant"), AccessCall.Text(unit, "owner"),
        string.Join(
            ", ", unit.GetProperty("windows").EnumerateArray().Select(window => AccessCall.Text(window, "reason"))),
        string.Join(", ", unit.GetProperty("orders").EnumerateArray().Select(order => order.GetString())),
    ];
}
