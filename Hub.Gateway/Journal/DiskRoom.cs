namespace Hub.Gateway.Journal;

/// <summary>
/// Whether the disk has room for more readings. Below a limit nothing of a device is committed and so nothing
/// acknowledged, while the hub's own entries, orders and pages go on with what is left; above it again, by a quarter,
/// everything goes on by itself.
/// <code>
///   free  ████████ resume ───── hold ─────────── 0
///         taken  │ as before  │ only the hub's own
/// </code>
/// </summary>
public sealed class DiskRoom
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(200);

    // Near the end of a disk small writes may find room and large ones none: then it comes and goes.
    private static readonly TimeSpan TellEvery = TimeSpan.FromMinutes(1);

    private readonly object _gate = new();
    private readonly JournalOptions _options;
    private readonly ILogger _logger;
    private long _lookedAt;
    private long _freeBytes = long.MaxValue;
    private long _heldSince;
    private long? _toldAt;
    private bool _isTold;
    private volatile bool _isShort;
    private volatile bool _isRefused;

    internal DiskRoom(JournalOptions options, ILogger logger)
    {
        (_options, _logger) = (options, logger);
        LookNow();
    }

    /// <summary>Devices' readings wait, unacknowledged.</summary>
    public bool IsHeld => _isShort || _isRefused;

    /// <summary>For how long; zero while it doesn't.</summary>
    public TimeSpan HeldFor => IsHeld
        ? _options.HousekeepingTime.GetElapsedTime(Interlocked.Read(ref _heldSince)) : TimeSpan.Zero;

    /// <summary>What is free on the journal's disk; the largest number where nobody measures it.</summary>
    public long FreeBytes => Interlocked.Read(ref _freeBytes);

    /// <summary>By the measure. What a write was refused for all the same is found out by trying again.</summary>
    internal bool IsShort => _isShort;

    /// <summary>Looks again, if it is time. The journal's thread, between two commits.</summary>
    internal void Look()
    {
        if (_options.HousekeepingTime.GetElapsedTime(_lookedAt) >= LookEvery)
        {
            LookNow();
        }
    }

    /// <summary>A write found no room, though the measure sees some (a quota); held until one does.</summary>
    internal void NoteFull() => Set(_isShort, isRefused: true);

    /// <summary>A write found room.</summary>
    internal void NoteRoom()
    {
        if (_isRefused)
        {
            Set(_isShort, isRefused: false);
        }
    }

    private void LookNow()
    {
        _lookedAt = _options.HousekeepingTime.GetTimestamp();
        var free = Measure();
        Interlocked.Exchange(ref _freeBytes, free);
        Set(free < (_isShort ? _options.ResumeAboveBytes : _options.HoldBelowBytes), _isRefused);
    }

    // Trimming is refused on a thread of its own.
    private void Set(bool isShort, bool isRefused)
    {
        lock (_gate)
        {
            var now = _options.HousekeepingTime.GetTimestamp();
            if (!IsHeld)
            {
                Interlocked.Exchange(ref _heldSince, now);
            }

            (_isShort, _isRefused) = (isShort, isRefused);
            Tell(now);
        }
    }

    private void Tell(long now)
    {
        if (IsHeld == _isTold
            || (IsHeld && _toldAt is { } told && _options.HousekeepingTime.GetElapsedTime(told, now) < TellEvery))
        {
            return;
        }

        _isTold = IsHeld;
        if (!_isTold)
        {
            JournalMessages.Resumed(_logger, FreeBytes);
            return;
        }

        _toldAt = now;
        if (_isShort)
        {
            JournalMessages.Held(_logger, FreeBytes, _options.ResumeAboveBytes);
        }
        else
        {
            JournalMessages.Refused(_logger, FreeBytes);
        }
    }

    private long Measure()
    {
        try
        {
            return _options.FreeBytes?.Invoke() ?? long.MaxValue;
        }
        catch (IOException)
        {
            // What can't be measured is found out by writing.
            return long.MaxValue;
        }
    }
}
