using Hub.Transport.Mqtt;

namespace Hub.Transport.Tests.Mqtt;

/// <summary>Valid packets of every type, drawn from a seed: what the property tests run over.</summary>
internal sealed class AnyPacket(Random random, MqttVersion version)
{
    private static readonly string[] Texts = ["", "a", "hub/1/gate-7/readings", "门铃 ü", "\ud83d\ude00", new string('x', 300)];
    private static readonly string[] TopicNames = ["a", "hub/1/gate-7/readings", "/", "$SYS/x", "楼/一"];
    private static readonly string[] Filters = ["#", "+/a", "a/+/b", "$share/g/a/#", "楼/#"];

    private bool Is5 => version == MqttVersion.V500;

    public MqttPacket Next() => random.Next(Is5 ? 15 : 14) switch
    {
        0 => Connect(),
        1 => ConnAck(),
        2 => Publish(),
        3 => new MqttPacket.PubAck(Id(), Reason(0x00, 0x10, 0x87, 0x99)) { Properties = Explained() },
        4 => new MqttPacket.PubRec(Id(), Reason(0x00, 0x80, 0x97)) { Properties = Explained() },
        5 => new MqttPacket.PubRel(Id(), Reason(0x00, 0x92)) { Properties = Explained() },
        6 => new MqttPacket.PubComp(Id(), Reason(0x00, 0x92)) { Properties = Explained() },
        7 => new MqttPacket.Subscribe(Id(), Some(Subscription))
        {
            Properties = Is5 ? new MqttProperties { SubscriptionIdentifiers = Flip() ? [Number()] : [] } : MqttProperties.None,
        },
        8 => new MqttPacket.SubAck(Id(), Some(() => (MqttReason)(Is5 ? Pick(0x00, 0x01, 0x02, 0x8F, 0xA2) : Pick(0, 1, 2, 0x80))))
        {
            Properties = Explained(),
        },
        9 => new MqttPacket.Unsubscribe(Id(), Some(() => Pick(Filters))) { Properties = Users() },
        10 => new MqttPacket.UnsubAck(Id(), Is5 ? Some(() => (MqttReason)Pick(0x00, 0x11, 0x87)) : [])
        {
            Properties = Explained(),
        },
        11 => new MqttPacket.PingReq(),
        12 => new MqttPacket.PingResp(),
        13 => new MqttPacket.Disconnect(Reason(0x00, 0x04, 0x8E)) { Properties = Explained() },
        _ => new MqttPacket.Auth((MqttReason)Pick(0x00, 0x18, 0x19))
        {
            Properties = Flip() ? MqttProperties.None : new MqttProperties { AuthenticationMethod = "m", AuthenticationData = Bytes() },
        },
    };

    public MqttPacket.Publish Publish()
    {
        var qos = (MqttQoS)random.Next(3);
        var alias = Is5 && Flip() ? (ushort?)random.Next(1, 65536) : null;
        return new MqttPacket.Publish(alias is not null && Flip() ? "" : Pick(TopicNames), Bytes())
        {
            QoS = qos,
            Retain = Flip(),
            Dup = qos != MqttQoS.AtMostOnce && Flip(),
            PacketId = qos == MqttQoS.AtMostOnce ? (ushort)0 : Id(),
            Properties = !Is5 ? MqttProperties.None : ForMessage() with
            {
                TopicAlias = alias,
                SubscriptionIdentifiers = Flip() ? [] : [Number(), Number()],
            },
        };
    }

    private MqttPacket.Connect Connect()
    {
        var userName = Flip() ? Pick(Texts) : null;
        return new MqttPacket.Connect(version, Pick(Texts))
        {
            CleanStart = Flip(),
            KeepAlive = (ushort)random.Next(65536),
            UserName = userName,
            Password = Is5 || userName is not null ? Maybe(Bytes) : default(ReadOnlyMemory<byte>?),
            Will = Flip() ? null : new MqttWill(Pick(TopicNames), Bytes(), (MqttQoS)random.Next(3), Flip())
            {
                Properties = Is5 ? ForMessage() with { WillDelay = Maybe(Number) } : MqttProperties.None,
            },
            Properties = !Is5 ? MqttProperties.None : Users() with
            {
                SessionExpiry = Maybe(Number),
                ReceiveMaximum = Maybe(Id),
                MaximumPacketSize = Maybe(Number),
                TopicAliasMaximum = Maybe(Id),
                RequestProblemInformation = Maybe(Flag),
                RequestResponseInformation = Maybe(Flag),
                AuthenticationMethod = Flip() ? "SCRAM" : null,
            },
        };
    }

    private MqttPacket.ConnAck ConnAck()
    {
        var reason = (MqttReason)(Is5 ? Pick(0x00, 0x85, 0x9F) : Pick(0x00, 0x84, 0x85, 0x86, 0x87, 0x88));
        return new MqttPacket.ConnAck(reason == MqttReason.Success && Flip(), reason)
        {
            Properties = !Is5 ? MqttProperties.None : Explained() with
            {
                AssignedClientId = Flip() ? Pick(Texts) : null,
                ServerKeepAlive = Maybe(Id),
                MaximumQoS = Maybe(Flag),
                RetainAvailable = Maybe(Flag),
                WildcardSubscriptionAvailable = Maybe(Flag),
                SharedSubscriptionAvailable = Maybe(Flag),
                ServerReference = Flip() ? Pick(Texts) : null,
            },
        };
    }

    private MqttSubscription Subscription()
    {
        var filter = Pick(Filters);
        return Is5
            ? new MqttSubscription(
                filter, (MqttQoS)random.Next(3), !TopicFilter.IsShared(filter) && Flip(), Flip(),
                (MqttRetainHandling)random.Next(3))
            : new MqttSubscription(filter, (MqttQoS)random.Next(3));
    }

    private MqttProperties ForMessage() => Users() with
    {
        PayloadFormat = Maybe(Flag),
        MessageExpiry = Maybe(Number),
        ContentType = Flip() ? Pick(Texts) : null,
        ResponseTopic = Flip() ? Pick(TopicNames) : null,
        CorrelationData = Maybe(Bytes),
    };

    private MqttProperties Explained() =>
        Is5 && Flip() ? Users() with { ReasonString = Pick(Texts) } : MqttProperties.None;

    private MqttProperties Users() => Is5 && Flip()
        ? new MqttProperties { UserProperties = Some(() => new MqttUserProperty(Pick(Texts), Pick(Texts))) }
        : MqttProperties.None;

    private MqttReason Reason(params int[] codes) => Is5 ? (MqttReason)Pick(codes) : MqttReason.Success;

    private List<T> Some<T>(Func<T> one) => Enumerable.Range(0, random.Next(1, 4)).Select(_ => one()).ToList();

    private T? Maybe<T>(Func<T> one)
        where T : struct => Flip() ? one() : null;

    private ReadOnlyMemory<byte> Bytes()
    {
        var bytes = new byte[Pick(0, 1, 20, 200)];
        random.NextBytes(bytes);
        return bytes;
    }

    private T Pick<T>(params T[] of) => of[random.Next(of.Length)];

    private bool Flip() => random.Next(2) == 0;

    private byte Flag() => (byte)random.Next(2);

    private ushort Id() => (ushort)random.Next(1, 65536);

    private uint Number() => (uint)Pick(1, 127, 128, 16_383, 16_384, 2_097_152, 268_435_455);
}
