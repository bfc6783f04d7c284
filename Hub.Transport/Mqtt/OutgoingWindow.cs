namespace Hub.Transport.Mqtt;

/// <summary>
/// What is to be sent, sent again and in flight. Pure: no clock, no stream, no lock.
/// <code>
///            Add                TakeNext, while the window has room          Acknowledge
///   ────► │ waiting │ ────────────────────────────► │ in flight │ ────────────────────►
///                              ┌──► │ again │ ──────────▲  │ Disconnect: in order, before what waits
///                              └───────────────────────────┘
/// </code>
/// </summary>
internal sealed class OutgoingWindow
{
    private readonly LinkedList<OutgoingPublish> _waiting = new();
    private readonly LinkedList<OutgoingPublish> _again = new();
    private readonly LinkedList<OutgoingPublish> _inFlight = new();
    private readonly Dictionary<ushort, OutgoingPublish> _byId = [];
    private readonly HashSet<ushort> _otherIds = [];
    private ushort _lastId;

    /// <summary>In flight at most; 0 while there is no connection.</summary>
    public int Size { get; private set; }

    public int InFlight => _inFlight.Count;

    public int Count => _waiting.Count + _again.Count + _inFlight.Count;

    public void Add(OutgoingPublish publish) => _waiting.AddLast(publish);

    /// <summary>Before all others: the first message of a connection.</summary>
    public void AddFirst(OutgoingPublish publish) => _again.AddFirst(publish);

    /// <summary>Takes back what is not in flight.</summary>
    public bool Withdraw(OutgoingPublish publish)
    {
        if (_waiting.Remove(publish))
        {
            return true;
        }

        if (!_again.Remove(publish))
        {
            return false;
        }

        _byId.Remove(publish.PacketId);
        return true;
    }

    /// <summary>
    /// The next to send, now in flight with a packet id; null while the window is full or nothing waits.
    /// </summary>
    public OutgoingPublish? TakeNext()
    {
        if (_inFlight.Count >= Size)
        {
            return null;
        }

        var from = _again.Count > 0 ? _again : _waiting;
        if (from.First is not { } node)
        {
            return null;
        }

        from.Remove(node);
        _inFlight.AddLast(node);
        if (node.Value.PacketId == 0)
        {
            node.Value.PacketId = NextId();
            _byId.Add(node.Value.PacketId, node.Value);
        }

        return node.Value;
    }

    /// <summary>The message that the id was in flight for; null for an id that isn't.</summary>
    public OutgoingPublish? Acknowledge(ushort packetId)
    {
        if (!_byId.TryGetValue(packetId, out var publish) || !_inFlight.Remove(publish))
        {
            return null;
        }

        _byId.Remove(packetId);
        return publish;
    }

    /// <summary>The link is gone: what was in flight stands before what waits, in its order.</summary>
    public void Disconnect()
    {
        Size = 0;
        _otherIds.Clear();
        while (_inFlight.Last is { } node)
        {
            _inFlight.Remove(node);
            _again.AddFirst(node);
            node.Value.Dup = true;
        }

        foreach (var birth in _again.Where(publish => publish.IsBirth).ToList())
        {
            Withdraw(birth);
        }
    }

    /// <summary>The link is back. A server that forgot the session gets the messages as new ones (3.2.2.1.1).</summary>
    public void Connect(bool sessionPresent, int size)
    {
        Size = size;
        if (sessionPresent)
        {
            return;
        }

        foreach (var publish in _again)
        {
            _byId.Remove(publish.PacketId);
            (publish.PacketId, publish.Dup) = (0, false);
        }
    }

    /// <summary>Everything, in order, and nothing is left.</summary>
    public List<OutgoingPublish> Clear()
    {
        List<OutgoingPublish> all = [.. _inFlight, .. _again, .. _waiting];
        _inFlight.Clear();
        _again.Clear();
        _waiting.Clear();
        _byId.Clear();
        return all;
    }

    /// <summary>
    /// An id for a SUBSCRIBE or UNSUBSCRIBE, from the same numbers (2.2.1); free again after its answer.
    /// </summary>
    public ushort TakeOtherId()
    {
        var id = NextId();
        _otherIds.Add(id);
        return id;
    }

    public void FreeOtherId(ushort id) => _otherIds.Remove(id);

    // The window is far smaller than 65,535, so that there always is a free one.
    private ushort NextId()
    {
        do
        {
            _lastId = _lastId == ushort.MaxValue ? (ushort)1 : (ushort)(_lastId + 1);
        }
        while (_byId.ContainsKey(_lastId) || _otherIds.Contains(_lastId));
        return _lastId;
    }
}
