namespace Hub.Gateway.Journal;

/// <summary>
/// What waits for its commit. Producers add whole batches (one lock a read turn, not a message); the journal's thread
/// takes all that waits, up to the batch limit.
/// </summary>
internal sealed class CommitQueue(JournalOptions options)
{
    private static readonly TimeSpan HeldLookEvery = TimeSpan.FromMilliseconds(250);

    private readonly object _gate = new();
    private readonly List<JournalBatch> _taken = [];
    private readonly List<JournalBatch> _waiting = [];
    private int _next;
    private long _waitingBytes;
    private bool _completed;
    private bool _isTakerIdle;
    private TaskCompletionSource? _room;

    public bool HasWaiting
    {
        get
        {
            lock (_gate)
            {
                return _next < _waiting.Count;
            }
        }
    }

    public bool TryAdd(JournalBatch batch)
    {
        lock (_gate)
        {
            if (_completed)
            {
                return false;
            }

            var place = _waiting.Count;
            while (place > _next && batch.Overtakes(_waiting[place - 1]))
            {
                place--;
            }

            _waiting.Insert(place, batch);
            _waitingBytes += batch.Entries.Length;
            if (_isTakerIdle)
            {
                _isTakerIdle = false;
                Monitor.Pulse(_gate);
            }

            return true;
        }
    }

    public ValueTask RoomAsync(CancellationToken cancel)
    {
        lock (_gate)
        {
            return _waitingBytes <= options.QueueBytesMax
                ? ValueTask.CompletedTask
                : WaitForRoomAsync(_room ??= new(TaskCreationOptions.RunContinuationsAsynchronously), cancel);
        }
    }

    /// <summary>
    /// Waits for something to commit; false when the queue is completed and empty. The list is valid until the next
    /// call.
    /// </summary>
    /// <param name="ownOnly">Takes the hub's own entries alone, and none if there are none after a moment.</param>
    public bool TryTake(bool ownOnly, out List<JournalBatch> group)
    {
        group = _taken;
        _taken.Clear();
        TaskCompletionSource? room;
        lock (_gate)
        {
            while (ownOnly ? !TakeOwn_NeedsLock() : _next == _waiting.Count)
            {
                if (_completed)
                {
                    return false;
                }

                _isTakerIdle = true;
                if (!Monitor.Wait(_gate, ownOnly ? HeldLookEvery : Timeout.InfiniteTimeSpan))
                {
                    return true;
                }
            }

            if (!ownOnly)
            {
                TakeUpToTheLimit_NeedsLock();
            }

            room = _waitingBytes <= options.QueueBytesMax ? _room : null;
            _room = room is null ? _room : null;
        }

        room?.SetResult();
        return true;
    }

    /// <summary>What could not be committed waits again, before everything else.</summary>
    public void PutBack(IReadOnlyList<JournalBatch> group)
    {
        lock (_gate)
        {
            _waiting.InsertRange(_next, group);
            _waitingBytes += group.Sum(batch => (long)batch.Entries.Length);
        }
    }

    /// <summary>Waits a moment; false if the queue has been completed, so that there is nothing to wait for.</summary>
    public bool Pause()
    {
        lock (_gate)
        {
            if (!_completed)
            {
                Monitor.Wait(_gate, HeldLookEvery);
            }

            return !_completed;
        }
    }

    /// <summary>All that still waits, for nobody will commit it.</summary>
    public List<JournalBatch> TakeRest()
    {
        lock (_gate)
        {
            List<JournalBatch> rest = [.. _waiting.Skip(_next)];
            _waiting.Clear();
            (_next, _waitingBytes) = (0, 0);
            return rest;
        }
    }

    public void Complete()
    {
        lock (_gate)
        {
            _completed = true;
            Monitor.Pulse(_gate);
        }
    }

    private bool TakeOwn_NeedsLock()
    {
        for (var i = _next; i < _waiting.Count; i++)
        {
            if (_waiting[i].IsOwn)
            {
                _taken.Add(_waiting[i]);
                _waitingBytes -= _waiting[i].Entries.Length;
            }
        }

        _waiting.RemoveAll(_taken.Contains);
        return _taken.Count > 0;
    }

    private void TakeUpToTheLimit_NeedsLock()
    {
        long bytes = 0;
        while (_next < _waiting.Count && bytes < options.BatchBytesMax)
        {
            var batch = _waiting[_next++];
            bytes += batch.Entries.Length;
            _taken.Add(batch);
        }

        _waitingBytes -= bytes;
        if (_next == _waiting.Count)
        {
            _waiting.Clear();
            _next = 0;
        }
        else if (_next > _waiting.Count / 2)
        {
            _waiting.RemoveRange(0, _next);
            _next = 0;
        }
    }

    private async ValueTask WaitForRoomAsync(TaskCompletionSource room, CancellationToken cancel)
    {
        await room.Task.WaitAsync(cancel);
        await RoomAsync(cancel);
    }
}
