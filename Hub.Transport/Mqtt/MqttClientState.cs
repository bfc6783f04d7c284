namespace Hub.Transport.Mqtt;

public enum MqttClientState
{
    Stopped = 0,
    Connecting,
    Connected,

    /// <summary>Between two attempts.</summary>
    Waiting,
}
