namespace Hub.Transport.Mqtt;

/// <summary>Where properties stand: the columns of table 2-4.</summary>
[Flags]
internal enum PropertyPlace
{
    None = 0,
    Connect = 1,
    ConnAck = 1 << 1,
    Publish = 1 << 2,
    Will = 1 << 3,

    /// <summary>PUBACK, PUBREC, PUBREL, PUBCOMP.</summary>
    PublishAnswer = 1 << 4,
    Subscribe = 1 << 5,

    /// <summary>SUBACK, UNSUBACK.</summary>
    SubscribeAnswer = 1 << 6,
    Unsubscribe = 1 << 7,
    Disconnect = 1 << 8,
    Auth = 1 << 9,
    All = (1 << 10) - 1,
}
