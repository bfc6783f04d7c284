using System.Buffers;
using Hub.Transport.Mqtt;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Hub.Gateway.Broker;

/// <summary>
/// A session in hub.db, as the MQTT 5.0 packets that would make it: a format that needs no drawing of ours.
/// <code>
/// │ CONNECT: client id, expiry, will that waits │ SUBSCRIBE for each filter │ PUBREC for each unreleased message │
/// </code>
/// </summary>
internal sealed class SessionRow
{
    public required string ClientId { get; init; }

    /// <summary>The name of its principal.</summary>
    public required string Owner { get; init; }

    public required byte[] Packets { get; init; }

    /// <summary>Null while its client is connected.</summary>
    public DateTimeOffset? AwayAt { get; init; }

    public static SessionRow Of(string clientId, SessionState state)
    {
        var output = new ArrayBufferWriter<byte>();
        var connect = new MqttPacket.Connect(MqttVersion.V500, clientId)
        {
            CleanStart = false,
            Will = state.Will,
            Properties = new MqttProperties { SessionExpiry = (uint)state.Expiry.TotalSeconds },
        };
        MqttCodec.Write(output, connect, MqttVersion.V500);
        foreach (var (how, identifier) in state.Subscriptions)
        {
            var subscribe = new MqttPacket.Subscribe(1, [how])
            {
                Properties = identifier == 0
                    ? MqttProperties.None
                    : new MqttProperties { SubscriptionIdentifiers = [identifier] },
            };
            MqttCodec.Write(output, subscribe, MqttVersion.V500);
        }

        foreach (var id in state.Unreleased)
        {
            MqttCodec.Write(output, new MqttPacket.PubRec(id), MqttVersion.V500);
        }

        return new SessionRow
        {
            ClientId = clientId,
            Owner = state.Owner,
            Packets = output.WrittenSpan.ToArray(),
            AwayAt = state.AwayAt,
        };
    }

    public SessionState Read()
    {
        var (expiry, will) = (TimeSpan.Zero, (MqttWill?)null);
        var subscriptions = new List<(MqttSubscription, uint)>();
        var unreleased = new List<ushort>();
        var bytes = new ReadOnlySequence<byte>(Packets);
        while (MqttCodec.TryRead(ref bytes, MqttVersion.V500, int.MaxValue, out var packet))
        {
            switch (packet)
            {
                case MqttPacket.Connect connect:
                    (expiry, will) = (TimeSpan.FromSeconds(connect.Properties.SessionExpiry ?? 0), connect.Will);
                    break;
                case MqttPacket.Subscribe { Subscriptions: [var how], Properties.SubscriptionIdentifiers: var names }:
                    subscriptions.Add((how, names is [var name, ..] ? name : 0));
                    break;
                case MqttPacket.PubRec(var id, _):
                    unreleased.Add(id);
                    break;
            }
        }

        return new SessionState(Owner, expiry, AwayAt, will, subscriptions, unreleased);
    }

    public sealed class Table : IEntityTypeConfiguration<SessionRow>
    {
        public void Configure(EntityTypeBuilder<SessionRow> builder)
        {
            builder.ToTable("session");
            builder.HasKey(row => row.ClientId);
        }
    }
}
