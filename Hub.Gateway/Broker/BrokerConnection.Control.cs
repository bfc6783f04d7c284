using Hub.Transport.Mqtt;

namespace Hub.Gateway.Broker;

/// <summary>The packets that are not messages.</summary>
internal sealed partial class BrokerConnection
{
    private void TakeControl(MqttPacket packet)
    {
        switch (packet)
        {
            case MqttPacket.PubAck(var id, var reason):
                Answer(_session!.Answer(MqttPacketType.PubAck, id, reason));
                break;
            case MqttPacket.PubRec(var id, var reason):
                Answer(_session!.Answer(MqttPacketType.PubRec, id, reason));
                break;
            case MqttPacket.PubComp(var id, var reason):
                Answer(_session!.Answer(MqttPacketType.PubComp, id, reason));
                break;
            case MqttPacket.PubRel(var id, _):
                Release(id);
                break;
            case MqttPacket.PingReq:
                Output.Write(new MqttPacket.PingResp(), Version);
                break;
            case MqttPacket.Subscribe subscribe:
                Subscribe(subscribe);
                break;
            case MqttPacket.Unsubscribe unsubscribe:
                Unsubscribe(unsubscribe);
                break;
            case MqttPacket.Disconnect disconnect:
                Disconnect(disconnect);
                break;
            default:
                throw new MqttProtocolException(
                    MqttReason.ProtocolError, $"{packet.GetType().Name} has no place in what was agreed.");
        }
    }

    private void Subscribe(MqttPacket.Subscribe subscribe)
    {
        var identifier = subscribe.Properties.SubscriptionIdentifiers is [var first, ..] ? first : 0;
        _router.Subscribe(
            _session!, subscribe.Subscriptions, identifier,
            reasons => Output.Write(new MqttPacket.SubAck(subscribe.PacketId, reasons), Version));
    }

    private void Answer(PublishAnswer? answer)
    {
        if (answer is { } one)
        {
            Output.WriteAnswers([one], Version);
        }
    }

    private void Unsubscribe(MqttPacket.Unsubscribe unsubscribe) => Output.Write(
        new MqttPacket.UnsubAck(
            unsubscribe.PacketId, [.. unsubscribe.Filters.Select(filter => _router.Unsubscribe(_session!, filter))]),
        Version);

    private void Disconnect(MqttPacket.Disconnect disconnect)
    {
        if (disconnect.Properties.SessionExpiry is { } seconds)
        {
            // 3.14.2.2.2: a session that was to end with its connection can't be kept after all.
            if (_session!.Expiry == TimeSpan.Zero && seconds > 0)
            {
                throw new MqttProtocolException(
                    MqttReason.ProtocolError, "DISCONNECT gives a session a life that CONNECT had denied it.");
            }

            _session.Expiry = Handshake.Limited(seconds, _options);
        }

        if (disconnect.Reason != MqttReason.DisconnectWithWill)
        {
            _will = null;
        }

        _isOrderly = true;
    }
}
