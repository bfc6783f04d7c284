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
internal sealed class DeliveryWindow(BrokerOptions options)
{
    private readonly Queue<Delivery> _queue = new();
    private readonly Dictionary<ushort, Delivery> _inFlight = [];
    private readonly List<Delivery> _order = [];
    private List<long> _doneRows = [];
    private long _queuedBytes;
    private int _again;
    private ushort _lastId;

    /// <summary>All that is owed, in its order.</summary>
    public IEnumerable<Delivery> All => _order.Concat(_queue);

    /// <summary>False when too much waits.</summary>
    public bool TryAdd(Delivery delivery)
    {
        var bytes = _queuedBytes + delivery.Message.Payload.Length;
        if (_queue.Count >= options.QueuedPerSessionMax
            || (_queue.Count > 0 && bytes > options.QueuedBytesPerSessionMax))
        {
            return false;
        }

        _queuedBytes = bytes;
        _queue.Enqueue(delivery);
        return true;
    }

    /// <summary>Puts back what an earlier run had, in its order.</summary>
    public void Restore(Delivery delivery)
    {
        if (delivery.WasSent)
        {
            _inFlight[delivery.PacketId] = delivery;
            _order.Add(delivery);
        }
        else
        {
            TryAdd(delivery);
        }
    }

    /// <summary>The rows in hub.db of what is done since the last call.</summary>
    public IReadOnlyList<long> TakeDoneRows()
    {
        var done = _doneRows;
        _doneRows = [];
        return done;
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
            Dequeue();
            _inFlight[delivery.PacketId] = delivery;
            _order.Add(delivery);
            delivery.IsAhead = true;
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
            Dequeue();
            NoteDone(delivery);
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

        (delivery.IsReceived, delivery.IsAhead) = (true, true);
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

    private void Dequeue() => _queuedBytes -= _queue.Dequeue().Message.Payload.Length;

    private void Remove(Delivery delivery)
    {
        _inFlight.Remove(delivery.PacketId);
        _order.Remove(delivery);
        NoteDone(delivery);
    }

    private void NoteDone(Delivery delivery)
    {
        if (delivery.Row != 0)
        {
            _doneRows.Add(delivery.Row);
        }
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
