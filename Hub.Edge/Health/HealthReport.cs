using Hub.Edge.Outbox;

namespace Hub.Edge.Health;

/// <summary>The edge's own readings: its device is the edge itself.</summary>
public sealed class HealthReport(EdgeOutbox outbox, MachineHealth machine, Func<ClockState> clock)
{
    public IEnumerable<EdgeRecord> Read(DateTimeOffset at, EdgeCounts counts) =>
        Values(counts).Select(told => new EdgeRecord("", told.Signal, at, told.Value));

    /// <summary>Whether what is sensed now can be made durable.</summary>
    public IEnumerable<(string Signal, double Value)> Storage() =>
    [
        ("device.storage.full", outbox.IsFull ? 1 : 0),
        ("device.storage.damaged", outbox.Fault is not null && !outbox.IsFull ? 1 : 0),
    ];

    private IEnumerable<(string Signal, double Value)> Values(EdgeCounts counts)
    {
        var now = clock();
        yield return ("device.backlog", outbox.Backlog + counts.LocalWaiting);
        yield return ("device.events.lost", counts.EventsLost);
        yield return ("device.readings.shed", outbox.Shed);
        foreach (var told in Storage())
        {
            yield return told;
        }

        yield return ("device.reconnects", counts.Reconnects);
        if (counts.IsKioskShown is { } isShown)
        {
            yield return ("device.kiosk.shown", isShown ? 1 : 0);
        }

        if (counts.Starts is { } starts)
        {
            yield return ("device.restarts", starts);
            yield return ("device.safemode", counts.IsSafeMode ? 1 : 0);
        }

        yield return ("device.clock.synced", now.Quality == ClockQuality.Synced ? 1 : 0);
        if (now.Offset is { } offset)
        {
            yield return ("device.clock.offset", offset.TotalSeconds);
        }

        foreach (var told in machine.Read())
        {
            yield return told;
        }
    }
}
