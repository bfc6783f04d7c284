using Hub.Transport.Mqtt;

namespace Hub.Gateway.Broker;

/// <summary>The packets that are not messages.</summary>
internal sealed partial class BrokerConnection
{
    private void TakeControl(MqttPacket packet)
    {
        switch (packet)
        {
            case MqttPacket.PubAck ack:
                _session!.Acknowledge(ack.PacketId);
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
            case MqttPacket.Connect:
                throw new MqttProtocolException(MqttReason.ProtocolError, "A second CONNECT came on one connection.");
            default:
                throw new MqttProtocolException(
                    MqttReason.ProtocolError, $"{packet.GetType().Name} has no place in what was agreed.");
        }
    }

    private void Subscribe(MqttPacket.Subscribe subscribe)
    {
        var identifier = subscribe.Properties.SubscriptionIdentifiers is [var first, ..] ? first : 0;
        var reasons = new List<MqttReason>(subscribe.Subscriptions.Count);
        var retained = new List<MqttSubscription>();
        foreach (var wanted in subscribe.Subscriptions)
        {
            reasons.Add(_router.Subscribe(_session!, wanted, identifier, retained));
        }

        Output.Write(new MqttPacket.SubAck(subscribe.PacketId, reasons), Version);
        foreach (var granted in retained)
        {
            _router.SendRetained(_session!, granted, identifier);
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
