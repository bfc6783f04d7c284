namespace Hub.Transport.Log;

/// <summary>
/// Copies the write-ahead log into the database file on a thread and connection of its own, in steps: on the commit
/// path it would make the tail of the commit times (measured: p99 29 ms instead of 3 at 50,000 messages/s).
/// </summary>
internal sealed class LogCheckpointer : IDisposable
{
    private readonly SemaphoreSlim _due = new(0);
    private readonly LogDatabase _database;
    private readonly DurableLogOptions _options;
    private readonly Lock _writing;

    // Who copies. Taken after _writing where both are needed, never before it.
    private readonly Lock _copying = new();
    private readonly Func<LogFailedException, LogFailedException> _seal;
    private readonly long _frameBytes;
    private readonly Thread _thread;
    private long _uncopiedBytes;
    private volatile bool _stopping;

    public LogCheckpointer(
        LogDatabase database, DurableLogOptions options, Lock writing,
        Func<LogFailedException, LogFailedException> seal)
    {
        (_database, _options, _writing, _seal) = (database, options, writing, seal);
        // A frame is a page and its 24-byte header (SQLite file format, 4.1).
        _frameBytes = database.Number("PRAGMA page_size") + 24;
        _thread = new Thread(Run) { IsBackground = true, Name = "log checkpoint" };
        _thread.Start();
    }

    /// <summary>
    /// Called by the writer after each commit, while it holds the lock. A copier that is a whole write-ahead log behind
    /// is waited for: the writer then copies itself.
    /// </summary>
    public void Appended_NeedsWriting(int bytes)
    {
        var uncopied = Interlocked.Add(ref _uncopiedBytes, bytes + _frameBytes);
        if (uncopied >= _options.WalBytesMax)
        {
            SealOnFailure(() => Copy());
        }
        else if (uncopied >= _options.CheckpointStepBytes && _due.CurrentCount == 0)
        {
            _due.Release();
        }
    }

    public void Dispose()
    {
        if (!_stopping)
        {
            _stopping = true;
            _due.Release();
            _thread.Join();
            _database.Dispose();
            _due.Dispose();
        }
    }

    private void Run()
    {
        for (_due.Wait(); !_stopping; _due.Wait())
        {
            if (!SealOnFailure(CopyInSteps))
            {
                return;
            }
        }
    }

    private void CopyInSteps()
    {
        if (Copy() * _frameBytes >= _options.WalBytesMax)
        {
            // Nearly everything is copied and synced by now, so commits wait for the little that came meanwhile; the
            // next commit then finds nothing left to copy and starts the write-ahead log from its beginning.
            lock (_writing)
            {
                Copy();
            }
        }
    }

    /// <summary>One copy; how many frames the write-ahead log has.</summary>
    private int Copy()
    {
        lock (_copying)
        {
            Interlocked.Exchange(ref _uncopiedBytes, 0);
            return _database.Checkpoint().Frames;
        }
    }

    private bool SealOnFailure(Action copy)
    {
        try
        {
            copy();
            return true;
        }
        catch (LogFailedException e)
        {
            // A full disk only leaves the copy for later: what is committed stands in the write-ahead log.
            _seal(e);
            return e.IsDiskFull;
        }
    }
}
