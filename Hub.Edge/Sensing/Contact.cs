namespace Hub.Edge.Sensing;

/// <summary>
/// A door, leak or run contact. A change is told at once, at the time of its first edge; what follows within the
/// debounce time is the same movement. A contact that changes too often is chattering: its changes are counted and held
/// back until it has been calm, and then its level is told. One that should change now and then, and doesn't, is stuck.
/// <code>
///   resting ──edge──► told, moving ──debounce over──► resting (or told again, if it rests at the other level)
///      resting ──more than ChangesPerMinuteMax──► chattering ──calm for a minute──► told, resting
/// </code>
/// </summary>
/// <param name="changesWithin">At least one edge is expected within that time; null where it may rest for ever.</param>
public sealed class Contact(TimeSpan debounce, TimeSpan? changesWithin = null, int changesPerMinuteMax = 10)
{
    private const long MinuteNanoseconds = 60_000_000_000;

    private readonly Queue<long> _changes = new();
    private readonly long _debounceNanoseconds = debounce.Ticks * 100;
    private readonly long? _restNanosecondsMax = changesWithin?.Ticks * 100;
    private bool _level;
    private long _lastEdge;
    private long? _movingUntil;

    /// <summary>The level last told; null before the first.</summary>
    public bool? IsActive { get; private set; }

    public bool IsChattering { get; private set; }

    /// <summary>Changes held back because the contact chattered.</summary>
    public long Suppressed { get; private set; }

    /// <summary>When <see cref="Tick"/> has something to decide, in kernel time; null for never.</summary>
    public long? DueNanoseconds => IsChattering ? _lastEdge + MinuteNanoseconds : _movingUntil;

    /// <summary>Sets the level without a change, at the start: how long it rested before nobody knows.</summary>
    public bool Begin(bool isActive, long nanoseconds)
    {
        var changed = IsActive != isActive;
        (IsActive, _level, _movingUntil, _lastEdge) = (isActive, isActive, null, nanoseconds);
        return changed;
    }

    /// <summary>
    /// It has rested for longer than it is expected to: jammed, taped over, or its wire is cut. Null where it may rest.
    /// </summary>
    public bool? IsStuck(long nanoseconds) =>
        _restNanosecondsMax is { } max ? nanoseconds - _lastEdge >= max : null;

    /// <summary>Takes an edge; true if the contact's level is to be told, at this edge's time.</summary>
    public bool Take(bool isActive, long nanoseconds)
    {
        (_level, _lastEdge) = (isActive, nanoseconds);
        return !(_movingUntil > nanoseconds) && Settle(nanoseconds);
    }

    /// <summary>Lets time pass; true if the level is to be told.</summary>
    public bool Tick(long nanoseconds)
    {
        if (IsChattering)
        {
            if (nanoseconds - _lastEdge < MinuteNanoseconds)
            {
                return false;
            }

            // Calm again: the level is told even if it is the old one, so that nobody has to guess.
            IsChattering = false;
            _changes.Clear();
            (IsActive, _movingUntil) = (_level, null);
            return true;
        }

        if (_movingUntil is not { } until || nanoseconds < until)
        {
            return false;
        }

        _movingUntil = null;
        return Settle(nanoseconds);
    }

    private bool Settle(long nanoseconds)
    {
        if (_level == IsActive)
        {
            return false;
        }

        if (CountsAsChatter(nanoseconds))
        {
            Suppressed++;
            return false;
        }

        IsActive = _level;
        _movingUntil = _debounceNanoseconds > 0 ? nanoseconds + _debounceNanoseconds : null;
        return true;
    }

    private bool CountsAsChatter(long nanoseconds)
    {
        while (_changes.TryPeek(out var oldest) && nanoseconds - oldest >= MinuteNanoseconds)
        {
            _changes.Dequeue();
        }

        if (!IsChattering && _changes.Count < changesPerMinuteMax)
        {
            _changes.Enqueue(nanoseconds);
            return false;
        }

        IsChattering = true;
        return true;
    }
}
