namespace Hub.Transport.Mqtt;

/// <summary>The protocol level that CONNECT states (3.1.1: 3.1.2.2, 5.0: 3.1.2.2).</summary>
public enum MqttVersion : byte
{
    /// <summary>MQTT 3.1.1, OASIS standard of 29 October 2014.</summary>
    V311 = 4,

    /// <summary>MQTT 5.0, OASIS standard of 7 March 2019.</summary>
    V500 = 5,
}
