using Hub.Edge.Outbox;

namespace Hub.Edge.Health;

/// <summary>The edge's own readings: its device is the edge itself.</summary>
public sealed class HealthReport(EdgeOutbox outbox, MachineHealth machine, Func<ClockState> clock)
{
    /// <param name="eventsLost">Events that the kernel dropped.</param>
    public IEnumerable<EdgeRecord> Read(DateTimeOffset at, long eventsLost)
    {
        yield return new EdgeRecord("", "device.backlog", at, outbox.Backlog);
        yield return new EdgeRecord("", "device.events.lost", at, eventsLost);
        yield return new EdgeRecord("", "device.readings.shed", at, outbox.Shed);
        if (clock().Offset is { } offset)
        {
            yield return new EdgeRecord("", "device.clock.offset", at, offset.TotalSeconds);
        }

        foreach (var (signal, value) in machine.Read())
        {
            yield return new EdgeRecord("", signal, at, value);
        }
    }
}
