namespace Hub.Transport.Mqtt;

/// <summary>When a subscription gets the retained messages (5.0: 3.8.3.1). The value 3 is a protocol error.</summary>
public enum MqttRetainHandling : byte
{
    Send = 0,
    SendIfNew = 1,
    DoNotSend = 2,
}
