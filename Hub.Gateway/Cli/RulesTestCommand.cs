using System.CommandLine;
using System.Globalization;
using System.IO.Compression;
using System.Text.Json;
using Hub.Gateway.Site;
using Hub.Rules.Backtest;
using Hub.Rules.Engine;
using Hub.Rules.Files;
using Hub.Rules.Packs;
using Hub.Rules.Trials;

namespace Hub.Gateway.Cli;

/// <summary>
/// <c>rules test</c>: a pack's trials; with <c>--data</c> a backtest over the rows of a CSV, and with <c>--from</c> or
/// <c>--journal</c> one over the running hub's journal, after which that very text may be activated there.
/// </summary>
internal static class RulesTestCommand
{
    private const int ReadingsANews = 500_000;

    public static Command Create()
    {
        var pack = RulesCheckCommands.PackArgument();
        var from = Day("--from", "Over the running hub's journal, and its history before that; counted from then.");
        var to = Day("--to", "And until then.");
        var journal = new Option<bool>("--journal") { Description = "Over the whole of the running hub's journal." };
        var data = new Option<FileInfo?>("--data")
        {
            Description = "Over the rows of a file instead: time,device,signal,value,unit[,received].",
            HelpName = "DATA.csv[.gz]",
        };
        var context = new Option<FileInfo?>("--context")
        {
            Description = "Who lived where in that file: device,state,start,end.",
            HelpName = "CSV",
        };
        var flags = new HubFlags();
        var (hub, language, json) = (HubClient.HubOption(), HubClient.LanguageOption(), HubClient.JsonOption());
        var command = new Command("test", "Runs a pack's trials, and backtests it against the rules in force.")
        {
            pack, from, to, journal, data, context, flags.Rules, hub, language, json,
        };
        command.SetAction(async (words, cancel) =>
        {
            var name = words.GetValue(pack)!;
            var show = new BacktestTable(words.GetValue(json), words.GetValue(language)!);
            var (read, code) = await RulesCheckCommands.OpenAsync(name, cancel);
            if (read is null)
            {
                return code;
            }

            try
            {
                var isOverJournal = words.GetValue(journal) || words.GetValue(from) is not null
                    || words.GetValue(to) is not null;
                var rows = words.GetValue(data);

                // One answer on standard output: the backtest's, if there is one.
                var asJson = show.AsJson && !isOverJournal && rows is null;
                if (await TryAsync(name, read, asJson, cancel) is not ExitCode.Ok and var failed)
                {
                    return failed;
                }

                if (rows is not null)
                {
                    var rules = SiteFolder.ReadRules(words.GetValue(flags.Rules)?.FullName);
                    return await OverRowsAsync(rules, read, rows, words.GetValue(context), show, cancel);
                }

                return isOverJournal
                    ? await OverJournalAsync(
                        words.GetValue(hub)!, name, words.GetValue(from), words.GetValue(to), show, cancel)
                    : ExitCode.Ok;
            }
            catch (Exception e) when (
                e is FaultyFilesException or IOException or UnauthorizedAccessException or ArgumentException)
            {
                await Console.Error.WriteLineAsync(e.Message);
                return ExitCode.Failure;
            }
        });
        return command;
    }

    /// <summary>The trials beside the pack, if there are any.</summary>
    private static async Task<int> TryAsync(string name, RulePack pack, bool asJson, CancellationToken cancel)
    {
        var path = Path.ChangeExtension(name, ".trials");
        var isKnown = DefaultPacks.All.Any(one => one.Id == name);
        var text = isKnown ? DefaultPacks.TrialsOf(name)
            : File.Exists(path) ? await File.ReadAllTextAsync(path, cancel)
            : "";
        var read = TrialFile.Read(Path.GetFileName(path), text, pack);
        if (read.Value is not { } file)
        {
            await Console.Error.WriteLineAsync(read.ToString());
            return ExitCode.CheckFailed;
        }

        var misses = file.Trials.SelectMany(trial => TrialRun.Misses(pack, trial)).ToList();
        if (asJson)
        {
            await Console.Out.WriteLineAsync(JsonSerializer.Serialize(
                new { ok = misses.Count == 0, trials = file.Trials.Count, misses }, JsonSerializerOptions.Web));
        }
        else
        {
            foreach (var miss in misses)
            {
                await Console.Error.WriteLineAsync($"{Path.GetFileName(path)}:{miss}");
            }

            var says = text.Length == 0 ? $"no trials: {Path.GetFileName(path)} is not there"
                : $"{file.Trials.Count} trials, {misses.Count} misses";
            await Console.Error.WriteLineAsync(says);
        }

        return misses.Count == 0 ? ExitCode.Ok : ExitCode.CheckFailed;
    }

