namespace Hub.Transport.Mqtt;

/// <summary>The rows of table 2-4: which property may stand where.</summary>
internal static class PropertyTable
{
    /// <summary>None for an identifier that the standard doesn't know.</summary>
    public static PropertyPlace PlacesOf(byte id) => id switch
    {
        0x01 or 0x02 or 0x03 or 0x08 or 0x09 => PropertyPlace.Publish | PropertyPlace.Will,
        0x0B => PropertyPlace.Publish | PropertyPlace.Subscribe,
        0x11 => PropertyPlace.Connect | PropertyPlace.ConnAck | PropertyPlace.Disconnect,
        0x12 or 0x13 or 0x1A => PropertyPlace.ConnAck,
        0x15 or 0x16 => PropertyPlace.Connect | PropertyPlace.ConnAck | PropertyPlace.Auth,
        0x17 or 0x19 => PropertyPlace.Connect,
        0x18 => PropertyPlace.Will,
        0x1C => PropertyPlace.ConnAck | PropertyPlace.Disconnect,
        0x1F => PropertyPlace.ConnAck | PropertyPlace.PublishAnswer | PropertyPlace.SubscribeAnswer
            | PropertyPlace.Disconnect | PropertyPlace.Auth,
        0x21 or 0x22 or 0x27 => PropertyPlace.Connect | PropertyPlace.ConnAck,
        0x23 => PropertyPlace.Publish,
        0x24 or 0x25 or 0x28 or 0x29 or 0x2A => PropertyPlace.ConnAck,
        0x26 => PropertyPlace.All,
        _ => PropertyPlace.None,
    };

    /// <summary>
    /// What a property in the wrong packet is. 2.2.2.2 calls it malformed, table by table it reads as a protocol error;
    /// this is where Mosquitto draws the line, so that clients meet one behaviour.
    /// </summary>
    public static MqttReason MisplacedIn(PropertyPlace place) =>
        place is PropertyPlace.Subscribe or PropertyPlace.Unsubscribe
            ? MqttReason.MalformedPacket
            : MqttReason.ProtocolError;

    /// <summary>
    /// The user property may come as often as it likes, the subscription identifier in PUBLISH alone (3.3.2.3.8).
    /// </summary>
    public static bool MayRepeat(byte id, PropertyPlace place) =>
        id == 0x26 || (id == 0x0B && place == PropertyPlace.Publish);
}
