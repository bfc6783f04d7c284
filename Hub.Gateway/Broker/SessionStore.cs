using System.Threading.Channels;

namespace Hub.Gateway.Broker;

/// <summary>Which sessions have changed since <see cref="SessionKeeper"/> wrote them to hub.db.</summary>
internal sealed class SessionStore
{
    private readonly Lock _gate = new();
    private readonly HashSet<Session> _changed = [];
    private readonly HashSet<string> _gone = new(StringComparer.Ordinal);
    private readonly Channel<bool> _hasChanged = Channel.CreateBounded<bool>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private long _lastRow;

    /// <summary>Rows of messages are numbered in the order of saving.</summary>
    public long NextRow() => Interlocked.Increment(ref _lastRow);

    /// <summary>Numbers start behind what an earlier run has used.</summary>
    public void StartBehind(long row) => _lastRow = row;

    public void Note(Session session)
    {
        lock (_gate)
        {
            if (session.IsForgotten)
            {
                return;
            }

            _changed.Add(session);
        }

        _hasChanged.Writer.TryWrite(true);
    }

    /// <summary>
    /// The session is over; one of the same name may follow. What its connection still does to it is nobody's any more.
    /// </summary>
    public void Forget(Session session)
    {
        lock (_gate)
        {
            session.IsForgotten = true;
            if (!session.WasNoted)
            {
                return;
            }

            _changed.Remove(session);
            _gone.Add(session.ClientId);
        }

        _hasChanged.Writer.TryWrite(true);
    }

    /// <summary>Waits for a change, and at most for so long.</summary>
    public async Task WaitForChangeAsync(TimeSpan atMost, TimeProvider time, CancellationToken cancel)
    {
        using var patience = new CancellationTokenSource(atMost, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancel, patience.Token);
        try
        {
            await _hasChanged.Reader.ReadAsync(either.Token);
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            // Nothing has changed.
        }
    }

    /// <summary>What is gone, to be deleted first, and then what has changed.</summary>
    public (IReadOnlyList<string> Gone, IReadOnlyList<SessionChange> Changes) TakeChanges()
    {
        string[] gone;
        Session[] changed;
        lock (_gate)
        {
            (gone, changed) = ([.. _gone], [.. _changed]);
            _gone.Clear();
            _changed.Clear();
        }

        // Not under the lock: a session notes itself from under its own.
        return (gone, [.. changed.Select(session => session.TakeChange())]);
    }
}
