using Hub.Rules.Readings;

namespace Hub.Gateway.Health;

/// <summary>How the hub does at one moment, as readings of a device. Pure.</summary>
public sealed record HubCondition
{
    /// <summary>Bytes in its data folder.</summary>
    public required long KeptBytes { get; init; }

    /// <summary>Bytes free beside them; the largest number where nobody measures them.</summary>
    public required long FreeBytes { get; init; }

    /// <summary>What must stay free, for orders, pages and this.</summary>
    public required long ReserveBytes { get; init; }

    /// <summary>Devices wait unacknowledged for room.</summary>
    public required bool IsHeld { get; init; }

    /// <summary>Rows of the journal or of a database are damaged or gone.</summary>
    public required bool IsDamaged { get; init; }

    /// <summary>Rows that the slowest follower of the journal has not seen.</summary>
    public required long LagRows { get; init; }

    /// <summary>Messages that were acknowledged and kept nowhere, since the start.</summary>
    public required long EventsLost { get; init; }

    /// <summary>How far its wall clock is behind the time that it has journalled.</summary>
    public required TimeSpan Behind { get; init; }

    /// <summary>
    /// What the hub could have and how much of that is taken, in %: a large disk that others have nearly filled is no
    /// fault while there is room for as much again as the hub keeps. 100 is where devices begin to wait.
    /// </summary>
    public double? DiskUsed => FreeBytes == long.MaxValue
        ? null
        : Math.Round(Math.Min(100, 100.0 * (KeptBytes + ReserveBytes) / (KeptBytes + FreeBytes)), 1);

    public IEnumerable<(string Signal, double Value)> Readings()
    {
        if (DiskUsed is { } used)
        {
            yield return (Signal.Disk, used);
        }

        yield return (Signal.StorageFull, IsHeld ? 1 : 0);
        yield return (Signal.StorageDamaged, IsDamaged ? 1 : 0);
        yield return (Signal.Backlog, LagRows);
        yield return (Signal.EventsLost, EventsLost);
        yield return (Signal.ClockOffset, -Behind.TotalSeconds);
    }
}
