using Hub.Rules.Readings;

namespace Hub.Rules.Engine;

/// <summary>Everything the fold remembers: the tables, the hub's clock, and who is to be looked at when.</summary>
internal sealed class EngineState(RuleSet rules)
{
    /// <summary>Ticks further apart than this mean that the hub itself was away: nobody was silent meanwhile.</summary>
    private const long AwayTicks = 15 * TimeSpan.TicksPerMinute;

    private readonly WakeWheel _wakes = new();
    private PointTrack?[] _points = new PointTrack?[64];

    public RuleSet Rules { get; set; } = rules;

    public EngineCounters Counters { get; } = new();

    public Dictionary<string, SpaceTrack> Spaces { get; } = new(StringComparer.Ordinal);

    public Dictionary<string, SourceTrack> Sources { get; } = new(StringComparer.Ordinal);

    /// <summary>Risers that have lost their supply.</summary>
    public SortedDictionary<string, Outage> Outages { get; } = new(StringComparer.Ordinal);

    /// <summary>By site-wide device id.</summary>
    public Dictionary<string, PressBook> Presses { get; } = new(StringComparer.Ordinal);

    /// <summary>Texts of the packs that were activated by entries, by pack id: a checkpoint carries them.</summary>
    public SortedDictionary<string, string> ActivatedTexts { get; } = new(StringComparer.Ordinal);

    /// <summary>The checkpoint that is being written: what is about to change is written there first.</summary>
    public Snapshot? Snapshot { get; set; }

    /// <summary>Bytes that earlier snapshots were written in.</summary>
    public Stack<byte[]> SpareParts { get; } = [];

    /// <summary>The last snapshot's number; what is made since bears it and is not part of it.</summary>
    public int SnapshotNumber { get; set; }

    /// <summary>The last tick.</summary>
    public long HubTicks { get; private set; }

    /// <summary>Since when the hub is back.</summary>
    public long ResumedTicks { get; private set; }

    public IEnumerable<PointTrack> Points => _points.OfType<PointTrack>();

    public PointTrack? Find(int number) => (uint)number < (uint)_points.Length ? _points[number] : null;

    /// <summary>The rule has failed somewhere.</summary>
    public bool HasStopped(string rule) => Points.Any(
        point => Array.Exists(point.Watches, watch => watch.IsStopped && watch.Bound.Rule.Id == rule));

    public PointTrack?[] PointsNow() => [.. _points];

    public void Put(int number, PointTrack? point)
    {
        if (number >= _points.Length)
        {
            Array.Resize(ref _points, Math.Max(number + 1, _points.Length * 2));
        }

        _points[number] = point;
    }

    public SourceTrack SourceOf(string id)
    {
        if (!Sources.TryGetValue(id, out var source))
        {
            Sources.Add(id, source = new SourceTrack(id) { SavedIn = SnapshotNumber });
        }

        return source;
    }

    public PressBook PressesOf(string device)
    {
        if (!Presses.TryGetValue(device, out var book))
        {
            Presses.Add(device, book = new PressBook());
        }

        return book;
    }

    public void MoveClock(long ticks)
    {
        if (HubTicks != 0 && ticks - HubTicks > AwayTicks)
        {
            ResumedTicks = ticks;
        }

        // A clock that was wrong and is put right goes back; everything else it only goes on.
        if (HubTicks - ticks > AwayTicks)
        {
            PutBack(ticks);
        }

        HubTicks = ticks;
    }

    /// <summary>What was heard at a time that is still to come was heard on a wrong clock: it begins anew.</summary>
    private void PutBack(long ticks)
    {
        Snapshot?.Advance(int.MaxValue);
        ResumedTicks = ticks;
        foreach (var source in Sources.Values)
        {
            source.PutBack(ticks);
        }

        foreach (var point in Points)
        {
            if (Math.Max(point.HeardTicks, point.JudgedTicks) > ticks + AwayTicks)
            {
                point.BeginAnew(ticks);
            }

            Wake(point, ticks);
        }
    }

    /// <summary>Has it looked at no later than then; an earlier appointment stays.</summary>
    public void Wake(PointTrack point, long ticks)
    {
        if (ticks < point.WakeTicks)
        {
            point.WakeTicks = ticks;
            _wakes.Add(new Turn(ticks, point.Number));
        }
    }

    /// <summary>The appointments that are due, in their order; some don't stand any more.</summary>
    public ReadOnlySpan<Turn> TakeDue(long ticks) => _wakes.Take(ticks);

    /// <summary>The point that keeps this appointment; null if it has made another, or is gone.</summary>
    public PointTrack? Keep(Turn due)
    {
        if (Find(due.Number) is not { } point || point.WakeTicks != due.At)
        {
            return null;
        }

        point.WakeTicks = long.MaxValue;
        return point;
    }

    public void PersistClock(StateCodec state)
    {
        var (hub, resumed) = (HubTicks, ResumedTicks);
        state.Sync(ref hub);
        state.Sync(ref resumed);
        (HubTicks, ResumedTicks) = (hub, resumed);
        Counters.Persist(state);
    }
}
