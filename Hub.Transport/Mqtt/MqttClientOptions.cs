namespace Hub.Transport.Mqtt;

/// <summary>How one client connects, and what it may have in hand.</summary>
public sealed record MqttClientOptions
{
    public required string ClientId { get; init; }

    public MqttVersion Version { get; init; } = MqttVersion.V500;

    public string? UserName { get; init; }

    public ReadOnlyMemory<byte>? Password { get; init; }

    /// <summary>
    /// Forget on the first connection what the server still knows of this client id; later ones always resume.
    /// </summary>
    public bool CleanStart { get; init; }

    /// <summary>How long the server keeps the session while the link is down. 5.0 only; whole seconds.</summary>
    public TimeSpan SessionExpiry { get; init; } = TimeSpan.FromDays(1);

    /// <summary>
    /// Silence after which the link is tried; after half as much again it counts as lost. Zero is never.
    /// </summary>
    public TimeSpan KeepAlive { get; init; } = TimeSpan.FromSeconds(60);

    public MqttWill? Will { get; init; }

    /// <summary>PUBLISHes in flight at a time; the server's receive maximum may lower it.</summary>
    public int WindowMax { get; init; } = 20;

    /// <summary>
    /// PUBLISHes waiting or in flight; when reached, <see cref="MqttClient.PublishAsync(MqttMessage,
    /// CancellationToken)"/> waits.
    /// </summary>
    public int QueueMax { get; init; } = 1_000;

    /// <summary>
    /// Inbound messages that wait for the handler, and as many that it holds; stated as receive maximum in 5.0, which
    /// bounds both together. When reached, reading waits.
    /// </summary>
    public int ReceiveMax { get; init; } = 100;

    /// <summary>The longest packet to take; stated as maximum packet size in 5.0.</summary>
    public int PacketBytesMax { get; init; } = 1024 * 1024;

    /// <summary>For connecting, TLS and CONNACK together.</summary>
    public TimeSpan ConnectFor { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>For the DISCONNECT at the end.</summary>
    public TimeSpan FarewellFor { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>
    /// The first wait before connecting again is drawn from zero to this; each further one from twice as much.
    /// </summary>
    public TimeSpan BackoffFirst { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>And none from more than this.</summary>
    public TimeSpan BackoffMax { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>
    /// A connection that held so long starts the waits anew. Not the CONNACK: a server that accepts and throws out at
    /// once would be called without end.
    /// </summary>
    public TimeSpan StableFor { get; init; } = TimeSpan.FromSeconds(10);

    internal void Check()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(WindowMax, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(WindowMax, 10_000);
        ArgumentOutOfRangeException.ThrowIfLessThan(QueueMax, WindowMax);
        ArgumentOutOfRangeException.ThrowIfLessThan(ReceiveMax, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(PacketBytesMax, 64);
    }
}
