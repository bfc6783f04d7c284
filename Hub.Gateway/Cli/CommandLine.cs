using System.CommandLine;

namespace Hub.Gateway.Cli;

/// <summary>The program's nouns and verbs. Standard output is for data, standard error for talk.</summary>
public static class CommandLine
{
    public static async Task<int> RunAsync(string[] args)
    {
        var root = new RootCommand("BuildingHub: one small machine that watches a residential compound.")
        {
            new Command("hub", "The hub itself.") { HubRunCommand.Create(), CheckConfigCommand.Create() },
            DevicesCommand.Create(),
            AccountsCommand.Create(),
            SetAsideCommand.Create(),
            JournalCommand.Create(),
            LossesCommand.Create(),
            ReplayCommand.Create(),
            RulesCommand.Create(),
            OrdersCommand.Create(),
            UnitsCommand.Create(),
            FacilitiesCommand.Create(),
            VendorsCommand.Create(),
            InspectionsCommand.Create(),
            ReportsCommand.Create(),
            ReportsCommand.CreateSla(),
            NotifyCommand.Create(),
            RosterCommand.Create(),
            ScoresCommand.Create(),
            SeriesCommand.Create(),
            BackupCommand.Create(),
        };
        return await RunAsync(root, args);
    }

    /// <summary>
    /// How long a program may take to end after SIGTERM, before it is ended with 143. The parser's own two seconds
    /// would cut off a hub that puts its state away on a slow disk; the host gives its rooms half a minute.
    /// </summary>
    private static readonly TimeSpan EndMax = TimeSpan.FromSeconds(60);

    /// <summary>Runs a command line; words that don't fit end with exit code 2 and a hint on standard error.</summary>
    public static async Task<int> RunAsync(RootCommand root, string[] args)
    {
        var words = root.Parse(args);
        if (words.Errors.Count > 0)
        {
            foreach (var error in words.Errors)
            {
                await Console.Error.WriteLineAsync(error.Message);
            }

            await Console.Error.WriteLineAsync("--help says what fits.");
            return ExitCode.Usage;
        }

        return await words.InvokeAsync(new InvocationConfiguration
        {
            EnableDefaultExceptionHandler = false,
            ProcessTerminationTimeout = EndMax,
        });
    }
}
