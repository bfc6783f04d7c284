using System.CommandLine;
using System.Text.Json;

namespace Hub.Gateway.Cli;

/// <summary><c>set-aside</c>: messages that could not become readings, and trying them again.</summary>
internal static class SetAsideCommand
{
    private const string Path = "api/v1/set-aside";

    public static Command Create() =>
        new("set-aside", "Messages that could not become readings.") { List(), Replay() };

    private static Command List()
    {
        var limit = new Option<int>("--limit")
        {
            Description = "How many at most, the newest first.",
            DefaultValueFactory = _ => 20,
        };
        return HubClient.Set(
            new Command("list", "The newest of them, each with its reason.") { limit },
            (client, words, cancel) => client.GetAsync(
                $"{Path}?limit={words.GetValue(limit)}",
                answer => Table.Of(
                [
                    ["NUMBER", "AT", "SOURCE", "KIND", "TAKEN", "REASON"],
                    .. answer.GetProperty("items").EnumerateArray().Select(Row),
                ]),
                cancel));
    }

    private static Command Replay()
    {
        var number = new Option<long?>("--number") { Description = "Only the one with this number." };
        var source = new Option<string?>("--source") { Description = "Only those that this client sent." };
        var kind = new Option<string?>("--kind") { Description = "Only Unreadable, Unknown or Impossible ones." };
        return HubClient.Set(
            new Command("replay", "Tries them again as they would be taken today; each reading is taken once.")
            {
                number, source, kind,
            },
            (client, words, cancel) => client.SendAsync(
                HttpMethod.Post,
                $"{Path}/replay",
                new
                {
                    number = words.GetValue(number),
                    source = words.GetValue(source),
                    kind = words.GetValue(kind),
                },
                answer => [Sentence(answer)],
                cancel));
    }

    private static string Sentence(JsonElement answer) =>
        $"Of {Text(answer, "messages")} messages {Text(answer, "taken")} gave {Text(answer, "readings")} readings.";

    private static string[] Row(JsonElement item) =>
    [
        Text(item, "number"), Text(item, "at"), Text(item, "source"), Text(item, "kind"), Text(item, "released"),
        Text(item, "reason"),
    ];

    private static string Text(JsonElement item, string name) => item.GetProperty(name).ToString();
}
