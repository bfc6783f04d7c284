namespace Hub.Transport.Mqtt;

/// <summary>
/// The properties of MQTT 5.0 (2.2.2.2), null or empty where absent. Which of them a packet may carry is table 2-4;
/// reading holds to it, and so does writing.
/// </summary>
public sealed record MqttProperties
{
    public static readonly MqttProperties None = new();

    /// <summary>1 says that the payload is UTF-8.</summary>
    public byte? PayloadFormat { get; init; }

    /// <summary>Seconds.</summary>
    public uint? MessageExpiry { get; init; }

    public string? ContentType { get; init; }

    public string? ResponseTopic { get; init; }

    public ReadOnlyMemory<byte>? CorrelationData { get; init; }

    /// <summary>1 to 268,435,455 each; one in SUBSCRIBE, as many as subscriptions matched in PUBLISH.</summary>
    public IReadOnlyList<uint> SubscriptionIdentifiers { get; init; } = [];

    /// <summary>Seconds after the connection that the session lives; 0xFFFFFFFF is for ever.</summary>
    public uint? SessionExpiry { get; init; }

    public string? AssignedClientId { get; init; }

    /// <summary>Seconds; overrides the client's own.</summary>
    public ushort? ServerKeepAlive { get; init; }

    public string? AuthenticationMethod { get; init; }

    public ReadOnlyMemory<byte>? AuthenticationData { get; init; }

    public byte? RequestProblemInformation { get; init; }

    /// <summary>Seconds between the loss of the connection and the will.</summary>
    public uint? WillDelay { get; init; }

    public byte? RequestResponseInformation { get; init; }

    public string? ResponseInformation { get; init; }

    public string? ServerReference { get; init; }

    public string? ReasonString { get; init; }

    /// <summary>How many unacknowledged PUBLISHes its sender takes at a time, QoS 1 and 2; absent is 65,535.</summary>
    public ushort? ReceiveMaximum { get; init; }

    public ushort? TopicAliasMaximum { get; init; }

    public ushort? TopicAlias { get; init; }

    public byte? MaximumQoS { get; init; }

    public byte? RetainAvailable { get; init; }

    public IReadOnlyList<MqttUserProperty> UserProperties { get; init; } = [];

    /// <summary>Bytes of a whole packet, fixed header included.</summary>
    public uint? MaximumPacketSize { get; init; }

    public byte? WildcardSubscriptionAvailable { get; init; }

    public byte? SubscriptionIdentifierAvailable { get; init; }

    public byte? SharedSubscriptionAvailable { get; init; }
}
