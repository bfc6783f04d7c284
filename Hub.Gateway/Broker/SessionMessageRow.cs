using System.Buffers;
using Hub.Transport.Mqtt;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Hub.Gateway.Broker;

/// <summary>A QoS 1 or 2 message that a session is owed, in hub.db; rows are numbered as they are sent.</summary>
internal sealed class SessionMessageRow
{
    public required long Row { get; init; }

    public required string ClientId { get; init; }

    /// <summary>0 while it waits in the queue.</summary>
    public required ushort PacketId { get; init; }

    /// <summary>The client has it, and has not said that it is done with it.</summary>
    public required bool IsReceived { get; init; }

    /// <summary>When it was published, for its expiry.</summary>
    public required DateTimeOffset PublishedAt { get; init; }

    /// <summary>The PUBLISH as MQTT 5.0 writes it; its packet id is in the column.</summary>
    public required byte[] Packet { get; init; }

    public static SessionMessageRow Of(string clientId, Delivery delivery, TimeProvider time)
    {
        var output = new ArrayBufferWriter<byte>();
        var publish = new MqttPacket.Publish(delivery.Message.Topic, delivery.Message.Payload)
        {
            QoS = delivery.QoS,
            PacketId = 1,
            Retain = delivery.Retain,
            Properties = delivery.Message.Properties with { SubscriptionIdentifiers = delivery.Identifiers },
        };
        MqttCodec.Write(output, publish, MqttVersion.V500);
        return new SessionMessageRow
        {
            Row = delivery.Row,
            ClientId = clientId,
            PacketId = delivery.WasSent ? delivery.PacketId : (ushort)0,
            IsReceived = delivery.IsReceived,
            PublishedAt = time.GetUtcNow() - time.GetElapsedTime(delivery.Message.ReceivedAt),
            Packet = output.WrittenSpan.ToArray(),
        };
    }

    public Delivery? Read(TimeProvider time)
    {
        var bytes = new ReadOnlySequence<byte>(Packet);
        if (!MqttCodec.TryRead(ref bytes, MqttVersion.V500, int.MaxValue, out var packet)
            || packet is not MqttPacket.Publish publish)
        {
            return null;
        }

        var age = time.GetUtcNow() - PublishedAt;
        var message = new BrokerMessage(
            publish.Topic, publish.Payload, publish.QoS, publish.Retain, "", BrokerMessage.Passed(publish.Properties),
            time.GetTimestamp() - (long)(age.TotalSeconds * time.TimestampFrequency));
        return new Delivery(message, publish.QoS, publish.Retain, publish.Properties.SubscriptionIdentifiers)
        {
            Row = Row,
            PacketId = PacketId,
            WasSent = PacketId != 0,
            IsReceived = IsReceived,
        };
    }

    public sealed class Table : IEntityTypeConfiguration<SessionMessageRow>
    {
        public void Configure(EntityTypeBuilder<SessionMessageRow> builder)
        {
            builder.ToTable("session_message");
            builder.HasKey(row => row.Row);
            builder.Property(row => row.Row).ValueGeneratedNever();
            builder.HasIndex(row => row.ClientId);
        }
    }
}
