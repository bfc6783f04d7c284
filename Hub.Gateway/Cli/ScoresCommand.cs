using System.CommandLine;
using Hub.Gateway.Site;
using Hub.Rules.Engine;

namespace Hub.Gateway.Cli;

/// <summary>
/// <c>scores</c>: replays every data set of a folder that has labels, and says how right the rules are on each.
/// </summary>
public static class ScoresCommand
{
    public static Command Create()
    {
        var data = new Option<DirectoryInfo>("--data")
        {
            Description = "A folder of data sets: folders, at any depth, with data.csv[.gz] and labels.csv.",
            HelpName = "FOLDER",
            Required = true,
        };
        var flags = new HubFlags();
        var command = new Command("scores", "Replays the labelled data sets of a folder and scores by event.")
        {
            data, flags.Rules,
        };
        command.SetAction(async (words, cancel) =>
        {
            try
            {
                var rules = SiteFolder.ReadRules(words.GetValue(flags.Rules)?.FullName);
                return await RunAsync(words.GetValue(data)!, rules, cancel);
            }
            catch (Exception e) when (
                e is FaultyFilesException or IOException or UnauthorizedAccessException or FormatException)
            {
                await Console.Error.WriteLineAsync(e.Message);
                return ExitCode.Failure;
            }
        });
        return command;
    }

    private static async Task<int> RunAsync(DirectoryInfo folder, RuleSet rules, CancellationToken cancel)
    {
        var sets = folder.EnumerateFiles("labels.csv", SearchOption.AllDirectories)
            .Select(labels => labels.Directory!)
            .OrderBy(set => set.FullName, StringComparer.Ordinal);
        foreach (var set in sets)
        {
            cancel.ThrowIfCancellationRequested();
            if (ScoredSet.Replay(set, rules) is { } scored)
            {
                var name = Path.GetRelativePath(folder.FullName, set.FullName);
                await Console.Out.WriteLineAsync(scored.Table(name));
            }
        }

        return ExitCode.Ok;
    }
}
