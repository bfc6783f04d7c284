using Hub.Transport.Mqtt;

namespace Hub.Gateway.Broker;

/// <summary>
/// What the broker owes one client: its subscriptions, and the QoS 1 messages on their way to it. It may outlive the
/// connection, in memory, up to its expiry.
/// </summary>
internal sealed class Session(string clientId, BrokerOptions options, BrokerCounters counters)
{
    private readonly Lock _gate = new();
    private readonly Queue<Delivery> _queue = new();
    private readonly Dictionary<ushort, Delivery> _inFlight = [];
    private readonly List<ushort> _inFlightOrder = [];
    private readonly Dictionary<string, MqttSubscription> _subscriptions = new(StringComparer.Ordinal);
    private BrokerConnection? _connection;
    private ushort _lastId;

    public string ClientId { get; } = clientId;

    /// <summary>How long it lives without a connection.</summary>
    public TimeSpan Expiry { get; set; }

    /// <summary>Since when it has no connection, on the network clock.</summary>
    public long AwaySince { get; private set; }

    /// <summary>The connection that serves it; null while the client is away.</summary>
    public BrokerConnection? Connection => Volatile.Read(ref _connection);

    public IReadOnlyList<string> Filters
    {
        get
        {
            lock (_gate)
            {
                return [.. _subscriptions.Keys];
            }
        }
    }

    /// <summary>Notes a subscription; false when there are too many.</summary>
    public bool TrySubscribe(MqttSubscription subscription)
    {
        lock (_gate)
        {
            if (_subscriptions.Count >= options.SubscriptionsPerSessionMax
                && !_subscriptions.ContainsKey(subscription.Filter))
            {
                return false;
            }

            _subscriptions[subscription.Filter] = subscription;
            return true;
        }
    }

    public void Unsubscribe(string filter)
    {
        lock (_gate)
        {
            _subscriptions.Remove(filter);
        }
    }

    /// <summary>
    /// A new connection serves it: what it had not acknowledged goes out again (4.4), then what waited.
    /// </summary>
    public void Attach(BrokerConnection connection)
    {
        lock (_gate)
        {
            Volatile.Write(ref _connection, connection);
            foreach (var id in _inFlightOrder)
            {
                Send_NeedsLock(_inFlight[id], id, isAgain: true);
            }

            SendQueued_NeedsLock();
        }

        connection.Output.Flush();
    }

    /// <summary>That connection is gone; another may serve it by now.</summary>
    public void Detach(BrokerConnection connection)
    {
        lock (_gate)
        {
            if (_connection == connection)
            {
                Volatile.Write(ref _connection, null);
                AwaySince = options.NetworkTime.GetTimestamp();
            }
        }
    }

    /// <summary>Sends a message, or lets it wait for its turn.</summary>
    public void Deliver(BrokerMessage message, MqttSubscription how, uint identifier, bool isRetained)
    {
        if (how.NoLocal && message.Publisher == ClientId)
        {
            return;
        }

        // 3.3.1.3: set on what was kept for the subscriber, cleared on what just passes through, unless it wants to
        // know.
        var delivery = new Delivery(
            message, (MqttQoS)Math.Min((byte)message.QoS, (byte)how.QoS),
            isRetained || (how.RetainAsPublished && message.Retain), identifier);
        BrokerConnection? connection;
        lock (_gate)
        {
            connection = _connection;
            if (delivery.QoS == MqttQoS.AtMostOnce)
            {
                SendOnce_NeedsLock(delivery);
            }
            else if (_queue.Count >= options.QueuedPerSessionMax)
            {
                counters.AddDropped();
            }
            else
            {
                _queue.Enqueue(delivery);
                SendQueued_NeedsLock();
            }
        }

        connection?.FlushOrGiveUp();
    }

    /// <summary>The client has it; the next may go.</summary>
    public void Acknowledge(ushort packetId)
    {
        lock (_gate)
        {
            if (_inFlight.Remove(packetId))
            {
                _inFlightOrder.Remove(packetId);
                SendQueued_NeedsLock();
            }
        }
    }

    private void SendOnce_NeedsLock(Delivery delivery)
    {
        if (_connection is null || !Send_NeedsLock(delivery, 0, isAgain: false))
        {
            counters.AddDropped();
        }
    }

    private void SendQueued_NeedsLock()
    {
        while (_connection is { } connection
            && _inFlight.Count < Math.Min(options.InFlightMax, connection.ClientReceiveMax)
            && _queue.TryPeek(out var delivery))
        {
            var id = NextId_NeedsLock();
            if (Send_NeedsLock(delivery, id, isAgain: false))
            {
                _inFlight[id] = delivery;
                _inFlightOrder.Add(id);
            }
            else if (connection.Output.IsFull)
            {
                // While its socket is behind, a message waits and is not dropped: it asked for at least once.
                return;
            }
            else
            {
                // Expired, or longer than its client takes.
                counters.AddDropped();
            }

            _queue.Dequeue();
        }
    }

    private ushort NextId_NeedsLock()
    {
        do
        {
            _lastId = _lastId == ushort.MaxValue ? (ushort)1 : (ushort)(_lastId + 1);
        }
        while (_inFlight.ContainsKey(_lastId));
        return _lastId;
    }

    private bool Send_NeedsLock(Delivery delivery, ushort packetId, bool isAgain)
    {
        var connection = _connection!;
        var properties = delivery.Message.PropertiesAt(options.NetworkTime);
        if (properties is null && !isAgain)
        {
            return false;
        }

        // 4.4: what was sent once is sent to its end, expired or not.
        properties ??= delivery.Message.Properties;

        if (connection.Version == MqttVersion.V311)
        {
            properties = MqttProperties.None;
        }
        else if (delivery.Identifier != 0)
        {
            properties = properties with { SubscriptionIdentifiers = [delivery.Identifier] };
        }

        var publish = new MqttPacket.Publish(delivery.Message.Topic, delivery.Message.Payload)
        {
            QoS = delivery.QoS,
            PacketId = packetId,
            Retain = delivery.Retain,
            Dup = isAgain,
            Properties = properties,
        };
        var isSent = connection.Output.TryWrite(publish, connection.Version, connection.ClientPacketBytesMax);
        if (isSent)
        {
            counters.AddDelivered();
        }

        return isSent;
    }

    private sealed record Delivery(BrokerMessage Message, MqttQoS QoS, bool Retain, uint Identifier);
}
