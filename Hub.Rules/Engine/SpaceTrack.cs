using Hub.Rules.Conditions;
using Hub.Rules.Readings;
using Hub.Rules.Site;

namespace Hub.Rules.Engine;

/// <summary>
/// One space, who lived there when, and its planned windows. A backlog is judged by the occupancy of its own time, so
/// the last changes are kept.
/// </summary>
internal sealed class SpaceTrack
{
    private const int StaysMax = 32;
    private const int WindowsMax = 256;

    private readonly List<Stay> _stays = [];
    private readonly List<PlannedWindow> _windows = [];
    private long _lastWindowTo;

    public SpaceTrack(Space space, long atTicks) => Describe(space, atTicks);

    public Space Space { get; private set; } = null!;

    public string Name => Space.Name.Length > 0 ? Space.Name : Space.Id;

    /// <summary>The number of the snapshot that holds it, or that it is too young for.</summary>
    public int SavedIn { get; set; }

    public List<FusionWatch> Fusions { get; } = [];

    public List<PointTrack> Points { get; } = [];

    /// <summary>The rules that compare the ledger with the signs of life.</summary>
    public List<LifeWatch> Lives { get; } = [];

    /// <summary>The contact that tells whether the door is locked.</summary>
    public PointTrack? Lock { get; private set; }

    public LockLog LockLog { get; } = new();

    /// <summary>What is known of the lock; null without a contact that can be believed.</summary>
    public LockLog? KnownLock => Lock is { Source.IsOffline: false } ? LockLog : null;

    public void Add(PointTrack point)
    {
        Points.Add(point);
        Lock = Points.Find(one => one.Point.Signal == Signal.DoorLocked);
    }

    public void Remove(PointTrack point)
    {
        Points.Remove(point);
        Lock = Points.Find(one => one.Point.Signal == Signal.DoorLocked);
    }

    /// <summary>When the last symptom of an intrusion cleared.</summary>
    public long QuietTicks { get; set; }

    /// <summary>Since when its supply was lost last; 0 for never.</summary>
    public long OutFrom { get; private set; }

    /// <summary>When it was back; never, while it is lost.</summary>
    public long OutTo { get; private set; }

    public void LoseSupply(long atTicks) =>
        (OutFrom, OutTo) = (OutTo == long.MaxValue ? OutFrom : atTicks, long.MaxValue);

    public void RegainSupply(long atTicks) => OutTo = atTicks;

    public IReadOnlyList<PlannedWindow> Windows => _windows;

    public void Describe(Space space, long atTicks)
    {
        var isNew = Space is null;
        Space = space;
        if (isNew)
        {
            _stays.Add(new Stay(0, space.IsVacant, space.VacantSince?.UtcTicks ?? 0));
        }
        else if (space.IsVacant != _stays[^1].IsVacant)
        {
            Move(space.Occupancy, Math.Max(space.VacantSince?.UtcTicks ?? atTicks, _stays[^1].From));
        }
    }

    public void Move(Occupancy occupancy, long atTicks)
    {
        Space = Space with { Occupancy = occupancy };
        // A later change that was announced earlier is overtaken by this one.
        _stays.RemoveAll(stay => stay.From >= atTicks && stay.From > 0);
        var before = _stays[^1];
        if (before.IsVacant != Space.IsVacant)
        {
            _stays.Add(new Stay(atTicks, Space.IsVacant, atTicks));
        }

        if (_stays.Count > StaysMax)
        {
            _stays.RemoveAt(0);
        }
    }

    public void Plan(PlannedWindow window)
    {
        if (_windows.Contains(window))
        {
            return;
        }

        _windows.Add(window);
        _lastWindowTo = Math.Max(_lastWindowTo, window.To.UtcTicks);
        if (_windows.Count > WindowsMax)
        {
            _windows.RemoveAt(0);
        }
    }

    public void Withdraw(PlannedWindow window, DateTimeOffset at)
    {
        if (_windows.Remove(window) && window.Until(at) is { } been)
        {
            Plan(been);
        }
    }

    public bool IsVacantAt(long ticks, out long since)
    {
        for (var i = _stays.Count - 1; i >= 0; i--)
        {
            if (_stays[i].From <= ticks)
            {
                since = _stays[i].IsVacant ? _stays[i].Since : 0;
                return _stays[i].IsVacant;
            }
        }

        since = 0;
        return false;
    }

    /// <summary>Whether a planned window covers part of (from, to].</summary>
    public bool IsExcused(long fromTicks, long toTicks)
    {
        if (fromTicks >= _lastWindowTo)
        {
            return false;
        }

        foreach (var window in _windows)
        {
            if (window.From.UtcTicks <= toTicks && window.To.UtcTicks > fromTicks)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Asks for the lists.</summary>
    public void Fetch()
    {
        Cache.Fetch(_stays, lines: 1);
        Cache.Fetch(Lives, lines: 1);
        Cache.Fetch(Fusions, lines: 1);
    }

    /// <summary>Asks for what is in them.</summary>
    public void FetchNear()
    {
        Cache.FetchItems(_stays);
        Cache.FetchItems(Lives);
    }

    /// <summary>Asks for the signs of life.</summary>
    public void FetchLives()
    {
        foreach (var life in Lives)
        {
            Cache.Fetch(life, lines: 2);
        }
    }

    public void PersistStays(StateCodec state)
    {
        var (count, quiet, outFrom, outTo) = (_stays.Count, QuietTicks, OutFrom, OutTo);
        state.Sync(ref quiet);
        state.Sync(ref outFrom);
        state.Sync(ref outTo);
        (QuietTicks, OutFrom, OutTo) = (quiet, outFrom, outTo);
        LockLog.Persist(state);
        state.Sync(ref count);
        for (var i = 0; i < count; i++)
        {
            var (from, isVacant, since) = state.IsLoading ? default : _stays[i];
            state.Sync(ref from);
            state.Sync(ref isVacant);
            state.Sync(ref since);
            if (state.IsLoading && i == 0)
            {
                _stays.Clear();
            }

            if (state.IsLoading)
            {
                _stays.Add(new Stay(from, isVacant, since));
            }
        }
    }

    private readonly record struct Stay(long From, bool IsVacant, long Since);
}
