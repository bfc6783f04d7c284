using Hub.Gateway.Journal;
using Hub.Transport.Mqtt;

namespace Hub.Gateway.Broker;

/// <summary>
/// All sessions by client id, and which connection owns each. A client id has one owner: a second connection under the
/// same id takes it over (3.1.4-3).
/// </summary>
internal sealed class SessionBook(
    BrokerOptions options, SubscriptionTree tree, BrokerCounters counters, SessionStore store,
    Func<string, Principal?> findPrincipal)
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
    /// The session for a client that connects, whether it was there, the connection that loses it, and a will that has
    /// waited for the end of the session that is over now (3.1.3.2.2). No session for a client id that is somebody
    /// else's.
    /// </summary>
    public (Session? Session, bool IsPresent, BrokerConnection? Loser, MqttWill? Will) Take(
        string clientId, Principal principal, bool cleanStart, TimeSpan expiry, BrokerConnection owner)
    {
        lock (_gate)
        {
            var entry = _entries.GetValueOrDefault(clientId);
            var former = entry?.Session.Principal;
            // What was anonymous before a restart may get an owner: a site that gives out credentials restarts the hub.
            if (former is { IsOver: false } and not FormerPrincipal { Name: "" } && former.Name != principal.Name)
            {
                return (null, false, null, null);
            }

            var loser = entry?.Owner;
            var isPresent = entry is not null && !cleanStart && entry.Session.MayReturnTo(principal)
                && (loser is null || entry.Session.Expiry > TimeSpan.Zero);
            MqttWill? will = null;
            if (!isPresent)
            {
                will = entry?.Session.Will;
                Forget_NeedsLock(entry);
                entry = new Entry(new Session(clientId, principal, options, counters, store));
                _entries[clientId] = entry;
            }

            entry!.Owner = owner;
            (entry.Session.Principal, entry.Session.Will, entry.Session.Expiry) = (principal, null, expiry);
            return (entry.Session, isPresent, loser, will);
        }
    }

    /// <summary>Puts back a session of an earlier run; before the first connection.</summary>
    public void Restore(string clientId, SessionState state, IEnumerable<Delivery> deliveries)
    {
        lock (_gate)
        {
            var former = new FormerPrincipal(state.Owner, findPrincipal);
            var session = new Session(clientId, former, options, counters, store);
            session.Restore(state, deliveries);
            _entries[clientId] = new Entry(session);
            foreach (var subscriber in session.Subscribers())
            {
                tree.Add(subscriber);
            }
        }
    }

    /// <summary>Puts back what the journal knows of a QoS 2 message, if its session is there.</summary>
    public void Restore(TakenMessage message)
    {
        lock (_gate)
        {
            _entries.GetValueOrDefault(message.Client)?.Session.Restore(message);
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

    /// <summary>Whether the session goes on without that connection: it wasn't replaced by a new one.</summary>
    public bool GoesOn(Session session)
    {
        lock (_gate)
        {
            return session.Expiry > TimeSpan.Zero && _entries.GetValueOrDefault(session.ClientId)?.Session == session;
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
            var entry = _entries.GetValueOrDefault(session.ClientId);
            var isOwner = entry?.Owner == owner;
            session.Will = isOwner ? laterWill : session.Will;
            session.Detach(owner);
            if (!isOwner)
            {
                return false;
            }

            entry!.Owner = null;
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
                if (entry.Session.Will is { } will
                    && (isOver || awayFor.TotalSeconds >= (will.Properties.WillDelay ?? 0)))
                {
                    due.Add((entry.Session.ClientId, will));
                    entry.Session.Will = null;
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
        store.Forget(entry.Session);
    }

    private sealed class Entry(Session session)
    {
        public Session Session { get; } = session;

        public BrokerConnection? Owner { get; set; }
    }
}
