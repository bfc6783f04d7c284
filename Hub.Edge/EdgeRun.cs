using Hub.Edge.Pins;
using Hub.Edge.Setup;
using Hub.Edge.Supervision;
using Hub.Edge.Update;

namespace Hub.Edge;

/// <summary>The command <c>run</c>: one edge until it is told to stop; the service manager is kept informed.</summary>
internal static partial class EdgeRun
{
    private const string DataFolderDefault = "/var/lib/buildinghub-edge";

    public static async Task<int> RunAsync(EdgeArguments arguments, CancellationTokenSource stop)
    {
        using var loggers = LoggerFactory.Create(logging => logging
            .AddSimpleConsole(console => console.SingleLine = true)
            // Five lines for each look of the screen would bury what an engineer looks for.
            .AddFilter("Microsoft", LogLevel.Warning));
        try
        {
            var file = arguments.ConfigFile;
            var own = await File.ReadAllTextAsync(file, stop.Token);
            var asked = EdgeFile.Read(file, own);
            var folder = arguments.DataFolder ?? asked.Options?.DataFolder ?? DataFolderDefault;
            var starts = StartLedger.Begin(folder);
            var text = starts.Choose(own);
            var (options, faults) = starts.IsSafeMode ? EdgeFile.Read(file, text) : asked;
            if (options is null)
            {
                return Exit.Refused(faults);
            }

            if (starts.IsSafeMode)
            {
                Log.SafeMode(loggers.CreateLogger("edge"), StartLedger.QuickStartsMax, file);
            }

            var token = arguments.Token == "-" ? Console.In.ReadLine()?.Trim() : arguments.Token;
            options = options with
            {
                DataFolder = folder,
                Hub = options.Hub with { Token = token },
                ProgramVersion = VersionFolders.OfThisProgram(),
                Starts = starts.Starts,
                IsSafeMode = starts.IsSafeMode,
            };
            await using var host = new EdgeHost(options, TimeProvider.System, loggers);
            await host.StartAsync(stop.Token);
            if (host.KioskAddress is { } kiosk)
            {
                Console.WriteLine($"Kiosk: {kiosk}");
            }

            await AttendAsync(host, starts, text, stop.Token);
            starts.End();
            return Exit.Done;
        }
        catch (Exception e) when (e is GpioException or IOException or UnauthorizedAccessException)
        {
            Console.Error.WriteLine(e.Message);
            return Exit.Failed;
        }
    }

    private static async Task AttendAsync(EdgeHost host, StartLedger starts, string text, CancellationToken stop)
    {
        using var manager = ServiceManager.OfEnvironment();
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(stop);
        manager.Ready(host.StatusSentence);
        var attending = manager.AttendAsync(
            () => host.Stuck, () => host.StatusSentence, TimeProvider.System, ending.Token);
        var settling = SettleAsync(starts, text, ending.Token);
        try
        {
            await ConsoleSignals.WaitAsync(host.Completion, stop);
            manager.Stopping();
            await host.StopAsync(CancellationToken.None);
        }
        finally
        {
            await ending.CancelAsync();
            await Task.WhenAll(attending, settling);
        }
    }

    private static async Task SettleAsync(StartLedger starts, string text, CancellationToken stopping)
    {
        try
        {
            while (true)
            {
                await Task.Delay(StartLedger.SettleFor, TimeProvider.System, stopping);
                starts.Settle(text);
            }
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // Stopping.
        }
    }

    private static partial class Log
    {
        [LoggerMessage(7120, LogLevel.Error,
            "Safe mode: {Count} starts in a row did not last, so the configuration that last did is used, not {File}.")]
        public static partial void SafeMode(ILogger logger, int count, string file);
    }
}
