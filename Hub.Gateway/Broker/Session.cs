using Hub.Transport.Mqtt;

namespace Hub.Gateway.Broker;

/// <summary>
/// What the broker and one client owe each other: its subscriptions, the QoS 1 and 2 messages on their way to it, and
/// the QoS 2 messages that it has not released. It may outlive the connection, up to its expiry, and then the hub's
/// restart too.
/// </summary>
internal sealed partial class Session(
    string clientId, Principal principal, BrokerOptions options, BrokerCounters counters, SessionStore store)
{
    private readonly Lock _gate = new();

    // Most clients subscribe to one or two filters, and many are never owed a message: what they don't use they don't
    // have.
    private Subscriber[] _subscriptions = [];
    private DeliveryWindow? _window;
    private TakenMessages? _taken;
    private TimeSpan _expiry;
    private MqttWill? _will;
    private int _unreleasedCount;
    private BrokerConnection? _connection;

    public string ClientId { get; } = clientId;

    /// <summary>Whose it is; nobody of another name may take it over.</summary>
    public Principal Principal { get; set; } = principal;

    /// <summary>How long it lives without a connection.</summary>
    public TimeSpan Expiry
    {
        get => _expiry;
        set
        {
            _expiry = value;
            NoteState();
        }
    }

    /// <summary>A will that waits for its delay while the client is away.</summary>
    public MqttWill? Will
    {
        get => _will;
        set
        {
            _will = value;
            NoteState();
        }
    }

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
                return [.. _subscriptions.Select(one => one.How.Filter)];
            }
        }
    }

    /// <summary>
    /// Whether the session goes on under that principal: it is the same, or it is the same name after a restart of the
    /// hub and may subscribe to what the session has.
    /// </summary>
    public bool MayReturnTo(Principal returning) => Principal == returning
        || (Principal is FormerPrincipal && Principal.Name == returning.Name
            && Filters.All(filter =>
                returning.MaySubscribe(TopicFilter.SplitShared(filter).Filter) == MqttReason.Success));

    /// <summary>QoS 2 messages of the client that it hasn't released.</summary>
    public int UnreleasedCount => Volatile.Read(ref _unreleasedCount);

    /// <summary>Notes a subscription; false when there are too many.</summary>
    public bool TrySubscribe(Subscriber subscription)
    {
        lock (_gate)
        {
            var others = Without_NeedsLock(subscription.How.Filter);
            if (others.Length >= options.SubscriptionsPerSessionMax)
            {
                return false;
            }

            _subscriptions = [.. others, subscription];
        }

        NoteState();
        return true;
    }

    public void Unsubscribe(string filter)
    {
        lock (_gate)
        {
            _subscriptions = Without_NeedsLock(filter);
        }

        NoteState();
    }

    /// <summary>Whether a QoS 2 message with this id was taken and not yet released: then it is the same one.</summary>
    /// <param name="packetId">Its id.</param>
    /// <param name="isDup">It says of itself that it was sent before.</param>
    public bool HasTaken(ushort packetId, bool isDup)
    {
        lock (_gate)
        {
            return _taken?.Has(packetId, isDup) == true;
        }
    }

    /// <summary>A QoS 2 message was taken; until its PUBREL the id stands for it (4.3.3).</summary>
    /// <param name="packetId">Its id.</param>
    /// <param name="isForJournal">It is one that the journal keeps.</param>
    /// <returns>
    /// Whether the id must be in the same commit, and <see cref="Commit"/> be called after it: the session may outlive
    /// the hub.
    /// </returns>
    public bool Take(ushort packetId, bool isForJournal)
    {
        var isJournalled = isForJournal && _expiry > TimeSpan.Zero;
        lock (_gate)
        {
            _taken ??= new TakenMessages();
            _taken.Add(packetId, isJournalled);
            Volatile.Write(ref _unreleasedCount, _taken.Count);
        }

        NoteState();
        return isJournalled;
    }

    /// <summary>The journal has a message that was taken.</summary>
    public void Commit(ushort packetId)
    {
        lock (_gate)
        {
            _taken?.Commit(packetId);
        }

        NoteState();
    }

    /// <summary>
    /// PUBREL: whether the id stood for a message, and whether the journal must have that before it is answered.
    /// </summary>
    public (bool WasTaken, bool IsJournalled) Release(ushort packetId)
    {
        var released = (WasTaken: false, IsJournalled: false);
        lock (_gate)
        {
            if (_taken is { } taken)
            {
                released = taken.Release(packetId);
                Volatile.Write(ref _unreleasedCount, taken.Count);
            }
        }

        NoteState();
        return released;
    }

    /// <summary>
    /// A new connection serves it: what isn't done goes out again (4.4), then what waited.
    /// </summary>
    public void Attach(BrokerConnection connection)
    {
        lock (_gate)
        {
            Volatile.Write(ref _connection, connection);
            _window?.Restart();
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

        NoteState();
    }

    private Subscriber[] Without_NeedsLock(string filter) =>
        Array.FindAll(_subscriptions, one => one.How.Filter != filter);
}
