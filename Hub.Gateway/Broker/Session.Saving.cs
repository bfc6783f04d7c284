using Hub.Gateway.Journal;

namespace Hub.Gateway.Broker;

/// <summary>What of a session goes to hub.db. One that ends with its connection never does.</summary>
internal sealed partial class Session
{
    private bool _isStateAhead;
    private int _isNoted;

    /// <summary>It is, or may be, in hub.db.</summary>
    public bool WasNoted { get; private set; }

    /// <summary>It is over for hub.db, where one of the same name may stand; the store's to say.</summary>
    public bool IsForgotten { get; set; }

    /// <summary>What hub.db doesn't know yet.</summary>
    public SessionChange TakeChange()
    {
        Volatile.Write(ref _isNoted, 0);
        lock (_gate)
        {
            var state = _isStateAhead ? SessionState_NeedsLock() : null;
            _isStateAhead = false;
            var (added, moved) = (new List<SessionMessageRow>(), new List<SessionMessageRow>());
            foreach (var delivery in _window?.All ?? [])
            {
                if (delivery.Row == 0)
                {
                    delivery.Row = store.NextRow();
                    added.Add(SessionMessageRow.Of(ClientId, delivery, options.NetworkTime));
                }
                else if (delivery.IsAhead)
                {
                    moved.Add(SessionMessageRow.Of(ClientId, delivery, options.NetworkTime));
                }

                delivery.IsAhead = false;
            }

            return new SessionChange(ClientId, state, added, moved, _window?.TakeDoneRows() ?? []);
        }
    }

    /// <summary>Puts back what an earlier run has saved; before the first connection.</summary>
    public void Restore(SessionState state, IEnumerable<Delivery> deliveries)
    {
        lock (_gate)
        {
            (_expiry, _will) = (state.Expiry, state.Will);
            _subscriptions = [.. state.Subscriptions.Select(one => new Subscriber(this, one.How, one.Identifier))];
            foreach (var packetId in state.Unreleased)
            {
                Restore_NeedsLock(packetId);
            }

            foreach (var delivery in deliveries)
            {
                (_window ??= new DeliveryWindow(options)).Restore(delivery);
            }

            var awayFor = state.AwayAt is { } at ? options.NetworkTime.GetUtcNow() - at : TimeSpan.Zero;
            AwaySince = options.NetworkTime.GetTimestamp()
                - (long)(awayFor.TotalSeconds * options.NetworkTime.TimestampFrequency);
            WasNoted = true;
        }
    }

    /// <summary>Puts back what the journal knows of a QoS 2 message, in its order; before a connection.</summary>
    public void Restore(TakenMessage message)
    {
        if (message.IsReleased)
        {
            Release(message.PacketId);
            return;
        }

        lock (_gate)
        {
            Restore_NeedsLock(message.PacketId);
        }

        NoteState();
    }

    /// <summary>Its subscriptions, for the tree.</summary>
    public IReadOnlyList<Subscriber> Subscribers()
    {
        lock (_gate)
        {
            return _subscriptions;
        }
    }

    private SessionState SessionState_NeedsLock() => new(
        Principal.Name,
        _expiry,
        _connection is null
            ? options.NetworkTime.GetUtcNow() - options.NetworkTime.GetElapsedTime(AwaySince)
            : null,
        _will,
        [.. _subscriptions.Select(subscriber => (subscriber.How, subscriber.Identifier))],
        [.. _taken?.Saved ?? []]);

    private void Restore_NeedsLock(ushort packetId)
    {
        _taken ??= new TakenMessages();
        _taken.Restore(packetId);
        _unreleasedCount = _taken.Count;
    }

    private void NoteState()
    {
        lock (_gate)
        {
            _isStateAhead = true;
        }

        Note();
    }

    private void Note()
    {
        if (_expiry > TimeSpan.Zero && Interlocked.Exchange(ref _isNoted, 1) == 0)
        {
            WasNoted = true;
            store.Note(this);
        }
    }
}
