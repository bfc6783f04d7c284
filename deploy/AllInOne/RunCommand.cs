using System.CommandLine;
using Hub.Edge;
using Hub.Edge.Setup;
using Hub.Gateway;
using Hub.Gateway.Access;
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

        edge = edge with
        {
            Hub = new HubEndpoint
            {
                Host = options.Mqtt.Address.ToString(),
                Port = options.Mqtt.Port,
                ReconnectWaitMax = edge.Hub.ReconnectWaitMax,
            },
        };
        return HubHost.Build(options, TimeProvider.System, builder =>
            builder.Services.AddHostedService(services =>
                new EdgeService(cancel => OpenAsync(edge, services, cancel))));
    }

    /// <summary>The edge in the hub's own process is enrolled like any other, at each start anew.</summary>
    private static async Task<EdgeHost> OpenAsync(
        EdgeOptions edge, IServiceProvider services, CancellationToken cancel)
    {
        var (refusal, token, _) = await services.GetRequiredService<AccessBook>().MakeTokenAsync(edge.Edge, cancel);
        return refusal == AccessRefusal.None
            ? new EdgeHost(
                edge with { Hub = edge.Hub with { Token = token } }, TimeProvider.System,
                services.GetRequiredService<ILoggerFactory>())
            : throw new InvalidOperationException($"The edge {edge.Edge} can't be enrolled: {refusal}.");
    }
}
