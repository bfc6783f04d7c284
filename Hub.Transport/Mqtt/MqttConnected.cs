namespace Hub.Transport.Mqtt;

/// <summary>The server accepted the connection.</summary>
/// <param name="SessionPresent">It still knew the session: subscriptions hold, unacknowledged messages go on.</param>
/// <param name="ConnAck">What it said.</param>
public sealed record MqttConnected(bool SessionPresent, MqttPacket.ConnAck ConnAck);
