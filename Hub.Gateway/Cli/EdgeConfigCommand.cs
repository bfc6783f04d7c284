using System.CommandLine;
using System.Globalization;
using System.Text.Json;

namespace Hub.Gateway.Cli;

/// <summary><c>devices config</c>: what an edge is to run with, and what it says to that.</summary>
internal static class EdgeConfigCommand
{
    private const int WaitSeconds = 10;

    public static Command Create()
    {
        var edge = new Argument<string>("EDGE") { Description = "The edge's id." };
        var file = new Option<FileInfo?>("--file")
        {
            Description = "The configuration to send, as JSON (Hub.Edge/README.md); it has a version of its own.",
            HelpName = "FILE",
        };
        var clear = new Option<bool>("--clear")
        {
            Description = "Nothing is wanted of it any more; it goes on with what it has.",
        };
        var noWait = new Option<bool>("--no-wait")
        {
            Description = $"Don't wait for the edge's answer ({WaitSeconds} s at most); 0 says that it was sent.",
        };
        var command = new Command(
            "config",
            "Shows what an edge is to run with, sends it, or takes it back. Ends with 0 if it is in force (or nothing "
            + "is wanted), 7 if it is refused, 8 if the edge is away or has not answered yet.")
        {
            edge, file, clear, noWait,
        };
        command.Validators.Add(words =>
        {
            if (words.GetValue(file) is not null && words.GetValue(clear))
            {
                words.AddError("--file sends one and --clear takes it back: say one of them.");
            }
        });
        return HubClient.Set(command, async (client, words, cancel) =>
        {
            var path = $"api/v1/devices/{Uri.EscapeDataString(words.GetValue(edge)!)}/config";
            if (words.GetValue(file) is not { } sent)
            {
                var method = words.GetValue(clear) ? HttpMethod.Delete : HttpMethod.Get;
                return await client.AskAsync(method, path, null, Lines, CodeOf, cancel);
            }

            if (!sent.Exists)
            {
                await client.Talk.WriteLineAsync($"There is no file {sent.FullName}.");
                return ExitCode.NotFound;
            }

            var wait = words.GetValue(noWait) ? 0 : WaitSeconds;
            return await client.AskAsync(
                HttpMethod.Put, $"{path}?wait={wait}&file={Uri.EscapeDataString(sent.Name)}",
                await File.ReadAllBytesAsync(sent.FullName, cancel), Lines,
                answer => wait == 0 ? ExitCode.Ok : CodeOf(answer), cancel);
        });
    }

    private static int CodeOf(JsonElement answer) => AccessCall.Text(answer, "state") switch
    {
        "none" or "in-force" => ExitCode.Ok,
        "refused" => ExitCode.CheckFailed,
        _ => ExitCode.Pending,
    };

    private static IEnumerable<string> Lines(JsonElement answer)
    {
        var (edge, reported) = (AccessCall.Text(answer, "edge"), AccessCall.Text(answer, "reported"));
        yield return edge + ": " + AccessCall.Text(answer, "state") switch
        {
            "none" => "nothing is wanted of it",
            "in-force" => "in force",
            "refused" => "refused; the configuration before stays",
            "waiting" => "sent; it has not answered yet",
            _ => "sent; the edge is away, and gets it when it comes",
        };
        if (answer.GetProperty("since") is { ValueKind: JsonValueKind.String } since)
        {
            var wanted = AccessCall.Text(answer, "wanted") is { Length: > 0 } version ? version : "nothing";
            yield return $"wanted   {wanted}, since {Moment(since)}, by {AccessCall.Text(answer, "by")}";
        }

        yield return answer.GetProperty("reportedAt") is { ValueKind: JsonValueKind.String } reportedAt
            ? $"reported {reported}, since {Moment(reportedAt)}"
            : "reported not yet";
        foreach (var fault in answer.GetProperty("faults").EnumerateArray())
        {
            yield return $"  {fault.GetString()}";
        }
    }

    private static string Moment(JsonElement at) => string.Create(
        CultureInfo.InvariantCulture, $"{at.GetDateTimeOffset().UtcDateTime:yyyy-MM-dd HH:mm:ss} UTC");
}
