using Hub.Transport.Mqtt;

namespace Hub.Gateway.Broker;

/// <summary>How messages get to the client.</summary>
internal sealed partial class Session
{
    /// <summary>Sends a message, or lets it wait for its turn.</summary>
    /// <param name="message">What.</param>
    /// <param name="by">The subscriptions that ask for it; at the highest QoS of them it comes once (3.3.4).</param>
    /// <param name="isRetained">It was kept for the subscriber, and doesn't just pass through.</param>
    public void Deliver(BrokerMessage message, ReadOnlySpan<Subscriber> by, bool isRetained)
    {
        if (DeliveryOf(message, by, isRetained) is not { } delivery)
        {
            return;
        }

        BrokerConnection? connection;
        lock (_gate)
        {
            connection = _connection;
            if (delivery.QoS == MqttQoS.AtMostOnce)
            {
                if (connection is null || !Send_NeedsLock(delivery))
                {
                    counters.AddDropped();
                }
            }
            else if ((_window ??= new DeliveryWindow(options)).TryAdd(delivery))
            {
                SendQueued_NeedsLock();
                Note();
            }
            else
            {
                counters.AddDropped();
            }
        }

        connection?.FlushOrGiveUp();
    }

    /// <summary>PUBACK, PUBREC or PUBCOMP: the next may go. Gives the PUBREL to answer with, if any.</summary>
    /// <exception cref="MqttProtocolException">The message isn't that far, or doesn't go that way.</exception>
    public PublishAnswer? Answer(MqttPacketType type, ushort packetId, MqttReason reason)
    {
        lock (_gate)
        {
            PublishAnswer? answer = null;
            var window = _window ??= new DeliveryWindow(options);
            switch (type)
            {
                case MqttPacketType.PubAck:
                    window.Acknowledge(packetId);
                    break;
                case MqttPacketType.PubRec:
                    answer = window.Receive(packetId, reason);
                    break;
                default:
                    window.Complete(packetId);
                    break;
            }

            SendQueued_NeedsLock();
            Note();
            return answer;
        }
    }

    /// <summary>The connection's output has room again.</summary>
    public void SendQueued()
    {
        lock (_gate)
        {
            SendQueued_NeedsLock();
        }

        Connection?.Output.Flush();
    }

    private Delivery? DeliveryOf(BrokerMessage message, ReadOnlySpan<Subscriber> by, bool isRetained)
    {
        var (isWanted, qos, asPublished) = (false, MqttQoS.AtMostOnce, false);
        IReadOnlyList<uint> identifiers = [];
        foreach (ref readonly var subscriber in by)
        {
            if (subscriber.How.NoLocal && message.Publisher == ClientId)
            {
                continue;
            }

            isWanted = true;
            qos = (MqttQoS)Math.Max((byte)qos, (byte)subscriber.How.QoS);
            asPublished |= subscriber.How.RetainAsPublished;
            if (subscriber.Identifier != 0)
            {
                identifiers = [.. identifiers, subscriber.Identifier];
            }
        }

        // 3.3.1.3: set on what was kept for the subscriber, cleared on what just passes through, unless it wants to
        // know.
        return isWanted
            ? new Delivery(
                message, (MqttQoS)Math.Min((byte)message.QoS, (byte)qos), isRetained || (asPublished && message.Retain),
                identifiers)
            : null;
    }

    private void SendQueued_NeedsLock()
    {
        while (_connection is { } connection
            && _window?.Next(Math.Min(options.InFlightMax, connection.ClientReceiveMax)) is { } delivery)
        {
            if (Send_NeedsLock(delivery))
            {
                _window.Sent(delivery);
            }
            else if (connection.Output.IsFull)
            {
                // While its socket is behind, a message waits and is not dropped: it asked for at least once.
                return;
            }
            else
            {
                // Expired, or longer than its client takes.
                _window.Drop(delivery);
                counters.AddDropped();
            }
        }
    }

    private bool Send_NeedsLock(Delivery delivery)
    {
        var connection = _connection!;
        if (delivery.IsReceived)
        {
            return connection.Output.TryWrite(new MqttPacket.PubRel(delivery.PacketId), connection.Version);
        }

        var properties = delivery.Message.PropertiesAt(options.NetworkTime);
        if (properties is null && !delivery.WasSent)
        {
            return false;
        }

        // 4.4: what was sent once is sent to its end, expired or not.
        properties ??= delivery.Message.Properties;
        var (topic, alias) = connection.Aliases.For(delivery.Message.Topic);
        if (connection.Version == MqttVersion.V311)
        {
            properties = MqttProperties.None;
        }
        else if (alias is not null || delivery.Identifiers.Count > 0)
        {
            properties = properties with { TopicAlias = alias, SubscriptionIdentifiers = delivery.Identifiers };
        }

        var publish = new MqttPacket.Publish(topic, delivery.Message.Payload)
        {
            QoS = delivery.QoS,
            PacketId = delivery.PacketId,
            Retain = delivery.Retain,
            Dup = delivery.WasSent,
            Properties = properties,
        };
        if (!connection.Output.TryWrite(publish, connection.Version))
        {
            return false;
        }

        if (alias is { } told)
        {
            connection.Aliases.Know(delivery.Message.Topic, told);
        }

        counters.AddDelivered();
        return true;
    }
}
