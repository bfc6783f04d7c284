using System.CommandLine;
using System.Globalization;
using System.Text.Json;

namespace Hub.Gateway.Cli;

/// <summary>
/// <c>rules</c>: a pack's life. Checking and trials need no hub; what is in force, and why, is the running hub's to
/// say.
/// </summary>
public static class RulesCommand
{
    public static Command Create() => new("rules", "Rule packs: check, test, activate, and ask why.")
    {
        RulesCheckCommands.Validate(), RulesCheckCommands.Show(), RulesTestCommand.Create(), List(), Activate(),
        Rollback(), DryRun(), WhyNot(), Scorecard(),
    };

    /// <summary>A file; null if it can't be read, with the reason to <paramref name="talk"/>.</summary>
    internal static async Task<string?> ReadAsync(FileInfo file, TextWriter talk, CancellationToken cancel)
    {
        try
        {
            return await File.ReadAllTextAsync(file.FullName, cancel);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            await talk.WriteLineAsync($"{file} can't be read: {e.Message}");
            return null;
        }
    }

    internal static Argument<FileInfo> PackArgument() =>
        new("pack") { Description = "The rule pack's file.", HelpName = "PACK.yaml" };

    private static Command List() => Asking(
        "list", "The active packs, their versions, and since when.", "api/v1/rules", packs => Table.Of(
        [
            ["PACK", "VERSION", "SINCE", "BY", "BEFORE", "TESTED", "RULES"],
            .. packs.EnumerateArray().Select(pack => new[]
            {
                Text(pack, "pack"), Text(pack, "version"), Text(pack, "since"), Text(pack, "by", "files"),
                Text(pack, "previous", "-"), pack.GetProperty("isTested").GetBoolean() ? "yes" : "no",
                pack.GetProperty("rules").GetArrayLength().ToString(CultureInfo.InvariantCulture),
            }),
        ]));

    private static Command DryRun() => Asking(
        "dry-run", "What the pack beside the live ones has said.", "api/v1/rules/dry-run", said =>
        [
            $"{Text(said, "pack")} version {Text(said, "version")} beside the live rules since {Text(said, "since")}: "
                + $"{Text(said, "raised")} alarms, {Text(said, "wouldOrder")} of them with an order",
            .. Table.Of(said.GetProperty("latest").EnumerateArray().Select(line => new[]
            {
                Text(line, "at"), Text(line, "what"), Text(line, "rule"), Text(line, "space"), Text(line, "sentence"),
            })),
        ]);

    private static Command Scorecard() => Asking(
        "scorecard", "What each rule's alarms were worth, by what people found.", "api/v1/rules/scorecards",
        cards => Table.Of(
        [
            ["RULE", "DETECTOR", "ORDERS", "REAL", "FALSE", "OPEN", "PRECISION", "DETECTED AFTER", "VISITS", "MINUTES"],
            .. cards.EnumerateArray().Select(card => new[]
            {
                Text(card, "rule"), Text(card, "detector"), Text(card, "orders"), Text(card, "real"),
                Text(card, "false"), Text(card, "unknown"), Text(card, "precision", "-"),
                card.GetProperty("detectSeconds") is { ValueKind: JsonValueKind.Number } seconds
                    ? $"{seconds.GetDouble() / 60:0.#} min"
                    : "-",
                Text(card, "visits"), Text(card, "visitMinutes"),
            }),
        ]));

    private static Command WhyNot()
    {
        var point = new Option<string>("--point")
        {
            Description = "The point: EDGE/DEVICE/SIGNAL.",
            Required = true,
        };
        var at = new Option<string>("--at")
        {
            Description = "The minute, such as 2026-11-22T03:10; without an offset on the site's clocks.",
            Required = true,
        };
        var (hub, language, json) = (HubClient.HubOption(), HubClient.LanguageOption(), HubClient.JsonOption());
        var command = new Command("why-not", "Why there was no alarm about a point at a time.")
        {
            point, at, hub, language, json,
        };
        command.SetAction(async (words, cancel) =>
        {
            using var client = new HubClient(
                words.GetValue(hub)!, words.GetValue(language)!, words.GetValue(json),
                words.InvocationConfiguration);
            return await client.GetAsync(
                $"api/v1/rules/why-not?point={Uri.EscapeDataString(words.GetValue(point)!)}"
                    + $"&at={Uri.EscapeDataString(words.GetValue(at)!)}",
                answer => answer.GetProperty("rules").EnumerateArray().Select(rule => Text(rule, "sentence")), cancel);
        });
        return command;
    }

    private static Command Activate()
    {
        var pack = PackArgument();
        var untested = new Option<bool>("--untested")
        {
            Description = "Without a backtest of this very text; say it only if you mean it.",
        };
        var dry = new Option<bool>("--dry-run")
        {
            Description = "Beside the live rules: what it says is kept and shown, and makes no order.",
        };
        var (hub, json) = (HubClient.HubOption(), HubClient.JsonOption());
        var command = new Command("activate", "Puts a tested pack in force on the running hub.")
        {
            pack, untested, dry, hub, json,
        };
        command.SetAction(async (words, cancel) =>
        {
            var file = words.GetValue(pack)!;
            if (await ReadAsync(file, words.InvocationConfiguration.Error, cancel) is not { } yaml)
            {
                return ExitCode.NotFound;
            }

            var isDry = words.GetValue(dry);
            using var client = new HubClient(
                words.GetValue(hub)!, "en", words.GetValue(json), words.InvocationConfiguration);
            return await client.PostAsync(
                $"api/v1/rules/activate?name={Uri.EscapeDataString(file.Name)}"
                    + $"&untested={words.GetValue(untested)}&dryRun={isDry}",
                yaml,
                _ => [isDry ? $"{file.Name} runs beside the live rules; 'rules dry-run' shows what it says."
                    : $"{file.Name} is in force; 'rules rollback' brings back the version before."],
                cancel);
        });
        return command;
    }

    private static Command Rollback()
    {
        var pack = new Argument<string>("id") { Description = "The pack's id." };
        var (hub, json) = (HubClient.HubOption(), HubClient.JsonOption());
        var command = new Command("rollback", "Puts the version before back in force.") { pack, hub, json };
        command.SetAction(async (words, cancel) =>
        {
            using var client = new HubClient(
                words.GetValue(hub)!, "en", words.GetValue(json), words.InvocationConfiguration);
            return await client.PostAsync(
                $"api/v1/rules/{Uri.EscapeDataString(words.GetValue(pack)!)}/rollback", "",
                answer => [$"{Text(answer, "pack")} version {Text(answer, "version")} is in force again."], cancel);
        });
        return command;
    }

    private static Command Asking(
        string name, string description, string path, Func<JsonElement, IEnumerable<string>> show)
    {
        var (hub, language, json) = (HubClient.HubOption(), HubClient.LanguageOption(), HubClient.JsonOption());
        var command = new Command(name, description) { hub, language, json };
        command.SetAction(async (words, cancel) =>
        {
            using var client = new HubClient(
                words.GetValue(hub)!, words.GetValue(language)!, words.GetValue(json),
                words.InvocationConfiguration);
            return await client.GetAsync(path, show, cancel);
        });
        return command;
    }

    internal static string Text(JsonElement of, string name, string otherwise = "") =>
        of.GetProperty(name) is { ValueKind: not JsonValueKind.Null } value ? value.ToString() : otherwise;
}
