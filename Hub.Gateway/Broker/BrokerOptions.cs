namespace Hub.Gateway.Broker;

/// <summary>The broker's limits. What happens at each is said with it; what is dropped is counted.</summary>
public sealed record BrokerOptions
{
    /// <summary>Connections at a time; the next one is closed at once.</summary>
    public int ConnectionsMax { get; init; } = 20_000;

    /// <summary>Connections of one address at a time, or of one /64 of IPv6; the next one is closed at once.</summary>
    public int ConnectionsPerAddressMax { get; init; } = 2_000;

    /// <summary>
    /// CONNECTs handled a second, after a second's worth at once. The others wait in their order; whose turn comes
    /// later than <see cref="ConnectTimeMax"/> is refused with 0x9F (3.1.1: 3).
    /// </summary>
    public double ConnectsPerSecondMax { get; init; } = 1_000;

    /// <summary>
    /// Messages and requests of one client a second, after a second's worth at once; a faster one is read later.
    /// </summary>
    public double MessagesPerSecondMax { get; init; } = 20_000;

    /// <summary>Bytes of one client a second, after a second's worth at once; a faster one is read later.</summary>
    public double BytesPerSecondMax { get; init; } = 16 << 20;

    /// <summary>How long a connection may take to send its CONNECT.</summary>
    public TimeSpan ConnectTimeMax { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>The longest packet before CONNECT is accepted; longer ones end the connection.</summary>
    public int PacketBeforeConnectBytesMax { get; init; } = 64 * 1024;

    /// <summary>
    /// The longest packet afterwards: a pack of 256 KiB with its topic and properties. It must stay below the 1 MiB at
    /// which Kestrel stops reading a socket.
    /// </summary>
    public int PacketBytesMax { get; init; } = 320 * 1024;

    /// <summary>
    /// Messages of one connection that may wait for their commit. It is announced to 5.0 clients, who are disconnected
    /// beyond it; of a 3.1.1 client nothing more is read until acknowledgements are out.
    /// </summary>
    public ushort ReceiveMax { get; init; } = 1_000;

    /// <summary>
    /// The longest keep-alive, seconds: a 5.0 client that asks for more, or for none, is told this one.
    /// </summary>
    public ushort KeepAliveSecondsMax { get; init; } = 3_600;

    /// <summary>Topic aliases of one connection in each direction; a client that uses a higher one is closed.</summary>
    public ushort TopicAliasMax { get; init; } = 10;

    /// <summary>Topic filters that nobody may subscribe to, as they stand.</summary>
    public IReadOnlyList<string> ClosedFilters { get; init; } = [];

    /// <summary>QoS 1 and 2 messages sent to a client and not yet done; the rest waits in its queue.</summary>
    public int InFlightMax { get; init; } = 100;

    /// <summary>QoS 1 and 2 messages that wait for one client, connected or not; the newest is dropped then.</summary>
    public int QueuedPerSessionMax { get; init; } = 1_000;

    /// <summary>Bytes of the payloads that wait for one client; the newest is dropped then.</summary>
    public long QueuedBytesPerSessionMax { get; init; } = 8L << 20;

    /// <summary>How long what changes in sessions may wait to be written to hub.db, together.</summary>
    public TimeSpan SessionSaveDelay { get; init; } = TimeSpan.FromMilliseconds(50);

    /// <summary>
    /// Bytes that wait for one client's socket; QoS 0 messages are dropped beyond it, twice as much disconnects.
    /// </summary>
    public int OutboundBytesMax { get; init; } = 1 << 20;

    /// <summary>Subscriptions of one client; the next one is refused.</summary>
    public int SubscriptionsPerSessionMax { get; init; } = 100;

    /// <summary>Levels of a topic filter; a deeper one is refused.</summary>
    public int TopicLevelsMax { get; init; } = 32;

    /// <summary>Sessions whose clients are away; the one away longest is forgotten beyond it.</summary>
    public int SessionsAwayMax { get; init; } = 10_000;

    /// <summary>No session outlives its connection for longer than this, whatever its client asks for.</summary>
    public TimeSpan SessionExpiryMax { get; init; } = TimeSpan.FromDays(7);

    /// <summary>Retained messages; a new topic is not retained beyond it.</summary>
    public int RetainedMax { get; init; } = 50_000;

    /// <summary>Bytes of all retained payloads; nothing more is retained beyond it.</summary>
    public long RetainedBytesMax { get; init; } = 64L << 20;

    /// <summary>Topics whose route a connection remembers; it starts over beyond it.</summary>
    public int TopicsPerConnectionMax { get; init; } = 64;

    /// <summary>The clock of time-outs; not the domain's, which a demo may speed up.</summary>
    public TimeProvider NetworkTime { get; init; } = TimeProvider.System;
}
