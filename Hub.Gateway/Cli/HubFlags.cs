using System.CommandLine;
using System.CommandLine.Parsing;
using System.Net;

namespace Hub.Gateway.Cli;

/// <summary>The flags that set a hub up, shared by every command that runs one.</summary>
public sealed class HubFlags
{
    public Option<DirectoryInfo> Data { get; } = new("--data")
    {
        Description = "Folder for everything durable: journal.db, series.db, hub.db.",
        HelpName = "DIR",
    };

    public Option<IPEndPoint> Http { get; } = EndPoint("--http", "Where pages and API answer.", 8080);

    public Option<IPEndPoint> Mqtt { get; } = EndPoint("--mqtt", "Where devices connect.", 1883);

    public Option<FileInfo?> Site { get; } = new("--site")
    {
        Description = "The site file: spaces, edges, devices, commissioning.",
        HelpName = "FILE",
    };

    public Option<DirectoryInfo?> Rules { get; } = new("--rules")
    {
        Description = "A folder of rule packs (*.yaml) instead of the ones that come with the hub.",
        HelpName = "DIR",
    };

    public Option<bool> AllowAnonymousLoopback { get; } = new("--allow-anonymous-loopback")
    {
        Description = "Let programs on this machine connect over MQTT without a credential.",
    };

    public Option<ushort?> MqttKeepAliveMax { get; } = new("--mqtt-keep-alive-max")
    {
        Description = "The longest keep-alive of an MQTT 5.0 client.",
        HelpName = "SECONDS",
    };

    public Option<ushort?> MqttReceiveMax { get; } = new("--mqtt-receive-max")
    {
        Description = "MQTT messages of one client that may wait for their answer.",
        HelpName = "COUNT",
    };

    public Option<string[]> MqttClosed { get; } = new("--mqtt-closed")
    {
        Description = "A topic filter that no MQTT client may subscribe to; may be given more than once.",
        HelpName = "FILTER",
    };

    public void AddTo(Command command)
    {
        foreach (Option option in new Option[]
                 {
                     Data, Http, Mqtt, Site, Rules, AllowAnonymousLoopback, MqttKeepAliveMax, MqttReceiveMax,
                     MqttClosed,
                 })
        {
            command.Options.Add(option);
        }
    }

    /// <summary>The options these flags ask for; InfluxDB, which has a secret, comes from the environment.</summary>
    public HubOptions Read(ParseResult words, string dataFolder) => new()
    {
        DataFolder = dataFolder,
        Http = words.GetValue(Http)!,
        Mqtt = words.GetValue(Mqtt)!,
        SiteFile = words.GetValue(Site)?.FullName,
        RulesFolder = words.GetValue(Rules)?.FullName,
        AllowAnonymousLoopback = words.GetValue(AllowAnonymousLoopback),
        MqttKeepAliveSecondsMax = words.GetValue(MqttKeepAliveMax),
        MqttReceiveMax = words.GetValue(MqttReceiveMax),
        MqttClosedFilters = words.GetValue(MqttClosed) ?? [],
        Influx = InfluxSettings.FromEnvironment(Environment.GetEnvironmentVariable),
    };

    private static Option<IPEndPoint> EndPoint(string name, string description, int port) => new(name)
    {
        Description = description,
        HelpName = "ADDRESS:PORT",
        DefaultValueFactory = _ => new IPEndPoint(IPAddress.Loopback, port),
        CustomParser = ParseEndPoint,
    };

    /// <summary>An address with a port, or an error that says how one is written.</summary>
    public static IPEndPoint? ParseEndPoint(ArgumentResult argument)
    {
        var text = argument.Tokens[0].Value;
        if (IPEndPoint.TryParse(text, out var endPoint) && text.Contains(':', StringComparison.Ordinal))
        {
            return endPoint;
        }

        argument.AddError($"'{text}' is not an address with a port; write it like 127.0.0.1:8080.");
        return null;
    }
}
