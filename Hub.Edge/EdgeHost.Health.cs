using Hub.Edge.Files;
using Hub.Edge.Forwarding;
using Hub.Edge.Health;
using Hub.Edge.Outbox;
using Hub.Edge.Supervision;
using Hub.Transport.Messages;

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
        var counts = new EdgeCounts(
            _lines.EventsLost, Volatile.Read(ref _links), _local.Waiting, _own.Starts, _own.IsSafeMode,
            _watch?.IsShown);
        foreach (var record in _health.Read(_time.GetUtcNow(), counts))
        {
            Take(record);
        }
    }

    /// <summary>
    /// What can't be recorded can't be told by way of the outbox: it goes to the hub at once, without a number.
    /// </summary>
    private async Task TellUndurableAsync(CancellationToken stopping)
    {
        while (true)
        {
            await Task.Delay(_options.Intervals.Health, _time, stopping);
            if (_outbox.Fault is not null && _uplink.IsConnected)
            {
                var at = _time.GetUtcNow();
                var records = _health.Storage().Select(told => new EdgeRecord("", told.Signal, at, told.Value));
                await _uplink.PublishAsync(
                    Topics.Readings(_own.Edge), PackBuilder.Unnumbered(records, Stamp()), retain: false, stopping);
            }
        }
    }

    /// <summary>
    /// This version has its lines and has reached the hub: whoever has installed it needn't go back to the one before.
    /// </summary>
    private void Prove()
    {
        try
        {
            if (_own.ProgramVersion is { } version)
            {
                DurableFile.Write(Path.Combine(_own.DataFolder, "proved"), version + "\n");
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Log.CommitFailed(_logger, e.Message);
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
        if (_outbox.Fault is null)
        {
            _uncommitted.IsNew(null);
        }

        return interval;
    }
}
