namespace Hub.Transport.Mqtt;

/// <summary>What the server publishes for a client that goes without a DISCONNECT (3.1.2.5).</summary>
public sealed record MqttWill(
    string Topic, ReadOnlyMemory<byte> Payload, MqttQoS QoS = MqttQoS.AtLeastOnce, bool Retain = false)
{
    public MqttProperties Properties { get; init; } = MqttProperties.None;
}
