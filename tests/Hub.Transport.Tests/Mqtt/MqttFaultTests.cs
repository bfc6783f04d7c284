using System.Buffers;
using Hub.Transport.Mqtt;

namespace Hub.Transport.Tests.Mqtt;

/// <summary>What the standards forbid, one by one.</summary>
public class MqttFaultTests
{
    private const MqttVersion V311 = MqttVersion.V311;
    private const MqttVersion V500 = MqttVersion.V500;

    [Theory]
    [InlineData(V311, "00 00", MqttReason.MalformedPacket)] // reserved type
    [InlineData(V311, "F0 00", MqttReason.MalformedPacket)] // AUTH is 5.0's
    [InlineData(V500, "41 02 0001", MqttReason.MalformedPacket)] // flags of PUBACK
    [InlineData(V500, "60 02 0001", MqttReason.MalformedPacket)] // flags of PUBREL
    [InlineData(V500, "80 06 0001 00 0001 61 00", MqttReason.MalformedPacket)] // flags of SUBSCRIBE
    [InlineData(V500, "30 FF FF FF FF 01", MqttReason.MalformedPacket)] // remaining length of five bytes
    [InlineData(V500, "C0 80 00", MqttReason.MalformedPacket)] // remaining length with padding
    [InlineData(V311, "36 05 0001 61 0001", MqttReason.MalformedPacket)] // QoS 3
    [InlineData(V311, "38 03 0001 61", MqttReason.MalformedPacket)] // DUP at QoS 0
    [InlineData(V311, "30 04 0002 612B", MqttReason.MalformedPacket)] // wildcard
    [InlineData(V311, "30 04 0002 6123", MqttReason.MalformedPacket)]
    [InlineData(V311, "30 02 0000", MqttReason.ProtocolError)] // empty topic
    [InlineData(V500, "30 03 0000 00", MqttReason.ProtocolError)] // and no alias for it
    [InlineData(V311, "30 03 0001 00", MqttReason.MalformedPacket)] // U+0000
    [InlineData(V311, "30 04 0002 C328", MqttReason.MalformedPacket)] // not UTF-8
    [InlineData(V311, "30 05 0003 EDA080", MqttReason.MalformedPacket)] // surrogate
    [InlineData(V311, "30 04 0002 C080", MqttReason.MalformedPacket)] // overlong U+0000
    [InlineData(V311, "30 03 0001 01", MqttReason.MalformedPacket)] // control characters
    [InlineData(V311, "30 03 0001 7F", MqttReason.MalformedPacket)]
    [InlineData(V311, "30 05 0003 61C29F", MqttReason.MalformedPacket)]
    [InlineData(V311, "30 03 0009 61", MqttReason.MalformedPacket)] // topic beyond the packet
    [InlineData(V311, "32 05 0001 61 0000", MqttReason.ProtocolError)] // packet id 0
    [InlineData(V311, "32 04 0001 61 00", MqttReason.MalformedPacket)] // half a packet id
    [InlineData(V500, "30 0E 0001 61 0A 02 00000001 02 00000001", MqttReason.ProtocolError)] // property twice
    [InlineData(V500, "30 06 0001 61 02 01 02", MqttReason.ProtocolError)] // payload format 2
    [InlineData(V500, "30 06 0001 61 02 7F 00", MqttReason.MalformedPacket)] // unknown property
    [InlineData(V500, "30 07 0001 61 03 21 0001", MqttReason.ProtocolError)] // receive maximum in PUBLISH
    [InlineData(V500, "30 07 0001 61 03 23 0000", MqttReason.TopicAliasInvalid)]
    [InlineData(V500, "30 06 0001 61 02 0B 00", MqttReason.ProtocolError)] // subscription identifier 0
    [InlineData(V500, "30 08 0001 61 04 08 0001 2B", MqttReason.MalformedPacket)] // wildcard in response topic
    [InlineData(V500, "30 05 0001 61 09 00", MqttReason.MalformedPacket)] // properties beyond the packet
    [InlineData(V500, "30 05 0001 61 01 02", MqttReason.MalformedPacket)] // property cut off
    [InlineData(V311, "40 02 0000", MqttReason.ProtocolError)]
    [InlineData(V311, "40 03 0001 00", MqttReason.MalformedPacket)] // trailing byte
    [InlineData(V500, "40 05 0001 00 00 00", MqttReason.MalformedPacket)]
    [InlineData(V500, "40 03 0001 01", MqttReason.ProtocolError)] // a reason that PUBACK hasn't
    [InlineData(V311, "82 02 0001", MqttReason.MalformedPacket)] // SUBSCRIBE to nothing
    [InlineData(V311, "82 06 0001 0001 61 03", MqttReason.MalformedPacket)] // QoS 3
    [InlineData(V311, "82 06 0001 0001 61 04", MqttReason.MalformedPacket)] // reserved bits
    [InlineData(V500, "82 07 0001 00 0001 61 40", MqttReason.MalformedPacket)]
    [InlineData(V500, "82 07 0001 00 0001 61 30", MqttReason.ProtocolError)] // retain handling 3
    [InlineData(V311, "82 05 0001 0000 00", MqttReason.MalformedPacket)] // empty filter
    [InlineData(V500, "82 10 0001 00 000A 2473686172652F672F61 04", MqttReason.ProtocolError)] // no local, shared
    [InlineData(V500, "82 0B 0001 04 0B 01 0B 01 0001 61 00", MqttReason.ProtocolError)] // two identifiers
    [InlineData(V311, "90 03 0001 03", MqttReason.MalformedPacket)]
    [InlineData(V500, "90 04 0001 00 05", MqttReason.ProtocolError)]
    [InlineData(V311, "A2 02 0001", MqttReason.MalformedPacket)]
    [InlineData(V311, "C0 01 00", MqttReason.MalformedPacket)]
    [InlineData(V311, "E0 01 00", MqttReason.MalformedPacket)]
    [InlineData(V500, "E0 01 01", MqttReason.ProtocolError)]
    [InlineData(V311, "20 02 02 00", MqttReason.MalformedPacket)]
    [InlineData(V311, "20 02 01 05", MqttReason.ProtocolError)] // refused with a session
    [InlineData(V311, "20 02 00 06", MqttReason.MalformedPacket)]
    [InlineData(V500, "F0 07 18 05 16 0002 0102", MqttReason.ProtocolError)] // data without a method
    [InlineData(V311, "10 0D 0004 4D515455 04 02 003C 0001 61", MqttReason.MalformedPacket)]
    [InlineData(V311, "10 0F 0006 4D5149736470 03 02 003C 0001 61", MqttReason.UnsupportedProtocolVersion)] // 3.1
    [InlineData(V311, "10 0D 0004 4D515454 06 02 003C 0001 61", MqttReason.UnsupportedProtocolVersion)]
    [InlineData(V311, "10 0D 0004 4D515454 04 03 003C 0001 61", MqttReason.MalformedPacket)] // reserved flag
    [InlineData(V311, "10 0D 0004 4D515454 04 0A 003C 0001 61", MqttReason.MalformedPacket)] // will QoS, no will
    [InlineData(V311, "10 0D 0004 4D515454 04 22 003C 0001 61", MqttReason.MalformedPacket)] // will retain, no will
    [InlineData(V311, "10 11 0004 4D515454 04 1E 003C 0001 61 0000 0000", MqttReason.MalformedPacket)] // will QoS 3
    [InlineData(V311, "10 0F 0004 4D515454 04 42 003C 0001 61 0000", MqttReason.MalformedPacket)] // password alone
    [InlineData(V311, "10 12 0004 4D515454 04 06 003C 0001 61 0001 2B 0000", MqttReason.MalformedPacket)]
    [InlineData(V500, "10 11 0004 4D515454 05 02 003C 03 21 0000 0001 61", MqttReason.ProtocolError)]
    public void Is_refused_with_its_reason(MqttVersion version, string bytes, MqttReason reason)
    {
        var (packet, fault) = Packets.TryRead(new ReadOnlySequence<byte>(GoldenPacketTests.Bytes(bytes)), version);

        Assert.Null(packet);
        Assert.Equal(reason, fault?.Reason);
        Assert.EndsWith(".", fault!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_packet_over_the_limit_is_refused_before_its_body_comes()
    {
        var (_, fault) = Packets.TryRead(new ReadOnlySequence<byte>([0x30, 0x63]), V500, packetBytesMax: 100);
        Assert.Equal(MqttReason.PacketTooLarge, fault?.Reason);
        Assert.Equal("A packet of 101 bytes exceeds the 100 allowed here.", fault?.Message);

        (_, fault) = Packets.TryRead(new ReadOnlySequence<byte>([0x30, 0x62]), V500, packetBytesMax: 100);
        Assert.Null(fault);
    }

    [Fact]
    public void Padding_of_the_remaining_length_passes_in_3_1_1_which_does_not_forbid_it() =>
        Assert.IsType<MqttPacket.PingReq>(Packets.TryRead(new ReadOnlySequence<byte>([0xC0, 0x80, 0x00]), V311).Packet);
}
