namespace Hub.Edge.Outbox;

/// <summary>
/// The two lanes: events are committed one by one before anybody is told that they are kept; readings in groups, to
/// spare the SD card.
/// </summary>
public sealed class EdgeOutbox : IDisposable
{
    private readonly GroupCommit _group;
    private readonly int _groupRecordsMax;
    private TaskCompletionSource _full = NewSignal();

    private EdgeOutbox(OutboxLane events, OutboxLane readings, int waitingMax, int groupRecordsMax)
    {
        (Events, Readings, _groupRecordsMax) = (events, readings, groupRecordsMax);
        _group = new GroupCommit(readings, waitingMax);
    }

    public OutboxLane Events { get; }

    public OutboxLane Readings { get; }

    /// <summary>What must be as durable as the readings: asked for at each commit.</summary>
    public Func<ReadOnlyMemory<byte>> ReadState { get; set; } = () => default;

    /// <summary>Records that the hub has not confirmed yet.</summary>
    public long Backlog => Events.Backlog + Readings.Backlog + _group.Waiting;

    /// <summary>Readings dropped unsent, for want of room on the disk or of a disk.</summary>
    public long Shed => Readings.Shed + _group.Shed;

    /// <summary>A time that was certainly reached before this start; null if none is known.</summary>
    public DateTimeOffset? LastKnownAt =>
        Readings.LastKnownAt is { } reading && !(Events.LastKnownAt > reading) ? reading : Events.LastKnownAt;

    /// <summary>Why something can't be recorded now; null while all can.</summary>
    public string? Fault => Events.Fault ?? Readings.Fault;

    /// <summary>The lanes' room on the disk is used up, or the disk's is.</summary>
    public bool IsFull => Events.IsFull || Readings.IsFull;

    /// <summary>The lanes of a folder; what can't be opened yet is tried again.</summary>
    /// <exception cref="IOException">The folder isn't there and can't be made.</exception>
    public static EdgeOutbox Open(
        string folder, long eventsBytesMax, long readingsBytesMax, int waitingMax, int groupRecordsMax,
        Func<ClockStamp> clock, long keptBytesMax = 0, TimeSpan keptFor = default, TimeSpan? waitingFor = null)
    {
        LaneOptions Lane(long bytesMax) => new()
        {
            BytesMax = bytesMax,
            KeptBytesMax = Math.Min(keptBytesMax, bytesMax / 2),
            KeptFor = keptFor,
        };
        Directory.CreateDirectory(folder);
        var shedding = Lane(readingsBytesMax) with { IsShedding = true, WaitingFor = waitingFor ?? TimeSpan.MaxValue };
        return new EdgeOutbox(
            OutboxLane.Open(Path.Combine(folder, "events.db"), Lane(eventsBytesMax), clock),
            OutboxLane.Open(Path.Combine(folder, "readings.db"), shedding, clock), waitingMax, groupRecordsMax);
    }

    /// <summary>Commits an event and returns when it is on stable storage.</summary>
    /// <exception cref="OutboxException">It is not.</exception>
    public OutboxPlace Commit(EdgeRecord record) => Events.Append([record], default);

    /// <summary>
    /// Takes a value: an event at once, a reading with the next group. False for an event that can't be recorded now.
    /// </summary>
    public bool Take(EdgeRecord record)
    {
        if (!EdgeSignals.IsEvent(record.Signal))
        {
            Wait(record);
            return true;
        }

        try
        {
            Commit(record);
            return true;
        }
        catch (OutboxException)
        {
            return false;
        }
    }

    /// <summary>It waits in memory for the next group, and for the disk if that takes nothing.</summary>
    public void Wait(EdgeRecord record)
    {
        if (_group.Add(record) >= _groupRecordsMax)
        {
            _full.TrySetResult();
        }
    }

    /// <summary>Commits what waits, now.</summary>
    /// <exception cref="OutboxException">It waits on.</exception>
    public void CommitWaiting() => _group.Commit(ReadState);

    /// <summary>Commits groups until told to stop; a failed commit is told and tried again.</summary>
    public async Task RunAsync(
        Func<TimeSpan> interval, TimeProvider pace, Action<OutboxException> onFault, CancellationToken stopping)
    {
        while (!stopping.IsCancellationRequested)
        {
            using var giveUp = CancellationTokenSource.CreateLinkedTokenSource(stopping);
            await Task.WhenAny(Task.Delay(interval(), pace, giveUp.Token), _full.Task);
            await giveUp.CancelAsync();
            _full = NewSignal();
            try
            {
                CommitWaiting();
                Events.Require(); // A lane that the disk had refused need not wait for the next press to be well.
            }
            catch (OutboxException e)
            {
                onFault(e);
                await Task.WhenAny(Task.Delay(interval(), pace, stopping)); // Not in a circle while it stays full.
            }
        }
    }

    public void Dispose()
    {
        Events.Dispose();
        Readings.Dispose();
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
