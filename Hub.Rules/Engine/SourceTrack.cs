using Hub.Rules.Readings;

namespace Hub.Rules.Engine;

/// <summary>What the engine knows of one edge or third-party device: whether its word is fresh.</summary>
internal sealed class SourceTrack(string id)
{
    /// <summary>Data older than this on arrival come from a backlog.</summary>
    public const long BacklogTicks = 10 * TimeSpan.TicksPerMinute;

    private readonly TurnQueue _contacts = new();
    private readonly TurnQueue _meters = new();
    private readonly LossMarks _lostContacts = new();
    private readonly LossMarks _lostMeters = new();

    private long _newest;
    private long _newestMeter;
    private long _arrived;
    private long _backlogAt;
    private long _resumedAt;
    private bool _isOffline;
    private string _silentId = "";
    private string _silentRule = "";
    private string _silentSpace = "";

    /// <summary>The number of the snapshot that holds it, or that it is too young for.</summary>
    public int SavedIn { get; set; }

    public string Id { get; } = id;

    /// <summary>The newest event time of all its points.</summary>
    public long NewestTicks => _newest;

    /// <summary>The newest event time of what isn't sent ahead of the rest.</summary>
    public long NewestMeterTicks => _newestMeter;

    public SourceHealth Health { get; } = new();

    /// <summary>What is known to be lost of what travels with that point.</summary>
    public LossMarks LossesOf(PointTrack point) => point.IsAhead ? _lostContacts : _lostMeters;

    public void Lose(bool isAhead, long beforeTicks) => (isAhead ? _lostContacts : _lostMeters).Add(beforeTicks);

    /// <summary>Since when silence can be counted: it came back, or was still delivering what is old.</summary>
    public long HeldTicks => Math.Max(_backlogAt, _resumedAt);

    public bool IsOffline => _isOffline;

    /// <summary>The open episode of its silence, or empty.</summary>
    public ref string SilentId => ref _silentId;

    public ref string SilentRule => ref _silentRule;

    public ref string SilentSpace => ref _silentSpace;

    /// <summary>The shortest expected interval of its points, 0 while unknown.</summary>
    public long Cadence { get; set; }

    /// <summary>
    /// Its contacts' state at <paramref name="hubTicks"/> is known: it is not offline, what it sent last was fresh, it
    /// has not missed what it regularly sends, and nothing old has come of late, as it does while a backlog of contacts
    /// and one of meter readings run dry one after the other.
    /// </summary>
    public bool IsLive(long hubTicks) =>
        !_isOffline
        && _arrived - _newest <= BacklogTicks
        && (_backlogAt == 0 || hubTicks - _backlogAt > ReorderBuffer.LatenessTicksMax)
        && (Cadence == 0 || hubTicks - _arrived <= Math.Max(5 * Cadence, 5 * TimeSpan.TicksPerMinute));

    public int PointCount { get; set; }

    /// <summary>It keeps what it can't deliver, and delivers it later: it has done so.</summary>
    public bool Forwards => _backlogAt != 0;

    /// <summary>When it was last named for sending what can't be; 0 for never.</summary>
    public long RefusedTicks { get; set; }

    /// <summary>A reading of the point waits for its turn.</summary>
    public void Await(PointTrack point, long atTicks) =>
        (point.IsAhead ? _contacts : _meters).Enqueue(new Turn(atTicks, point.Number));

    /// <summary>
    /// Whose next reading is to be judged: the oldest of the source that something is more than the lateness bound
    /// newer
    /// than. Contacts go ahead of meters on the wire, so only a newer meter reading calls a meter's.
    /// </summary>
    public bool TryCall(EngineState state, out PointTrack point)
    {
        var contact = Next(_contacts, _newest, state, out point);
        var meter = Next(_meters, _newestMeter, state, out var meterPoint);
        if (contact == long.MaxValue && meter == long.MaxValue)
        {
            return false;
        }

        point = contact <= meter ? point : meterPoint;
        (contact <= meter ? _contacts : _meters).Dequeue();
        return true;
    }

    public void Hear(PointTrack point, long atTicks, long arrivedTicks)
    {
        _newest = Math.Max(_newest, atTicks);
        _newestMeter = point.IsAhead ? _newestMeter : Math.Max(_newestMeter, atTicks);
        _arrived = Math.Max(_arrived, arrivedTicks);
        if (arrivedTicks - atTicks > BacklogTicks)
        {
            _backlogAt = Math.Max(_backlogAt, arrivedTicks);
        }
    }

    public void Present(bool isOnline, long atTicks)
    {
        _resumedAt = isOnline && _isOffline ? Math.Max(_resumedAt, atTicks) : _resumedAt;
        _isOffline = !isOnline;
    }

    /// <summary>The hub's clock was ahead and is put right.</summary>
    public void PutBack(long ticks)
    {
        _newest = Math.Min(_newest, ticks);
        _newestMeter = Math.Min(_newestMeter, ticks);
        _arrived = Math.Min(_arrived, ticks);
        _backlogAt = Math.Min(_backlogAt, ticks);
        _resumedAt = Math.Min(_resumedAt, ticks);
        RefusedTicks = Math.Min(RefusedTicks, ticks);
        Health.CatchUp();
    }

    public void Resume(long atTicks) => _resumedAt = Math.Max(_resumedAt, atTicks);

    public void Persist(StateCodec state)
    {
        state.Sync(ref _newest);
        state.Sync(ref _newestMeter);
        state.Sync(ref _arrived);
        state.Sync(ref _backlogAt);
        state.Sync(ref _resumedAt);
        state.Sync(ref _isOffline);
        state.Sync(ref _silentId);
        state.Sync(ref _silentRule);
        state.Sync(ref _silentSpace);
        Health.Persist(state);
        _lostContacts.Persist(state);
        _lostMeters.Persist(state);
        var (cadence, refused) = (Cadence, RefusedTicks);
        state.Sync(ref cadence);
        state.Sync(ref refused);
        (Cadence, RefusedTicks) = (cadence, refused);
    }

    private static long Next(TurnQueue queue, long newest, EngineState state, out PointTrack point)
    {
        while (queue.TryPeek(out var turn) && turn.At < newest - ReorderBuffer.LatenessTicksMax)
        {
            // It may have left meanwhile, having waited long enough on the hub's clock.
            if (state.Find(turn.Number) is { } found && found.Waiting.NextTicks <= turn.At)
            {
                point = found;
                return turn.At;
            }

            queue.Dequeue();
        }

        point = null!;
        return long.MaxValue;
    }
}
