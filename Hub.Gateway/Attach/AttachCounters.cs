namespace Hub.Gateway.Attach;

/// <summary>What has passed the link since the start.</summary>
internal sealed class AttachCounters
{
    private long _received;
    private long _committed;
    private long _ignored;
    private long _stale;
    private long _refused;
    private long _published;
    private long _dropped;

    /// <summary>Messages taken from the broker.</summary>
    public long Received => Interlocked.Read(ref _received);

    /// <summary>Of those, in the journal, and so acknowledged.</summary>
    public long Committed => Interlocked.Read(ref _committed);

    /// <summary>Messages of topics that are nobody's business here; acknowledged.</summary>
    public long Ignored => Interlocked.Read(ref _ignored);

    /// <summary>Retained readings, of nobody knows when; acknowledged.</summary>
    public long Stale => Interlocked.Read(ref _stale);

    /// <summary>Messages beyond a limit of the intake; acknowledged, or they would come for ever.</summary>
    public long Refused => Interlocked.Read(ref _refused);

    /// <summary>Messages taken that wait for their commit.</summary>
    public long Waiting => Received - Committed - Ignored - Stale - Refused;

    /// <summary>Messages that the broker has taken from the hub.</summary>
    public long Published => Interlocked.Read(ref _published);

    /// <summary>Messages of the hub that the broker refused, or that had nowhere to go.</summary>
    public long Dropped => Interlocked.Read(ref _dropped);

    public void AddReceived() => Interlocked.Increment(ref _received);

    public void AddCommitted() => Interlocked.Increment(ref _committed);

    public void AddIgnored() => Interlocked.Increment(ref _ignored);

    public void AddStale() => Interlocked.Increment(ref _stale);

    public void AddRefused() => Interlocked.Increment(ref _refused);

    public void AddPublished() => Interlocked.Increment(ref _published);

    public void AddDropped() => Interlocked.Increment(ref _dropped);
}
