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

    public Option<IPEndPoint?> MqttTls { get; } = new("--mqtt-tls")
    {
        Description = "Where devices connect over TLS, such as 0.0.0.0:8883.",
        HelpName = "ADDRESS:PORT",
        CustomParser = ParseEndPoint,
    };

    public Option<FileInfo?> MqttCertificate { get; } = new("--mqtt-cert")
    {
        Description = "The TLS listener's certificate (PEM); replacing the file is enough to renew it.",
        HelpName = "FILE",
    };

    public Option<FileInfo?> MqttKey { get; } = new("--mqtt-key")
    {
        Description = "The certificate's key (PEM).",
        HelpName = "FILE",
    };

    public Option<FileInfo?> MqttClientAuthority { get; } = new("--mqtt-client-ca")
    {
        Description = "The site's own authority (PEM), whose client certificates count by their subject.",
        HelpName = "FILE",
    };

    public Option<IPNetwork[]> ProxiesFrom { get; } = new("--mqtt-proxy-from")
    {
        Description = "A load balancer before MQTT, which must send PROXY protocol v2; may be given more than once.",
        HelpName = "ADDRESS[/BITS]",
        Arity = ArgumentArity.OneOrMore,
        CustomParser = ParseNetworks,
    };

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

    public Option<FileInfo?> Notify { get; } = new("--notify")
    {
        Description = "Whom the hub tells and how: web hooks, group robots, mail.",
        HelpName = "FILE",
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

    public AttachFlags Attach { get; } = new();

    public void AddTo(Command command)
    {
        Option[] all =
        [
            Data, Http, Mqtt, MqttTls, MqttCertificate, MqttKey, MqttClientAuthority, ProxiesFrom, Site, Rules, Notify,
            AllowAnonymousLoopback, MqttKeepAliveMax, MqttReceiveMax, MqttClosed, .. Attach.All,
        ];
        foreach (var option in all)
        {
            command.Options.Add(option);
        }
    }

    /// <summary>
    /// The options these flags ask for; InfluxDB and PostgreSQL, which have secrets, come from the environment.
    /// </summary>
    public HubOptions Read(ParseResult words, string dataFolder) => new()
    {
        DataFolder = dataFolder,
        Http = words.GetValue(Http)!,
        Mqtt = words.GetValue(Mqtt)!,
        MqttTls = words.GetValue(MqttTls),
        MqttCertificateFile = words.GetValue(MqttCertificate)?.FullName,
        MqttKeyFile = words.GetValue(MqttKey)?.FullName,
        MqttClientAuthorityFile = words.GetValue(MqttClientAuthority)?.FullName,
        ProxiesFrom = words.GetValue(ProxiesFrom) ?? [],
        SiteFile = words.GetValue(Site)?.FullName,
        RulesFolder = words.GetValue(Rules)?.FullName,
        NotifyFile = words.GetValue(Notify)?.FullName,
        AllowAnonymousLoopback = words.GetValue(AllowAnonymousLoopback),
        MqttKeepAliveSecondsMax = words.GetValue(MqttKeepAliveMax),
        MqttReceiveMax = words.GetValue(MqttReceiveMax),
        MqttClosedFilters = words.GetValue(MqttClosed) ?? [],
        Attach = Attach.Read(words, Environment.GetEnvironmentVariable),
        Postgres = PostgresSettings.FromEnvironment(Environment.GetEnvironmentVariable),
        Influx = InfluxSettings.FromEnvironment(Environment.GetEnvironmentVariable),
    };

    private static Option<IPEndPoint> EndPoint(string name, string description, int port) => new(name)
    {
        Description = description,
        HelpName = "ADDRESS:PORT",
        DefaultValueFactory = _ => new IPEndPoint(IPAddress.Loopback, port),
        CustomParser = ParseEndPoint,
    };

    private static IPNetwork[] ParseNetworks(ArgumentResult argument)
    {
        var networks = new List<IPNetwork>();
        foreach (var text in argument.Tokens.Select(token => token.Value))
        {
            if (IPAddress.TryParse(text, out var address))
            {
                networks.Add(new IPNetwork(address, address.GetAddressBytes().Length * 8));
            }
            else if (IPNetwork.TryParse(text, out var network))
            {
                networks.Add(network);
            }
            else
            {
                argument.AddError($"'{text}' is no address and no network; write it like 10.0.0.5 or 10.0.0.0/24.");
            }
        }

        return [.. networks];
    }

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
