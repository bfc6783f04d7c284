using System.Buffers;
using FsCheck;
using FsCheck.Fluent;
using Hub.Transport.Mqtt;

namespace Hub.Transport.Tests.Mqtt;

public class MqttCodecTests
{
    private static readonly Arbitrary<(MqttVersion Version, int Seed)> Seeds = Gen.Choose(0, int.MaxValue - 1)
        .Select(seed => (seed % 2 == 0 ? MqttVersion.V311 : MqttVersion.V500, seed)).ToArbitrary();

    private static readonly Config Many = Config.QuickThrowOnFailure.WithMaxTest(2_000);

    [Fact]
    public void Any_packet_reads_as_it_was_written_however_its_bytes_arrive() =>
        Prop.ForAll(Seeds, drawn =>
        {
            var packet = Draw(drawn.Version, drawn.Seed);
            var bytes = Packets.Write(packet, drawn.Version);
            var input = Packets.Chopped(bytes, 1 + drawn.Seed % 40);

            Assert.True(MqttCodec.TryRead(ref input, drawn.Version, bytes.Length, out var read));

            Assert.True(input.IsEmpty);
            Packets.AssertSame(packet, read);
        }).Check(Many);

    [Fact]
    public void Every_truncation_needs_more_bytes_or_breaks_the_protocol() =>
        Prop.ForAll(Seeds, drawn =>
        {
            var bytes = Packets.Write(Draw(drawn.Version, drawn.Seed), drawn.Version);
            for (var length = 0; length < bytes.Length; length++)
            {
                // The stream just stops.
                var input = new ReadOnlySequence<byte>(bytes, 0, length);
                Assert.False(MqttCodec.TryRead(ref input, drawn.Version, bytes.Length, out _));
                Assert.Equal(length, input.Length);
                Assert.False(MqttFrame.TrySplit(bytes.AsSpan(0, length), drawn.Version, bytes.Length, out _));
            }
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(200));

    [Fact]
    public void A_packet_that_says_it_is_shorter_than_its_fields_is_never_anything_but_a_protocol_fault()
    {
        var faults = 0;
        Prop.ForAll(Seeds, drawn =>
        {
            var bytes = Packets.Write(Draw(drawn.Version, drawn.Seed), drawn.Version);
            if (bytes[1] is 0 or >= 128)
            {
                return;
            }

            for (var remaining = 0; remaining < bytes[1]; remaining++)
            {
                byte[] shorter = [bytes[0], (byte)remaining, .. bytes.AsSpan(2, remaining)];
                var (packet, fault) = Packets.TryRead(new ReadOnlySequence<byte>(shorter), drawn.Version);
                Assert.True(packet is not null || fault is not null, "the packet is whole: there is nothing to wait for");
                faults += fault is null ? 0 : 1;
            }
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(500));
        Assert.True(faults > 1_000, $"{faults} faults");
    }

    [Fact]
    public void Random_bytes_and_mutations_give_nothing_but_packets_waiting_and_protocol_faults()
    {
        var (read, waiting, faults) = (0, 0, 0);
        for (var seed = 0; seed < 40_000; seed++)
        {
            var random = new Random(seed);
            var version = seed % 2 == 0 ? MqttVersion.V311 : MqttVersion.V500;
            var bytes = Mutated(random, version, seed);

            var (packet, fault) = Packets.TryRead(new ReadOnlySequence<byte>(bytes), version);

            read += packet is null ? 0 : 1;
            faults += fault is null ? 0 : 1;
            waiting += packet is null && fault is null ? 1 : 0;
            if (packet is not null)
            {
                // Whatever is taken is a packet: it can be written, and then reads the same.
                var again = Packets.Write(packet, version);
                Packets.AssertSame(packet, Packets.TryRead(new ReadOnlySequence<byte>(again), version).Packet);
            }
        }

        Assert.True(read > 1_000 && waiting > 1_000 && faults > 10_000, $"{read} read, {waiting} waiting, {faults} faults");
    }

    [Fact]
    public void The_fast_view_takes_and_refuses_what_the_codec_does()
    {
        var (taken, refused) = (0, 0);
        for (var seed = 0; seed < 60_000; seed++)
        {
            var random = new Random(seed);
            var version = seed % 2 == 0 ? MqttVersion.V311 : MqttVersion.V500;
            var bytes = Packets.Write(new AnyPacket(random, version).Publish(), version);
            for (var i = random.Next(0, 4); i > 0; i--)
            {
                bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            }

            bytes[0] = (byte)(0x30 | (bytes[0] & 0x0F));
            var (packet, fault) = Packets.TryRead(new ReadOnlySequence<byte>(bytes), version);
            var (fast, fastFault) = View(bytes, version);

            Assert.Equal(fault?.Reason, fastFault?.Reason);
            Packets.AssertSame(packet is MqttPacket.Publish publish ? Flat(publish) : null, fast);
            taken += packet is null ? 0 : 1;
            refused += fault is null ? 0 : 1;
        }

        Assert.True(taken > 10_000 && refused > 10_000, $"{taken} taken, {refused} refused");
    }

    [Fact]
    public void The_splitter_finds_the_frames_of_a_stream_and_allocates_nothing()
    {
        var stream = new ArrayBufferWriter<byte>();
        var packets = Enumerable.Range(0, 200).Select(seed => Draw(MqttVersion.V500, seed)).ToList();
        packets.ForEach(packet => MqttCodec.Write(stream, packet, MqttVersion.V500));
        var types = new byte[packets.Count];

        var before = GC.GetAllocatedBytesForCurrentThread();
        var rest = stream.WrittenSpan;
        var count = 0;
        while (MqttFrame.TrySplit(rest, MqttVersion.V500, 1 << 20, out var frame))
        {
            types[count++] = (byte)frame.Type;
            if (frame.Type == MqttPacketType.Publish)
            {
                PublishView.Read(frame, MqttVersion.V500);
            }

            rest = rest[frame.Length..];
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.True(rest.IsEmpty);
        Assert.Equal(packets.Select(packet => packet.GetType().Name), types.Select(type => ((MqttPacketType)type).ToString()));
    }

    [Fact]
    public void A_length_that_never_comes_costs_nothing()
    {
        var input = new ReadOnlySequence<byte>([0x30, 0xFF, 0xFF, 0xFF, 0x7F, 0x00]);
        var before = GC.GetAllocatedBytesForCurrentThread();

        Assert.False(MqttCodec.TryRead(ref input, MqttVersion.V500, int.MaxValue, out _));

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1_000);
    }

    [Fact]
    public void An_answer_to_a_PUBLISH_in_a_span_is_what_the_codec_writes()
    {
        var output = new byte[PublishAnswer.BytesMax];
        foreach (var (version, reason) in new[]
                 {
                     (MqttVersion.V311, MqttReason.Success), (MqttVersion.V311, MqttReason.QuotaExceeded),
                     (MqttVersion.V500, MqttReason.Success), (MqttVersion.V500, MqttReason.QuotaExceeded),
                 })
        {
            foreach (var (type, packet) in new (MqttPacketType, MqttPacket)[]
                     {
                         (MqttPacketType.PubAck, new MqttPacket.PubAck(0xABCD, reason)),
                         (MqttPacketType.PubRec, new MqttPacket.PubRec(0xABCD, reason)),
                         (MqttPacketType.PubRel, new MqttPacket.PubRel(0xABCD, reason)),
                         (MqttPacketType.PubComp, new MqttPacket.PubComp(0xABCD, reason)),
                     })
            {
                var length = new PublishAnswer(type, 0xABCD, reason).Write(output, version);

                Assert.Equal(Packets.Write(packet, version), output[..length]);
            }
        }
    }

    [Fact]
    public void What_cannot_be_written_is_the_callers_fault_and_the_next_packet_is_whole()
    {
        Assert.Throws<ArgumentException>(() => Packets.Write(new MqttPacket.Auth(), MqttVersion.V311));
        Assert.Throws<ArgumentException>(
            () => Packets.Write(new MqttPacket.Publish(new string('a', 65_536), default), MqttVersion.V500));
        Assert.Throws<ArgumentException>(() => Packets.Write(
            new MqttPacket.Publish("a", default) { Properties = new MqttProperties { MaximumQoS = 1 } }, MqttVersion.V500));
        Assert.Throws<ArgumentException>(() => Packets.Write(
            new MqttPacket.Connect(MqttVersion.V311, "a") { Password = new byte[1] }, MqttVersion.V311));

        Assert.Equal([0xC0, 0x00], Packets.Write(new MqttPacket.PingReq(), MqttVersion.V500));
    }

    private static MqttPacket Draw(MqttVersion version, int seed) => new AnyPacket(new Random(seed), version).Next();

    private static byte[] Mutated(Random random, MqttVersion version, int seed)
    {
        if (seed % 5 == 0)
        {
            var bytes = new byte[random.Next(64)];
            random.NextBytes(bytes);
            return bytes;
        }

        var mutated = Packets.Write(new AnyPacket(random, version).Next(), version).ToList();
        for (var i = random.Next(1, 5); i > 0 && mutated.Count > 0; i--)
        {
            var at = random.Next(mutated.Count);
            switch (random.Next(3))
            {
                case 0:
                    mutated[at] = (byte)random.Next(256);
                    break;
                case 1:
                    mutated.RemoveAt(at);
                    break;
                default:
                    mutated.Insert(at, (byte)random.Next(256));
                    break;
            }
        }

        return [.. mutated];
    }

    private sealed record FlatPublish(
        string Topic, ushort PacketId, ushort Alias, string Payload, bool Dup, MqttQoS QoS, bool Retain);

    private static FlatPublish Flat(MqttPacket.Publish from) => new(
        from.Topic, from.PacketId, from.Properties.TopicAlias ?? 0, Convert.ToHexString(from.Payload.Span), from.Dup,
        from.QoS, from.Retain);

    private static (FlatPublish? Publish, MqttProtocolException? Fault) View(byte[] bytes, MqttVersion version)
    {
        try
        {
            if (!MqttFrame.TrySplit(bytes, version, 1 << 20, out var frame))
            {
                return (null, null);
            }

            var view = PublishView.Read(frame, version);
            return (
                new FlatPublish(
                    System.Text.Encoding.UTF8.GetString(view.Topic), view.PacketId, view.TopicAlias,
                    Convert.ToHexString(view.Payload), view.Dup, view.QoS, view.Retain),
                null);
        }
        catch (MqttProtocolException e)
        {
            return (null, e);
        }
    }
}