    private static async Task<int> OverRowsAsync(
        RuleSet inForce, RulePack pack, FileInfo rows, FileInfo? context, BacktestTable show, CancellationToken cancel)
    {
        var backtest = new PackBacktest(inForce, pack, new BacktestTerms());
        long told = 0;
        var replay = new CsvReplay(RuleSet.From(), SignalMap.Default)
        {
            OnEntry = entry =>
            {
                cancel.ThrowIfCancellationRequested();
                backtest.Take(entry);
                if (backtest.Readings - told >= ReadingsANews)
                {
                    told = backtest.Readings;
                    Console.Error.WriteLine(BacktestTable.Progress(backtest.Readings, backtest.At, null));
                }
            },
        };
        using var data = Open(rows);
        using var stays = context is null ? null : Open(context);
        _ = replay.Run(data, stays).Count();
        return await show.WriteAsync(backtest.Report([]), TimeZoneInfo.Utc);
    }

    private static async Task<int> OverJournalAsync(
        Uri hub, string name, DateTimeOffset? from, DateTimeOffset? to, BacktestTable show, CancellationToken cancel)
    {
        var isKnown = DefaultPacks.All.Any(one => one.Id == name);
        var yaml = isKnown ? DefaultPacks.YamlOf(name) : await File.ReadAllTextAsync(name, cancel);
        using var client = new HubClient(hub, "en", show.AsJson, new InvocationConfiguration());
        var span = string.Concat(Query("from", from), Query("to", to));
        return await client.StreamAsync(
            $"api/v1/rules/backtests?name={Uri.EscapeDataString(Path.GetFileName(name))}{span}", yaml,
            async news =>
            {
                if (news.GetProperty("report") is { ValueKind: JsonValueKind.Object } report)
                {
                    if (news.GetProperty("historyUntil") is { ValueKind: JsonValueKind.String } until)
                    {
                        await Console.Error.WriteLineAsync(
                            $"before {until.GetDateTimeOffset():yyyy-MM-dd HH:mm} UTC out of the history");
                    }

                    return await show.WriteAsync(
                        report.Deserialize<BacktestReport>(JsonSerializerOptions.Web)!, TimeZoneInfo.Utc);
                }

                await Console.Error.WriteLineAsync(BacktestTable.Progress(
                    news.GetProperty("readings").GetInt64(),
                    news.GetProperty("at") is { ValueKind: JsonValueKind.String } at ? at.GetDateTimeOffset() : null,
                    news.GetProperty("share").GetDouble()));
                return ExitCode.Failure;
            },
            cancel);
    }

    private static string Query(string name, DateTimeOffset? at) => at is { } time
        ? $"&{name}={Uri.EscapeDataString(time.ToString("O", CultureInfo.InvariantCulture))}"
        : "";

    private static StreamReader Open(FileInfo file)
    {
        Stream stream = file.OpenRead();
        return new StreamReader(file.Extension == ".gz" ? new GZipStream(stream, CompressionMode.Decompress) : stream);
    }

    private static Option<DateTimeOffset?> Day(string name, string description) => new(name)
    {
        Description = description + " A day or an instant, such as 2026-11-22 or 2026-11-22T09:00+08:00.",
        HelpName = "DAY",
        CustomParser = argument =>
        {
            var at = InstantText.Parse(argument.Tokens[0].Value, TimeZoneInfo.Utc);
            if (at is null)
            {
                argument.AddError($"'{argument.Tokens[0].Value}' is no day; write it like 2026-11-22.");
            }

            return at;
        },
    };
}
