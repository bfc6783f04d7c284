namespace Hub.Edge.Outbox;

/// <summary>
/// Readings wait here for company, so that an SD card is written once a group and not once a value. What waits is lost
/// by a power cut: at most one commit interval of readings, never a press, and no register, which the next reading
/// shows.
/// </summary>
public sealed class GroupCommit(OutboxLane lane, int recordsWaitingMax)
{
    private readonly Lock _gate = new();
    private readonly Lock _committing = new();
    private Queue<EdgeRecord> _waiting = new();
    private long _shed;

    /// <summary>
    /// Readings dropped because the disk would not take them, raw ones first, the oldest of them first.
    /// </summary>
    public long Shed => Volatile.Read(ref _shed);

    public int Waiting
    {
        get
        {
            lock (_gate)
            {
                return _waiting.Count;
            }
        }
    }

    /// <summary>Takes a reading; answers how many wait now.</summary>
    public int Add(EdgeRecord record)
    {
        lock (_gate)
        {
            _waiting.Enqueue(record);
            Bound_NeedsLock();
            return _waiting.Count;
        }
    }

    /// <summary>
    /// Commits everything that waits. The state is read after the records were taken, so it is never older than they.
    /// On failure they wait on.
    /// </summary>
    /// <exception cref="OutboxException">The disk would not take them.</exception>
    public void Commit(Func<ReadOnlyMemory<byte>> readState)
    {
        lock (_committing)
        {
            lane.Require(); // The state goes on from what the file says, so that is read first.
            Queue<EdgeRecord> taken;
            lock (_gate)
            {
                (taken, _waiting) = (_waiting, new Queue<EdgeRecord>());
            }

            try
            {
                do
                {
                    var state = readState();
                    if (taken.Count == 0 && state.Span.SequenceEqual(lane.State.Span))
                    {
                        return;
                    }

                    var row = taken.Take(OutboxRow.RecordsMax).ToArray();
                    Append(row, state);
                    for (var i = 0; i < row.Length; i++)
                    {
                        taken.Dequeue();
                    }
                }
                while (taken.Count > 0);
            }
            catch
            {
                PutBack(taken); // Whatever went wrong, nothing that waited is lost by it.
                throw;
            }
        }
    }

    /// <summary>In a lane that is nearly full, registers and health alone.</summary>
    private void Append(EdgeRecord[] row, ReadOnlyMemory<byte> state)
    {
        var kept = lane.IsShort ? [.. row.Where(record => !EdgeSignals.IsRaw(record.Signal))] : row;
        lane.Append(kept, state);
        Interlocked.Add(ref _shed, row.Length - kept.Length);
    }

    private void PutBack(Queue<EdgeRecord> taken)
    {
        lock (_gate)
        {
            foreach (var record in _waiting)
            {
                taken.Enqueue(record);
            }

            _waiting = taken;
            Bound_NeedsLock();
        }
    }

    private void Bound_NeedsLock()
    {
        while (_waiting.Count > recordsWaitingMax)
        {
            // A quarter at a time, or each reading would be looked at again and again.
            var (count, old) = (_waiting.Count, Math.Max(1, _waiting.Count / 4));
            _waiting = new(_waiting.Where((record, i) => i >= old || !EdgeSignals.IsRaw(record.Signal)));
            if (_waiting.Count == count)
            {
                _waiting.Dequeue();
            }

            Interlocked.Add(ref _shed, count - _waiting.Count);
        }
    }
}
