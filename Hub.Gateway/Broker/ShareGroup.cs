namespace Hub.Gateway.Broker;

/// <summary>
/// The sessions that share one subscription (4.8.2): they take turns, and one that is away is passed over as long as
/// another is there.
/// </summary>
internal sealed class ShareGroup
{
    private Subscriber[][] _members = [];
    private int _turn;

    public bool IsEmpty => _members.Length == 0;

    /// <summary>The member whose turn it is, as a list of one; null when all have left.</summary>
    public Subscriber[]? Next()
    {
        var members = Volatile.Read(ref _members);
        if (members.Length == 0)
        {
            return null;
        }

        var first = (int)((uint)Interlocked.Increment(ref _turn) % (uint)members.Length);
        for (var i = 0; i < members.Length; i++)
        {
            var member = members[(first + i) % members.Length];
            if (member[0].Session.Connection is not null)
            {
                return member;
            }
        }

        return members[first];
    }

    /// <summary>Adds or replaces; true if the session wasn't in it. Needs the tree's lock.</summary>
    public bool Add(Subscriber subscriber)
    {
        var isNew = !Remove(subscriber.Session);
        Volatile.Write(ref _members, [.. _members, [subscriber]]);
        return isNew;
    }

    /// <summary>Needs the tree's lock.</summary>
    public bool Remove(Session session)
    {
        var left = _members.Where(member => member[0].Session != session).ToArray();
        var removed = left.Length < _members.Length;
        Volatile.Write(ref _members, left);
        return removed;
    }
}
