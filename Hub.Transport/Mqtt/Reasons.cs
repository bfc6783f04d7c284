namespace Hub.Transport.Mqtt;

/// <summary>Which reason codes which packet may carry (2.4, table 2-6), and how 3.1.1 says them.</summary>
internal static class Reasons
{
    private static readonly byte[] ConnAck =
    [
        0x00, 0x80, 0x81, 0x82, 0x83, 0x84, 0x85, 0x86, 0x87, 0x88, 0x89, 0x8A, 0x8C, 0x90, 0x95, 0x97, 0x99, 0x9A,
        0x9B, 0x9C, 0x9D, 0x9F,
    ];

    private static readonly byte[] PubAckOrRec = [0x00, 0x10, 0x80, 0x83, 0x87, 0x90, 0x91, 0x97, 0x99];
    private static readonly byte[] PubRelOrComp = [0x00, 0x92];
    private static readonly byte[] SubAck = [0x00, 0x01, 0x02, 0x80, 0x83, 0x87, 0x8F, 0x91, 0x97, 0x9E, 0xA1, 0xA2];
    private static readonly byte[] UnsubAck = [0x00, 0x11, 0x80, 0x83, 0x87, 0x8F, 0x91];

    private static readonly byte[] Disconnect =
    [
        0x00, 0x04, 0x80, 0x81, 0x82, 0x83, 0x87, 0x89, 0x8B, 0x8D, 0x8E, 0x8F, 0x90, 0x93, 0x94, 0x95, 0x96, 0x97,
        0x98, 0x99, 0x9A, 0x9B, 0x9C, 0x9D, 0x9E, 0x9F, 0xA0, 0xA1, 0xA2,
    ];

    private static readonly byte[] Auth = [0x00, 0x18, 0x19];

    public static MqttReason Check(MqttPacketType type, byte code)
    {
        if (!Allowed(type).Contains(code))
        {
            MqttProtocolException.ThrowProtocol($"{type} can't carry the reason code 0x{code:X2}.");
        }

        return (MqttReason)code;
    }

    public static ReadOnlySpan<byte> Allowed(MqttPacketType type) => type switch
    {
        MqttPacketType.ConnAck => ConnAck,
        MqttPacketType.PubAck or MqttPacketType.PubRec => PubAckOrRec,
        MqttPacketType.PubRel or MqttPacketType.PubComp => PubRelOrComp,
        MqttPacketType.SubAck => SubAck,
        MqttPacketType.UnsubAck => UnsubAck,
        MqttPacketType.Disconnect => Disconnect,
        MqttPacketType.Auth => Auth,
        _ => [],
    };

    /// <summary>3.1.1: 3.2.2.3. Codes above 5 are reserved.</summary>
    public static MqttReason FromReturnCode(byte code)
    {
        if (code > 5)
        {
            MqttProtocolException.ThrowMalformed($"CONNACK has the return code {code}; 0 to 5 are allowed.");
        }

        return code switch
        {
            0 => MqttReason.Success,
            1 => MqttReason.UnsupportedProtocolVersion,
            2 => MqttReason.ClientIdentifierNotValid,
            3 => MqttReason.ServerUnavailable,
            4 => MqttReason.BadUserNameOrPassword,
            _ => MqttReason.NotAuthorized,
        };
    }

    /// <summary>
    /// What comes nearest in 3.1.1: "not authorized" for whatever trying again won't change, else "unavailable".
    /// </summary>
    public static byte ToReturnCode(MqttReason reason) => reason switch
    {
        MqttReason.Success => 0,
        MqttReason.UnsupportedProtocolVersion => 1,
        MqttReason.ClientIdentifierNotValid => 2,
        MqttReason.BadUserNameOrPassword => 4,
        MqttReason.NotAuthorized or MqttReason.Banned or MqttReason.BadAuthenticationMethod => 5,
        _ => 3,
    };
}
