namespace Hub.Transport.Mqtt;

/// <summary>Quality of service (4.3). The value 3 is malformed wherever it stands.</summary>
public enum MqttQoS : byte
{
    AtMostOnce = 0,
    AtLeastOnce = 1,
    ExactlyOnce = 2,
}
