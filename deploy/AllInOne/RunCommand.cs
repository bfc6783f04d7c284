using System.CommandLine;
using Hub.Edge;
using Hub.Edge.Setup;
using Hub.Gateway;
using Hub.Gateway.Cli;

namespace Hub.AllInOne;

/// <summary><c>run</c>: a real small site on one Raspberry Pi, the hub and its only edge in one process.</summary>
internal static class RunCommand
{
    public static Command Create()
    {
        var flags = new HubFlags();
        flags.Data.Required = true;
        var edge = new Option<FileInfo>("--edge")
        {
            Description = "The edge's own file: its pins, its kiosk.",
            HelpName = "edge.yaml",
            Required = true,
        };
        var command = new Command("run", "Runs the hub and one edge for a real site, in the foreground.") { edge };
        flags.AddTo(command);
        command.SetAction((words, cancel) => HubRunCommand.RunAsync(
            () => flags.Read(words, words.GetValue(flags.Data)!.FullName),
            options => Build(options, words.GetValue(edge)!),
            "",
            cancel));
        return command;
    }

    private static WebApplication Build(HubOptions options, FileInfo file)
    {
        var (edge, faults) = EdgeFile.Read(file.FullName, File.ReadAllText(file.FullName));
        if (edge is null)
        {
            throw new FormatException(string.Join('\n', faults));
        }

        // The edge signs in from this machine, over loopback, until devices have credentials of their own.
        return HubHost.Build(options with { AllowAnonymousLoopback = true }, TimeProvider.System, builder =>
            builder.Services.AddHostedService(services => new EdgeService(() => new EdgeHost(
                edge with { Hub = edge.Hub with { Host = options.Mqtt.Address.ToString(), Port = options.Mqtt.Port } },
                TimeProvider.System,
                services.GetRequiredService<ILoggerFactory>()))));
    }
}
