using Hub.Transport.Mqtt;

namespace Hub.Gateway.Broker;

/// <summary>
/// All sessions by client id, and which connection owns each. A client id has one owner: a second connection under the
/// same id takes it over (3.1.4-3).
/// </summary>
internal sealed class SessionBook(BrokerOptions options, SubscriptionTree tree, BrokerCounters counters)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, Entry> _entries = new(StringComparer.Ordinal);

    public int Count
    {
        get
        {
            lock (_gate)
            {
                return _entries.Count;
            }
        }
    }

    /// <summary>
    /// The session for a client that connects, whether it was there, and the connection that loses it. No session for a
    /// client id that is somebody else's.
    /// </summary>
    public (Session? Session, bool IsPresent, BrokerConnection? Loser) Take(
        string clientId, Principal principal, bool cleanStart, TimeSpan expiry, BrokerConnection owner)
    {
        lock (_gate)
        {
            var entry = _entries.GetValueOrDefault(clientId);
            var former = entry?.Session.Principal;
            if (former is { IsOver: false } && former.Name != principal.Name)
            {
                return (null, false, null);
            }

            var loser = entry?.Owner;
            var isPresent = entry is not null && !cleanStart && former == principal
                && (loser is null || entry.Session.Expiry > TimeSpan.Zero);
            if (!isPresent)
            {
                Forget_NeedsLock(entry);
                entry = new Entry(new Session(clientId, options, counters) { Principal = principal });
                _entries[clientId] = entry;
            }

            (entry!.Owner, entry.Will, entry.Session.Expiry) = (owner, null, expiry);
            return (entry.Session, isPresent, loser);
        }
    }

    /// <summary>Lets the owner serve its session; nothing if it has lost it meanwhile.</summary>
    public void Attach(Session session, BrokerConnection owner)
    {
        lock (_gate)
        {
            if (_entries.GetValueOrDefault(session.ClientId)?.Owner == owner)
            {
                session.Attach(owner);
            }
        }
    }

    /// <summary>
    /// The owner's connection has ended. False if it had lost the session before. A will that may wait is kept for
    /// <see cref="TakeDueWills"/>.
    /// </summary>
    public bool Release(Session session, BrokerConnection owner, MqttWill? laterWill)
    {
        lock (_gate)
        {
            session.Detach(owner);
            var entry = _entries.GetValueOrDefault(session.ClientId);
            if (entry?.Owner != owner)
            {
                return false;
            }

            (entry.Owner, entry.Will) = (null, laterWill);
            if (session.Expiry <= TimeSpan.Zero)
            {
                Forget_NeedsLock(entry);
            }

            return true;
        }
    }

    /// <summary>Forgets sessions whose time is over, and gives the wills whose delay is (3.1.3.2.2).</summary>
    public IReadOnlyList<(string ClientId, MqttWill Will)> TakeDueWills()
    {
        var due = new List<(string, MqttWill)>();
        lock (_gate)
        {
            var away = _entries.Values
                .Where(entry => entry.Owner is null).OrderBy(entry => entry.Session.AwaySince).ToList();
            var tooMany = away.Count - options.SessionsAwayMax;
            for (var i = 0; i < away.Count; i++)
            {
                var entry = away[i];
                var awayFor = options.NetworkTime.GetElapsedTime(entry.Session.AwaySince);
                var isOver = awayFor >= entry.Session.Expiry || i < tooMany || entry.Session.Principal.IsOver;
                if (entry.Will is { } will && (isOver || awayFor.TotalSeconds >= (will.Properties.WillDelay ?? 0)))
                {
                    due.Add((entry.Session.ClientId, will));
                    entry.Will = null;
                }

                if (isOver)
                {
                    Forget_NeedsLock(entry);
                }
            }
        }

        return due;
    }

    private void Forget_NeedsLock(Entry? entry)
    {
        if (entry is null)
        {
            return;
        }

        foreach (var filter in entry.Session.Filters)
        {
            tree.Remove(entry.Session, filter);
        }

        _entries.Remove(entry.Session.ClientId);
    }

    private sealed class Entry(Session session)
    {
        public Session Session { get; } = session;

        public BrokerConnection? Owner { get; set; }

        public MqttWill? Will { get; set; }
    }
}
