namespace Hub.Gateway.Broker;

/// <summary>One message on its way in; valid during the call.</summary>
public readonly ref struct IntakeMessage(string clientId, string topic, ReadOnlySpan<byte> payload)
{
    /// <summary>The MQTT client that sent it, or whose will it is.</summary>
    public string ClientId { get; } = clientId;

    public string Topic { get; } = topic;

    public ReadOnlySpan<byte> Payload { get; } = payload;
}
