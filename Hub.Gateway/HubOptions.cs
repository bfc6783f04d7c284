using System.Net;

namespace Hub.Gateway;

/// <summary>How one hub is set up: what the command line said, over the environment, over these defaults.</summary>
public sealed record HubOptions
{
    /// <summary>Where everything durable lives: journal.db, series.db, hub.db.</summary>
    public required string DataFolder { get; init; }

    public IPEndPoint Http { get; init; } = new(IPAddress.Loopback, 8080);

    public IPEndPoint Mqtt { get; init; } = new(IPAddress.Loopback, 1883);

    /// <summary>Where devices connect over TLS; null for nowhere.</summary>
    public IPEndPoint? MqttTls { get; init; }

    /// <summary>The TLS listener's certificate (PEM), with what lies between it and its root.</summary>
    public string? MqttCertificateFile { get; init; }

    /// <summary>Its key (PEM).</summary>
    public string? MqttKeyFile { get; init; }

    /// <summary>Load balancers before the MQTT ports, which say with the PROXY protocol who their client is.</summary>
    public IReadOnlyList<IPNetwork> ProxiesFrom { get; init; } = [];

    /// <summary>
    /// A PEM file of the authority that signs client certificates; null believes fingerprints only.
    /// </summary>
    public string? MqttClientAuthorityFile { get; init; }

    /// <summary>The longest keep-alive of an MQTT 5.0 client, seconds; null for the broker's own.</summary>
    public ushort? MqttKeepAliveSecondsMax { get; init; }

    /// <summary>MQTT messages of one client that may wait for their answer; null for the broker's own.</summary>
    public ushort? MqttReceiveMax { get; init; }

    /// <summary>Topic filters that no MQTT client may subscribe to.</summary>
    public IReadOnlyList<string> MqttClosedFilters { get; init; } = [];

    /// <summary>The site file (spaces, devices, commissioning); null for a hub without one.</summary>
    public string? SiteFile { get; init; }

    /// <summary>A folder of rule packs; null for the packs that come with the hub.</summary>
    public string? RulesFolder { get; init; }

    /// <summary>Whom the hub tells and how; null tells nobody.</summary>
    public string? NotifyFile { get; init; }

    /// <summary>Devices may connect without a credential, from this machine only.</summary>
    public bool AllowAnonymousLoopback { get; init; }

    /// <summary>The demo: doors that sign in as demo roles, and a simulator panel.</summary>
    public bool IsDemo { get; init; }

    /// <summary>Where the kiosk page of the demo's edge is, for the tour page.</summary>
    public Uri? DemoKiosk { get; init; }

    /// <summary>A broker of the site's own to attach to; null for none.</summary>
    public AttachOptions? Attach { get; init; }

    /// <summary>A PostgreSQL for the hub's tables; null for a file of its own, hub.db.</summary>
    public PostgresOptions? Postgres { get; init; }

    /// <summary>InfluxDB; null keeps to the embedded history alone.</summary>
    public InfluxOptions? Influx { get; init; }
}
