namespace Hub.Gateway;

/// <summary>A broker of the site's own that the hub attaches to as a client.</summary>
public sealed record AttachOptions
{
    public required string Host { get; init; }

    public required int Port { get; init; }

    public bool IsTls { get; init; }

    /// <summary>A PEM file with the only authorities to trust; null trusts the operating system's.</summary>
    public string? AuthorityFile { get; init; }

    public string? User { get; init; }

    public string? Password { get; init; }

    /// <summary>
    /// The broker keeps what the hub has not acknowledged under this name; no second hub may use it at that broker.
    /// </summary>
    public required string ClientId { get; init; }

    /// <summary>The group that readings and events are shared with ($share, 4.8.2); null for none.</summary>
    public string? Share { get; init; }

    /// <summary>MQTT 3.1.1, for a broker without 5.0.</summary>
    public bool IsVersion311 { get; init; }

    /// <summary>In the place of the hub's own listener, not beside it.</summary>
    public bool IsOnly { get; init; }

    /// <summary>
    /// How long the broker keeps messages for a hub that is away. 5.0 only; 3.1.1 leaves it to the broker.
    /// </summary>
    public TimeSpan SessionExpiry { get; init; } = TimeSpan.FromDays(7);

    /// <summary>Messages that wait for their commit; the broker sends no more until acknowledgements are out.</summary>
    public int ReceiveMax { get; init; } = 1_000;

    /// <summary>The longest packet; a list of devices may be much longer than a reading.</summary>
    public int PacketBytesMax { get; init; } = 4 << 20;

    /// <summary>Topics whose route is remembered; it starts over beyond it.</summary>
    public int TopicsMax { get; init; } = 10_000;

    /// <summary>Retained topics that the hub publishes there; a new one is dropped beyond it, and counted.</summary>
    public int RetainedMax { get; init; } = 50_000;

    /// <summary>Commands that wait to be sent; the newest is dropped beyond it, and counted.</summary>
    public int CommandsMax { get; init; } = 1_000;

    /// <summary>How often it is looked whether other topics are wanted than before.</summary>
    public TimeSpan LookEvery { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>How long after a refusal a topic filter is asked for again.</summary>
    public TimeSpan RefusedFor { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>The longest wait before connecting again; the first are shorter.</summary>
    public TimeSpan BackoffMax { get; init; } = TimeSpan.FromSeconds(30);

    public string Address => $"{(IsTls ? "mqtts" : "mqtt")}://{Host}:{Port}";
}
