using System.CommandLine;

namespace Hub.Gateway.Cli;

/// <summary>The program's nouns and verbs. Standard output is for data, standard error for talk.</summary>
public static class CommandLine
{
    /// <param name="output">Where data goes, if not to standard output; bytes go to its stream.</param>
    /// <param name="talk">Where the talk with a running hub goes, if not to standard error.</param>
    /// <param name="asked">Cancelled when it is to end.</param>
    public static async Task<int> RunAsync(
        string[] args, StreamWriter? output = null, TextWriter? talk = null, CancellationToken asked = default)
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
        return await RunAsync(root, args, output, talk, asked);
    }

    /// <summary>
    /// How long a program may take to end after SIGTERM, before it is ended with 143: a hub puts its state away, on a
    /// slow disk too, and the host gives its rooms half a minute.
    /// </summary>
    private static readonly TimeSpan EndMax = TimeSpan.FromSeconds(60);

    /// <summary>Runs a command line; words that don't fit end with exit code 2 and a hint on standard error.</summary>
    public static async Task<int> RunAsync(
        RootCommand root, string[] args, TextWriter? output = null, TextWriter? talk = null,
        CancellationToken asked = default)
    {
        talk ??= Console.Error;
        var words = root.Parse(args);
        if (words.Errors.Count > 0)
        {
            foreach (var error in words.Errors)
            {
                await talk.WriteLineAsync(error.Message);
            }

            await talk.WriteLineAsync("--help says what fits.");
            return ExitCode.Usage;
        }

        var console = new InvocationConfiguration
        {
            Output = output ?? Console.Out,
            Error = talk,
            EnableDefaultExceptionHandler = false,
            ProcessTerminationTimeout = null,
        };
        var running = words.InvokeAsync(console, asked);
        try
        {
            await Task.WhenAny(running, Task.Delay(Timeout.Infinite, asked));
            return await running.WaitAsync(
                asked.IsCancellationRequested ? EndMax : Timeout.InfiniteTimeSpan, CancellationToken.None);
        }
        catch (Exception e) when (
            asked.IsCancellationRequested && e is OperationCanceledException or TimeoutException)
        {
            return EndSignals.ExitCode;
        }
    }
}
