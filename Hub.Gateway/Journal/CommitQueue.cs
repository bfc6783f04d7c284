namespace Hub.Gateway.Journal;

/// <summary>
/// What waits for its commit. Producers add whole batches (one lock a read turn, not a message); the journal's thread
/// takes all that waits, up to the batch limit.
/// </summary>
internal sealed class CommitQueue(JournalOptions options)
{
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
    public bool TryTake(out List<JournalBatch> group)
    {
        group = _taken;
        _taken.Clear();
        TaskCompletionSource? room;
        lock (_gate)
        {
            while (_next == _waiting.Count)
            {
                if (_completed)
                {
                    return false;
                }

                _isTakerIdle = true;
                Monitor.Wait(_gate);
            }

            TakeUpToTheLimit_NeedsLock();
            room = _waitingBytes <= options.QueueBytesMax ? _room : null;
            _room = room is null ? _room : null;
        }

        room?.SetResult();
        return true;
    }

    public void Complete()
    {
        lock (_gate)
        {
            _completed = true;
            Monitor.Pulse(_gate);
        }
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
