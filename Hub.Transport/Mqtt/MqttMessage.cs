namespace Hub.Transport.Mqtt;

/// <summary>A message, without what the wire adds. The payload must not change while it is on its way.</summary>
public sealed record MqttMessage(string Topic, ReadOnlyMemory<byte> Payload)
{
    public bool Retain { get; init; }

    /// <summary>Inbound: as it came. Outbound: always at least once.</summary>
    public MqttQoS QoS { get; init; } = MqttQoS.AtLeastOnce;

    /// <summary>Inbound: the server may have sent it before.</summary>
    public bool Dup { get; init; }

    /// <summary>5.0 only.</summary>
    public MqttProperties Properties { get; init; } = MqttProperties.None;
}
