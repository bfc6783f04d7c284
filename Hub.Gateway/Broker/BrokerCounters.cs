namespace Hub.Gateway.Broker;

/// <summary>What the broker has counted since the start.</summary>
public sealed class BrokerCounters
{
    private long _received;
    private long _acknowledged;
    private long _delivered;
    private long _dropped;
    private long _refused;
    private long _notRetained;
    private long _slowed;

    /// <summary>PUBLISH packets taken from clients.</summary>
    public long Received => Interlocked.Read(ref _received);

    /// <summary>PUBACKs written after the journal's commit.</summary>
    public long Acknowledged => Interlocked.Read(ref _acknowledged);

    /// <summary>PUBLISH packets written to clients.</summary>
    public long Delivered => Interlocked.Read(ref _delivered);

    /// <summary>Messages that a subscriber was too slow for, or whose packet was too large for it.</summary>
    public long Dropped => Interlocked.Read(ref _dropped);

    /// <summary>Connections that were refused, or closed for what they sent.</summary>
    public long Refused => Interlocked.Read(ref _refused);

    /// <summary>Messages that were not retained because a limit was reached.</summary>
    public long NotRetained => Interlocked.Read(ref _notRetained);

    /// <summary>Waits that clients were given for being too fast, CONNECTs for coming all at once.</summary>
    public long Slowed => Interlocked.Read(ref _slowed);

    internal void AddReceived(int count) => Interlocked.Add(ref _received, count);

    internal void AddAcknowledged(int count) => Interlocked.Add(ref _acknowledged, count);

    internal void AddDelivered() => Interlocked.Increment(ref _delivered);

    internal void AddDropped() => Interlocked.Increment(ref _dropped);

    internal void AddRefused() => Interlocked.Increment(ref _refused);

    internal void AddNotRetained() => Interlocked.Increment(ref _notRetained);

    internal void AddSlowed() => Interlocked.Increment(ref _slowed);
}
