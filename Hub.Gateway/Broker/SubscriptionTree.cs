using Hub.Transport.Mqtt;

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
        var (share, filter) = TopicFilter.SplitShared(subscriber.How.Filter);
        lock (_gate)
        {
            var node = _root;
            foreach (var level in filter.Split('/'))
            {
                node = node.Child(level);
            }

            Interlocked.Increment(ref _version);
            return node.Add(share, subscriber);
        }
    }

    public bool Remove(Session session, string filter)
    {
        var (share, path) = TopicFilter.SplitShared(filter);
        lock (_gate)
        {
            var removed = Remove(_root, path.Split('/'), share, session);
            if (removed)
            {
                Interlocked.Increment(ref _version);
            }

            return removed;
        }
    }

    /// <summary>Each session once, by all of its matching subscriptions (3.3.4); each share once.</summary>
    public Audience Match(string topic)
    {
        var found = new List<Node>();
        lock (_gate)
        {
            // 4.7.2: a wildcard in the first level doesn't take topics that begin with '$'.
            Match(_root, topic.Split('/'), 0, topic.StartsWith('$'), found);
            return found.Count == 0
                ? Audience.None
                : new Audience(
                    [
                        .. found.SelectMany(node => node.Subscribers).GroupBy(subscriber => subscriber.Session)
                            .Select(session => session.ToArray()),
                    ],
                    [.. found.SelectMany(node => node.Shares)]);
        }
    }

    private static bool Remove(Node node, ReadOnlySpan<string> levels, string share, Session session)
    {
        if (levels.IsEmpty)
        {
            return node.Remove(share, session);
        }

        if (node.Children?.GetValueOrDefault(levels[0]) is not { } child
            || !Remove(child, levels[1..], share, session))
        {
            return false;
        }

        if (child.IsEmpty)
        {
            node.Children.Remove(levels[0]);
        }

        return true;
    }

    private static void Match(Node node, ReadOnlySpan<string> levels, int depth, bool isHidden, List<Node> found)
    {
        var mayBeWild = depth > 0 || !isHidden;
        if (mayBeWild && node.Children?.GetValueOrDefault("#") is { } all)
        {
            found.Add(all);
        }

        if (levels.IsEmpty)
        {
            found.Add(node);
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

    private sealed class Node
    {
        private static readonly List<Subscriber> NoSubscribers = [];

        private Dictionary<string, ShareGroup>? _shares;

        public Dictionary<string, Node>? Children { get; private set; }

        public List<Subscriber> Subscribers { get; private set; } = NoSubscribers;

        public IEnumerable<ShareGroup> Shares => _shares?.Values ?? Enumerable.Empty<ShareGroup>();

        public bool IsEmpty => Subscribers.Count == 0 && (_shares?.Count ?? 0) == 0 && (Children?.Count ?? 0) == 0;

        public Node Child(string level)
        {
            Children ??= new Dictionary<string, Node>(StringComparer.Ordinal);
            if (!Children.TryGetValue(level, out var child))
            {
                Children[level] = child = new Node();
            }

            return child;
        }

        public bool Add(string share, Subscriber subscriber)
        {
            if (share.Length > 0)
            {
                _shares ??= new Dictionary<string, ShareGroup>(StringComparer.Ordinal);
                if (!_shares.TryGetValue(share, out var group))
                {
                    _shares[share] = group = new ShareGroup();
                }

                return group.Add(subscriber);
            }

            if (Subscribers == NoSubscribers)
            {
                // Most filters are one client's.
                Subscribers = new List<Subscriber>(capacity: 1);
            }

            var isNew = Subscribers.RemoveAll(other => other.Session == subscriber.Session) == 0;
            Subscribers.Add(subscriber);
            return isNew;
        }

        public bool Remove(string share, Session session)
        {
            if (share.Length == 0)
            {
                return Subscribers.RemoveAll(subscriber => subscriber.Session == session) > 0;
            }

            var removed = _shares?.GetValueOrDefault(share)?.Remove(session) == true;
            if (removed && _shares![share].IsEmpty)
            {
                _shares.Remove(share);
            }

            return removed;
        }
    }
}
