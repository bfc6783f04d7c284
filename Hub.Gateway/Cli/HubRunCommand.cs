using System.CommandLine;
using System.Net;
using Hub.Gateway.Ports;
using Hub.Gateway.Site;
using Hub.Gateway.Storage;

namespace Hub.Gateway.Cli;

/// <summary><c>hub run</c>: the hub in the foreground, until it is told to stop.</summary>
public static class HubRunCommand
{
    public static Command Create()
    {
        var flags = new HubFlags();
        flags.Data.Required = true;
        var command = new Command("run", "Runs the hub in the foreground; prints a line with 'ready' once it accepts.");
        flags.AddTo(command);
        command.SetAction((words, cancel) => RunAsync(
            () => flags.Read(words, words.GetValue(flags.Data)!.FullName),
            options => HubHost.Build(options, TimeProvider.System),
            "",
            cancel));
        return command;
    }

    /// <summary>Runs a hub in the foreground: options, lock, start, ready line, end. The exit code.</summary>
    /// <param name="read">The options, from the command line and the environment.</param>
    /// <param name="build">Makes the host; the demo adds its simulator.</param>
    /// <param name="more">What a host around it adds to the ready line.</param>
    /// <param name="cancel">Ends it.</param>
    public static async Task<int> RunAsync(
        Func<HubOptions> read, Func<HubOptions, WebApplication> build, string more, CancellationToken cancel)
    {
        // The parser listens for signals from the first time that this gives way; before that one kills the program.
        await Task.Yield();
        try
        {
            return await LockAndRunAsync(read(), build, more, cancel);
        }
        catch (Exception e) when (IsTold(e))
        {
            await Console.Error.WriteLineAsync(e.Message);
            return ExitCode.Failure;
        }
    }

    /// <summary>
    /// Words, files and disks that don't do: to be told in a line, whether the hub starts or, several rooms at once,
    /// puts its state away at the end. What isn't one of them is a bug.
    /// </summary>
    private static bool IsTold(Exception failure) => failure switch
    {
        AggregateException many => many.InnerExceptions.All(IsTold),
        FormatException or FaultyFilesException or IOException or UnauthorizedAccessException => true,
        _ => StorageSetup.IsFailure(failure),
    };

    private static async Task<int> LockAndRunAsync(
        HubOptions options, Func<HubOptions, WebApplication> build, string more, CancellationToken cancel)
    {

        // Sign-in comes later: until then nothing but this machine may reach the pages.
        if (!IPAddress.IsLoopback(options.Http.Address))
        {
            await Console.Error.WriteLineAsync(
                $"--http {options.Http} is open to others, and the pages have no sign-in yet; use 127.0.0.1.");
            return ExitCode.Usage;
        }

        var faults = PortRules.Faults(options).ToList();
        if (faults.Count > 0)
        {
            await Console.Error.WriteLineAsync(string.Join('\n', faults));
            return ExitCode.Usage;
        }

        if (FolderLock.Take(options.DataFolder, out var refusal) is not { } folder)
        {
            await Console.Error.WriteLineAsync(refusal);
            return ExitCode.Failure;
        }

        using (folder)
        {
            return await HubHost.RunAsync(build(options), more, cancel);
        }
    }
}
