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

    // A write may find no room where the measure sees some (a quota, no more names): then it comes and goes.
    private static readonly TimeSpan TellEvery = TimeSpan.FromMinutes(1);

    private readonly JournalOptions _options;
    private readonly ILogger _logger;
    private long _lookedAt;
    private long _freeBytes = long.MaxValue;
    private long _heldSince;
    private long? _toldAt;
    private volatile bool _isHeld;

    internal DiskRoom(JournalOptions options, ILogger logger)
    {
        (_options, _logger) = (options, logger);
        LookNow();
    }

    /// <summary>Devices' readings wait, unacknowledged.</summary>
    public bool IsHeld => _isHeld;

    /// <summary>For how long; zero while it doesn't.</summary>
    public TimeSpan HeldFor => _isHeld
        ? _options.HousekeepingTime.GetElapsedTime(Interlocked.Read(ref _heldSince)) : TimeSpan.Zero;

    /// <summary>What is free on the journal's disk; the largest number where nobody measures it.</summary>
    public long FreeBytes => Interlocked.Read(ref _freeBytes);

    /// <summary>Looks again, if it is time. The journal's thread, between two commits.</summary>
    internal void Look()
    {
        if (_options.HousekeepingTime.GetElapsedTime(_lookedAt) >= LookEvery)
        {
            LookNow();
        }
    }

    /// <summary>A write found no room, whatever the measure says: it is tried again after the next look.</summary>
    internal void NoteFull()
    {
        _lookedAt = _options.HousekeepingTime.GetTimestamp();
        Hold(true, 0);
    }

    private void LookNow()
    {
        _lookedAt = _options.HousekeepingTime.GetTimestamp();
        var free = Measure();
        Hold(free < (_isHeld ? _options.ResumeAboveBytes : _options.HoldBelowBytes), free);
    }

    private void Hold(bool isHeld, long free)
    {
        Interlocked.Exchange(ref _freeBytes, free);
        if (isHeld == _isHeld)
        {
            return;
        }

        var now = _options.HousekeepingTime.GetTimestamp();
        Interlocked.Exchange(ref _heldSince, now);
        _isHeld = isHeld;
        if (isHeld && !(_toldAt is { } told && _options.HousekeepingTime.GetElapsedTime(told, now) < TellEvery))
        {
            _toldAt = now;
            JournalMessages.Held(_logger, free, _options.ResumeAboveBytes);
        }
        else if (!isHeld)
        {
            JournalMessages.Resumed(_logger, free);
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
