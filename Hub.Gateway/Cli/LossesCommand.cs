using System.CommandLine;
using System.Text.Json;

namespace Hub.Gateway.Cli;

/// <summary><c>losses</c>: what edges have counted and the hub has not got.</summary>
internal static class LossesCommand
{
    public static Command Create()
    {
        var edge = new Option<string?>("--edge") { Description = "Of this edge alone." };
        return HubClient.Set(
            new Command("losses", "Readings that edges have counted and the hub has not got; a resend fills them.")
            {
                edge,
            },
            (client, words, cancel) => client.GetAsync(
                words.GetValue(edge) is { } one ? $"api/v1/losses?edge={Uri.EscapeDataString(one)}" : "api/v1/losses",
                Lines,
                cancel));
    }

    private static IEnumerable<string> Lines(JsonElement answer) =>
    [
        $"{Text(answer, "missing")} are missing, {Text(answer, "refilled")} came later.",
        .. Table.Of(
        [
            ["EDGE", "EPOCH", "FROM", "TO", "AFTER", "BEFORE"],
            .. answer.GetProperty("items").EnumerateArray().Select(gap => new[]
            {
                Text(gap, "edge"), Text(gap, "epoch"), Text(gap, "from"), Text(gap, "to"), Text(gap, "after"),
                Text(gap, "before"),
            }),
        ]),
    ];

    private static string Text(JsonElement item, string name) => item.GetProperty(name).ToString();
}
