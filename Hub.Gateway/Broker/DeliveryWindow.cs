using Hub.Transport.Mqtt;

namespace Hub.Gateway.Broker;

/// <summary>
/// The QoS 1 and 2 messages that one client is owed, in their order (4.3, 4.6). Whoever owns it has the lock.
/// <code>
///  QoS 1   queued ─► sent ── PUBACK ─► done
///  QoS 2   queued ─► sent ── PUBREC ─► received, PUBREL sent ── PUBCOMP ─► done
/// </code>
/// A new connection sends all that is not done again, from where it was (4.4).
/// </summary>
internal sealed class DeliveryWindow(int queuedMax)
{
    private readonly Queue<Delivery> _queue = new();
    private readonly Dictionary<ushort, Delivery> _inFlight = [];
    private readonly List<Delivery> _order = [];
    private int _again;
    private ushort _lastId;

    /// <summary>False when too many wait.</summary>
    public bool TryAdd(Delivery delivery)
    {
        if (_queue.Count >= queuedMax)
        {
            return false;
        }

        _queue.Enqueue(delivery);
        return true;
    }

    /// <summary>Another connection: what is in flight goes again, first.</summary>
    public void Restart()
    {
        foreach (var delivery in _order)
        {
            delivery.IsSent = false;
        }

        _again = _order.Count;
    }

    /// <summary>What is to be sent next, while fewer than the window are out; it then is sent or dropped.</summary>
    public Delivery? Next(int inFlightMax)
    {
        if (_order.Count - _again >= inFlightMax)
        {
            return null;
        }

        if (_again > 0)
        {
            return _order.First(delivery => !delivery.IsSent);
        }

        if (_queue.TryPeek(out var next) && next.PacketId == 0)
        {
            next.PacketId = NextId();
        }

        return next;
    }

    public void Sent(Delivery delivery)
    {
        if (_again > 0)
        {
            _again--;
        }
        else
        {
            _queue.Dequeue();
            _inFlight[delivery.PacketId] = delivery;
            _order.Add(delivery);
        }

        (delivery.IsSent, delivery.WasSent) = (true, true);
    }

    /// <summary>It can't be sent: expired, or longer than its client takes.</summary>
    public void Drop(Delivery delivery)
    {
        if (_again > 0)
        {
            _again--;
            Remove(delivery);
        }
        else
        {
            _queue.Dequeue();
        }
    }

    /// <summary>PUBACK: done. One that nothing waits for changes nothing.</summary>
    public void Acknowledge(ushort packetId)
    {
        if (_inFlight.TryGetValue(packetId, out var delivery))
        {
            Require(delivery.QoS == MqttQoS.AtLeastOnce, "PUBACK", delivery);
            Remove(delivery);
        }
    }

    /// <summary>PUBREC: gives the PUBREL to answer with, if any.</summary>
    public PublishAnswer? Receive(ushort packetId, MqttReason reason)
    {
        var isRefused = reason >= MqttReason.UnspecifiedError;
        if (!_inFlight.TryGetValue(packetId, out var delivery))
        {
            return isRefused ? null : new(MqttPacketType.PubRel, packetId, MqttReason.PacketIdentifierNotFound);
        }

        Require(delivery.QoS == MqttQoS.ExactlyOnce, "PUBREC", delivery);
        if (isRefused)
        {
            Remove(delivery);
            return null;
        }

        delivery.IsReceived = true;
        return new(MqttPacketType.PubRel, packetId);
    }

    /// <summary>PUBCOMP: done.</summary>
    public void Complete(ushort packetId)
    {
        if (_inFlight.TryGetValue(packetId, out var delivery))
        {
            Require(delivery.IsReceived, "PUBCOMP", delivery);
            Remove(delivery);
        }
    }

    private static void Require(bool isInPlace, string packet, Delivery delivery)
    {
        if (!isInPlace)
        {
            throw new MqttProtocolException(
                MqttReason.ProtocolError, $"{packet} answers a message of QoS {(int)delivery.QoS} out of its turn.");
        }
    }

    private void Remove(Delivery delivery)
    {
        _inFlight.Remove(delivery.PacketId);
        _order.Remove(delivery);
    }

    private ushort NextId()
    {
        do
        {
            _lastId = _lastId == ushort.MaxValue ? (ushort)1 : (ushort)(_lastId + 1);
        }
        while (_inFlight.ContainsKey(_lastId));
        return _lastId;
    }
}
