using System.Buffers;
using Hub.Transport.Mqtt;

namespace Hub.Transport.Tests.Mqtt;

/// <summary>Bytes by hand, from the standards' tables: one of each packet, in both versions.</summary>
public class GoldenPacketTests
{
    private const MqttVersion V311 = MqttVersion.V311;
    private const MqttVersion V500 = MqttVersion.V500;

    public static TheoryData<string, MqttVersion, string> Names()
    {
        var data = new TheoryData<string, MqttVersion, string>();
        foreach (var (name, version, bytes, _) in All)
        {
            data.Add(name, version, bytes);
        }

        return data;
    }

    internal static readonly (string Name, MqttVersion Version, string Bytes, MqttPacket Packet)[] All =
    [
        ("connect", V311, "10 0D 0004 4D515454 04 02 003C 0001 61",
            new MqttPacket.Connect(V311, "a") { KeepAlive = 60 }),
        ("connect with all", V311, "10 1A 0004 4D515454 04 EC 000A 0001 61 0001 77 0002 0102 0001 75 0001 70",
            new MqttPacket.Connect(V311, "a")
            {
                CleanStart = false,
                KeepAlive = 10,
                Will = new MqttWill("w", Bytes("0102"), MqttQoS.AtLeastOnce, Retain: true),
                UserName = "u",
                Password = Bytes("70"),
            }),
        ("connect", V500, "10 0E 0004 4D515454 05 02 003C 00 0001 61",
            new MqttPacket.Connect(V500, "a") { KeepAlive = 60 }),
        ("connect with all", V500,
            "10 30 0004 4D515454 05 EC 000A 0F 11 FFFFFFFF 21 0014 26 0001 6B 0001 76 0001 61"
            + " 05 18 00000005 0001 77 0002 0102 0001 75 0001 70",
            new MqttPacket.Connect(V500, "a")
            {
                CleanStart = false,
                KeepAlive = 10,
                Will = new MqttWill("w", Bytes("0102"), MqttQoS.AtLeastOnce, Retain: true)
                {
                    Properties = new MqttProperties { WillDelay = 5 },
                },
                UserName = "u",
                Password = Bytes("70"),
                Properties = new MqttProperties
                {
                    SessionExpiry = uint.MaxValue,
                    ReceiveMaximum = 20,
                    UserProperties = [new MqttUserProperty("k", "v")],
                },
            }),
        ("connack", V311, "20 02 01 00", new MqttPacket.ConnAck(true)),
        ("connack refused", V311, "20 02 00 05", new MqttPacket.ConnAck(false, MqttReason.NotAuthorized)),
        ("connack", V500, "20 03 00 00 00", new MqttPacket.ConnAck(false)),
        ("connack with all", V500,
            "20 38 00 00 35 11 0000000A 12 0001 69 13 001E 15 0001 6D 16 0001 FF 1A 0001 72 1C 0001 73 1F 0001 74"
            + " 21 0007 22 0000 24 01 25 00 27 00001000 28 00 29 01 2A 00",
            new MqttPacket.ConnAck(false)
            {
                Properties = new MqttProperties
                {
                    SessionExpiry = 10,
                    AssignedClientId = "i",
                    ServerKeepAlive = 30,
                    AuthenticationMethod = "m",
                    AuthenticationData = Bytes("FF"),
                    ResponseInformation = "r",
                    ServerReference = "s",
                    ReasonString = "t",
                    ReceiveMaximum = 7,
                    TopicAliasMaximum = 0,
                    MaximumQoS = 1,
                    RetainAvailable = 0,
                    MaximumPacketSize = 4096,
                    WildcardSubscriptionAvailable = 0,
                    SubscriptionIdentifierAvailable = 1,
                    SharedSubscriptionAvailable = 0,
                },
            }),
        ("publish", V311, "30 05 0003 612F62", new MqttPacket.Publish("a/b", default)),
        ("publish again", V311, "3B 09 0003 612F62 0007 FFFE",
            new MqttPacket.Publish("a/b", Bytes("FFFE"))
            {
                QoS = MqttQoS.AtLeastOnce, Dup = true, Retain = true, PacketId = 7,
            }),
        ("publish", V500, "34 09 0003 612F62 0007 00 31",
            new MqttPacket.Publish("a/b", Bytes("31")) { QoS = MqttQoS.ExactlyOnce, PacketId = 7 }),
        ("publish with all", V500,
            "32 27 0000 0001 21 01 01 02 0000003C 03 0001 63 08 0001 72 09 0001 AA 0B 01 0B 8001 23 0003 26 0001 6B 0000 31",
            new MqttPacket.Publish("", Bytes("31"))
            {
                QoS = MqttQoS.AtLeastOnce,
                PacketId = 1,
                Properties = new MqttProperties
                {
                    PayloadFormat = 1,
                    MessageExpiry = 60,
                    ContentType = "c",
                    ResponseTopic = "r",
                    CorrelationData = Bytes("AA"),
                    SubscriptionIdentifiers = [1, 128],
                    TopicAlias = 3,
                    UserProperties = [new MqttUserProperty("k", "")],
                },
            }),
        ("puback", V311, "40 02 1234", new MqttPacket.PubAck(0x1234)),
        ("puback", V500, "40 02 1234", new MqttPacket.PubAck(0x1234)),
        ("puback that refuses", V500, "40 03 1234 97", new MqttPacket.PubAck(0x1234, MqttReason.QuotaExceeded)),
        ("puback that explains", V500, "40 08 1234 97 04 1F 0001 71",
            new MqttPacket.PubAck(0x1234, MqttReason.QuotaExceeded)
            {
                Properties = new MqttProperties { ReasonString = "q" },
            }),
        ("pubrec", V311, "50 02 0001", new MqttPacket.PubRec(1)),
        ("pubrec", V500, "50 03 0001 10", new MqttPacket.PubRec(1, MqttReason.NoMatchingSubscribers)),
        ("pubrel", V311, "62 02 0001", new MqttPacket.PubRel(1)),
        ("pubrel", V500, "62 03 0001 92", new MqttPacket.PubRel(1, MqttReason.PacketIdentifierNotFound)),
        ("pubcomp", V311, "70 02 0001", new MqttPacket.PubComp(1)),
        ("pubcomp", V500, "70 02 0001", new MqttPacket.PubComp(1)),
        ("subscribe", V311, "82 0A 0001 0001 23 01 0001 2B 02",
            new MqttPacket.Subscribe(
                1, [new MqttSubscription("#", MqttQoS.AtLeastOnce), new MqttSubscription("+", MqttQoS.ExactlyOnce)])),
        ("subscribe", V500, "82 0A 0001 03 0B FF7F 0001 23 2D",
            new MqttPacket.Subscribe(
                1,
                [new MqttSubscription("#", MqttQoS.AtLeastOnce, true, true, MqttRetainHandling.DoNotSend)])
            {
                Properties = new MqttProperties { SubscriptionIdentifiers = [16383] },
            }),
        ("suback", V311, "90 04 0001 01 80",
            new MqttPacket.SubAck(1, [MqttReason.GrantedQoS1, MqttReason.UnspecifiedError])),
        ("suback", V500, "90 05 0001 00 02 8F",
            new MqttPacket.SubAck(1, [MqttReason.GrantedQoS2, MqttReason.TopicFilterInvalid])),
        ("unsubscribe", V311, "A2 05 0001 0001 23", new MqttPacket.Unsubscribe(1, ["#"])),
        ("unsubscribe", V500, "A2 06 0001 00 0001 23", new MqttPacket.Unsubscribe(1, ["#"])),
        ("unsuback", V311, "B0 02 0001", new MqttPacket.UnsubAck(1, [])),
        ("unsuback", V500, "B0 04 0001 00 11", new MqttPacket.UnsubAck(1, [MqttReason.NoSubscriptionExisted])),
        ("pingreq", V311, "C0 00", new MqttPacket.PingReq()),
        ("pingreq", V500, "C0 00", new MqttPacket.PingReq()),
        ("pingresp", V311, "D0 00", new MqttPacket.PingResp()),
        ("pingresp", V500, "D0 00", new MqttPacket.PingResp()),
        ("disconnect", V311, "E0 00", new MqttPacket.Disconnect()),
        ("disconnect", V500, "E0 00", new MqttPacket.Disconnect()),
        ("disconnect with will", V500, "E0 01 04", new MqttPacket.Disconnect(MqttReason.DisconnectWithWill)),
        ("disconnect with all", V500, "E0 07 00 05 11 00000000",
            new MqttPacket.Disconnect { Properties = new MqttProperties { SessionExpiry = 0 } }),
        ("auth", V500, "F0 00", new MqttPacket.Auth()),
        ("auth with all", V500, "F0 0A 18 08 15 0001 6D 16 0001 FF",
            new MqttPacket.Auth(MqttReason.ContinueAuthentication)
            {
                Properties = new MqttProperties { AuthenticationMethod = "m", AuthenticationData = Bytes("FF") },
            }),
    ];

    [Theory]
    [MemberData(nameof(Names))]
    public void Writes_the_standards_bytes(string name, MqttVersion version, string bytes)
    {
        var packet = All.Single(item => item.Name == name && item.Version == version).Packet;

        Assert.Equal(Convert.ToHexString(Bytes(bytes)), Convert.ToHexString(Packets.Write(packet, version)));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Reads_the_standards_bytes(string name, MqttVersion version, string bytes)
    {
        var expected = All.Single(item => item.Name == name && item.Version == version).Packet;
        var input = new ReadOnlySequence<byte>(Bytes(bytes));

        Assert.True(MqttCodec.TryRead(ref input, version, 1000, out var packet));

        Assert.True(input.IsEmpty);
        Packets.AssertSame(expected, packet);
    }

    internal static byte[] Bytes(string hex) => Convert.FromHexString(hex.Replace(" ", "", StringComparison.Ordinal));
}
