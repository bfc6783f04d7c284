namespace Hub.Gateway.Broker;

/// <summary>
/// Who wants which topics, by levels. Matches are remembered by the publishing connections, so it is only asked when
/// <see cref="Version"/> has moved.
/// <code>
///  "hub/+/e1/#"   root ─ hub ─ + ─ e1 ─ #
/// </code>
/// </summary>
internal sealed class SubscriptionTree
{
    private readonly Lock _gate = new();
    private readonly Node _root = new();
    private long _version;

    /// <summary>Moves with each change.</summary>
    public long Version => Interlocked.Read(ref _version);

    /// <summary>Adds or replaces; true if the session didn't have that filter.</summary>
    public bool Add(Subscriber subscriber)
    {
        lock (_gate)
        {
            var node = _root;
            foreach (var level in subscriber.How.Filter.Split('/'))
            {
                node = node.Child(level);
            }

            var isNew = node.Subscribers.RemoveAll(other => other.Session == subscriber.Session) == 0;
            node.Subscribers.Add(subscriber);
            Interlocked.Increment(ref _version);
            return isNew;
        }
    }

    public bool Remove(Session session, string filter)
    {
        lock (_gate)
        {
            var levels = filter.Split('/');
            var removed = Remove(_root, levels, session);
            if (removed)
            {
                Interlocked.Increment(ref _version);
            }

            return removed;
        }
    }

    /// <summary>Each session once: at the highest QoS of its matching subscriptions, as 3.3.4 of 5.0 allows.</summary>
    public Subscriber[] Match(string topic)
    {
        var found = new Dictionary<Session, Subscriber>();
        lock (_gate)
        {
            // 4.7.2: a wildcard in the first level doesn't take topics that begin with '$'.
            Match(_root, topic.Split('/'), 0, topic.StartsWith('$'), found);
        }

        return found.Count == 0 ? [] : [.. found.Values];
    }

    private static bool Remove(Node node, ReadOnlySpan<string> levels, Session session)
    {
        if (levels.IsEmpty)
        {
            return node.Subscribers.RemoveAll(subscriber => subscriber.Session == session) > 0;
        }

        if (node.Children?.GetValueOrDefault(levels[0]) is not { } child || !Remove(child, levels[1..], session))
        {
            return false;
        }

        if (child.IsEmpty)
        {
            node.Children.Remove(levels[0]);
        }

        return true;
    }

    private static void Match(
        Node node, ReadOnlySpan<string> levels, int depth, bool isHidden, Dictionary<Session, Subscriber> found)
    {
        var mayBeWild = depth > 0 || !isHidden;
        if (mayBeWild && node.Children?.GetValueOrDefault("#") is { } all)
        {
            Collect(all, found);
        }

        if (levels.IsEmpty)
        {
            Collect(node, found);
            return;
        }

        if (node.Children?.GetValueOrDefault(levels[0]) is { } named)
        {
            Match(named, levels[1..], depth + 1, isHidden, found);
        }

        if (mayBeWild && node.Children?.GetValueOrDefault("+") is { } any)
        {
            Match(any, levels[1..], depth + 1, isHidden, found);
        }
    }

    private static void Collect(Node node, Dictionary<Session, Subscriber> found)
    {
        foreach (var subscriber in node.Subscribers)
        {
            if (!found.TryGetValue(subscriber.Session, out var other) || other.How.QoS < subscriber.How.QoS)
            {
                found[subscriber.Session] = subscriber;
            }
        }
    }

    private sealed class Node
    {
        public Dictionary<string, Node>? Children { get; private set; }

        public List<Subscriber> Subscribers { get; } = [];

        public bool IsEmpty => Subscribers.Count == 0 && (Children?.Count ?? 0) == 0;

        public Node Child(string level)
        {
            Children ??= new Dictionary<string, Node>(StringComparer.Ordinal);
            if (!Children.TryGetValue(level, out var child))
            {
                Children[level] = child = new Node();
            }

            return child;
        }
    }
}
