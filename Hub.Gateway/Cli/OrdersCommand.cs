using System.CommandLine;
using System.CommandLine.Parsing;
using System.Text.Json;

namespace Hub.Gateway.Cli;

/// <summary><c>orders</c>: what there is, what is done to it, what is behind it.</summary>
public static class OrdersCommand
{
    private static readonly string[] Columns = ["NUMBER", "STATE", "KIND", "SPACE", "STARTED", "BY", "NEXT"];

    private static readonly string[] Steps =
    [
        "accept", "arrive", "answer", "explain", "vendor", "commit", "appoint", "enlarge", "resolve", "override",
        "followup", "reopen", "cancel", "merge", "note", "undo",
    ];

    public static Command Create() => new("orders", "Work orders.") { List(), Raise(), Do(), Trace() };

    private static Command List()
    {
        var state = new Option<string>("--state")
        {
            Description = "open, followup or all.",
            DefaultValueFactory = _ => "open",
        };
        var space = new Option<string?>("--space") { Description = "Only of that place." };
        return HubClient.Set(
            new Command("list", "The newest 200 of them.") { state, space },
            (client, words, cancel) => client.GetAsync(
                $"api/v1/orders?limit=200&state={Uri.EscapeDataString(words.GetValue(state)!)}"
                + (words.GetValue(space) is { } place ? $"&space={Uri.EscapeDataString(place)}" : ""),
                page => Table.Of([Columns, .. page.GetProperty("items").EnumerateArray().Select(Row)]), cancel));
    }

    private static Command Raise()
    {
        Option<string> space = new("--space") { Description = "Where.", Required = true };
        Option<string> kind = new("--kind") { Description = "request, complaint, repair …", Required = true };
        Option<string> words = new("--words") { Description = "What is wanted.", Required = true };
        Option<string?> matter = new("--matter") { Description = "What tells it from another of its kind there." };
        Option<string?> priority = new("--priority") { Description = "notice, normal or urgent." };
        Option<DateTimeOffset?> at = new("--at") { Description = "When the customer called, if not now." };
        Option<DateTimeOffset?> appointed = new("--for") { Description = "When somebody is to be there, if not now." };
        return HubClient.Set(
            new Command("raise", "Writes down what somebody has asked for.")
            {
                space, kind, words, matter, priority, at, appointed,
            },
            (client, given, cancel) => client.SendAsync(
                HttpMethod.Post, "api/v1/orders",
                new
                {
                    space = given.GetValue(space),
                    kind = given.GetValue(kind),
                    words = given.GetValue(words),
                    matter = given.GetValue(matter),
                    priority = given.GetValue(priority),
                    at = given.GetValue(at),
                    appointedFor = given.GetValue(appointed),
                },
                Whole, cancel));
    }

    private static Command Do()
    {
        var id = new Argument<string>("id") { Description = "Its number (2026-11-0412) or id." };
        var step = new Argument<string>("step") { Description = "What is done." };
        step.AcceptOnlyFromAmong(Steps);
        var said = new Argument<string[]>("said")
        {
            Description = "What the step needs, as name=value: cause=pipe, remark='new seal'.",
            Arity = ArgumentArity.ZeroOrMore,
        };
        said.Validators.Add(Pairs);
        var at = new Option<DateTimeOffset?>("--at") { Description = "When it was done, if the hub hears of it late." };
        return HubClient.Set(
            new Command("do", "Takes a step on an order.") { id, step, said, at },
            (client, words, cancel) => client.SendAsync(
                HttpMethod.Post,
                $"api/v1/orders/{Uri.EscapeDataString(words.GetValue(id)!)}/"
                + Uri.EscapeDataString(words.GetValue(step)!)
                + (words.GetValue(at) is { } done ? $"?at={Uri.EscapeDataString(done.ToString("O"))}" : ""),
                (words.GetValue(said) ?? []).Select(one => one.Split('=', 2))
                    .ToDictionary(pair => pair[0], pair => Value(pair[0], pair[1])),
                Whole, cancel));
    }

    private static void Pairs(ArgumentResult said)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var text in said.Tokens.Select(token => token.Value))
        {
            var end = text.IndexOf('=', StringComparison.Ordinal);
            if (end < 1)
            {
                said.AddError($"'{text}' has no name; write it like cause=pipe.");
            }
            else if (!names.Add(text[..end]))
            {
                said.AddError($"{text[..end]} is there twice.");
            }
        }
    }

    private static object Value(string name, string text) =>
        name is "rating" or "into" && long.TryParse(text, out var number) ? number : text;

    private static string[] Row(JsonElement order)
    {
        var next = order.GetProperty("next");
        return
        [
            Text("number"), Text("state"), Text("kind"), Text("space"), Text("startedAt"),
            order.GetProperty("acceptedBy") is { ValueKind: JsonValueKind.Object } by
                ? by.GetProperty("id").GetString()!
                : "",
            next.ValueKind == JsonValueKind.Object ? $"{next.GetProperty("kind")} {next.GetProperty("dueAt")}" : "",
        ];

        string Text(string field) => order.GetProperty(field).GetString()!;
    }

    private static IEnumerable<string> Whole(JsonElement answer) =>
        Table.Of([Columns, Row(answer.GetProperty("order"))]);

    private static Command Trace()
    {
        var id = new Argument<string>("id") { Description = "Its number (2026-11-0412) or id." };
        var (hub, language, json) = (HubClient.HubOption(), HubClient.LanguageOption(), HubClient.JsonOption());
        var command = new Command("trace", "An order, its alarms, the rules behind them, and the readings.")
        {
            id, hub, language, json,
        };
        command.SetAction(async (words, cancel) =>
        {
            using var client = new HubClient(
                words.GetValue(hub)!, words.GetValue(language)!, words.GetValue(json),
                words.InvocationConfiguration);
            return await client.GetAsync(
                $"api/v1/orders/{Uri.EscapeDataString(words.GetValue(id)!)}/trace",
                trace => trace.GetProperty("lines").EnumerateArray().Select(line => line.GetString()!), cancel);
        });
        return command;
    }
}
