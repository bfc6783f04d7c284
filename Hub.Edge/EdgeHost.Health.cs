using Hub.Edge.Health;
using Hub.Edge.Outbox;
using Hub.Edge.Supervision;

namespace Hub.Edge;

/// <summary>How it is: what it tells of itself, and whether its loops turn.</summary>
public sealed partial class EdgeHost
{
    /// <summary>A disk or a lock that holds a loop for longer than this won't let it go by itself.</summary>
    private static readonly TimeSpan HungAfter = TimeSpan.FromSeconds(60);

    private readonly KnownTime? _known;
    private readonly ClockSteps? _steps;
    private readonly LoopPulse _pulse;
    private long _links;

    /// <summary>A loop that should have turned and hasn't; null while all do.</summary>
    public string? Stuck => _pulse.Stuck();

    /// <summary>How it is, in one sentence for whoever looks after the machine.</summary>
    public string StatusSentence =>
        (_own.IsSafeMode ? "Safe mode: the configuration before is used. " : "")
        + (IsConnected ? "The hub is reached" : "The hub can't be reached") + $"; {Backlog} records wait. {Fault}";

    private ClockState Clock() => _known?.State() ?? ClockState.Synced;

    private void TellHealth()
    {
        var counts = new EdgeCounts(_lines.EventsLost, Volatile.Read(ref _links), _own.Starts, _own.IsSafeMode);
        foreach (var record in _health.Read(_time.GetUtcNow(), counts))
        {
            Take(record);
        }
    }

    private void LookAtClock()
    {
        if (_steps?.Look() is { } step)
        {
            Log.ClockStepped(_logger, step.TotalSeconds);
            Take(new EdgeRecord("", "device.clock.step", _time.GetUtcNow(), step.TotalSeconds));
        }
    }

    /// <summary>Asked at each turn of the loop that commits.</summary>
    private TimeSpan NextCommit()
    {
        var interval = _options.Intervals.Commit;
        _pulse.Beat("commit", interval + HungAfter);
        return interval;
    }
}
