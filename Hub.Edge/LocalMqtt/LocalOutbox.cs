using Hub.Transport.Log;

namespace Hub.Edge.LocalMqtt;

/// <summary>
/// Local messages that wait for the hub, on the disk. What is sent is trimmed: the first row is the next to send. When
/// it is full the oldest go, and are counted. There is no file before the first message. Any thread.
/// </summary>
public sealed class LocalOutbox(string path) : IDisposable
{
    private const int StepRows = 16;

    private readonly Lock _gate = new();
    private readonly SemaphoreSlim _appended = new(0, 1);
    private DurableLog? _log;
    private long _dropped;
    private bool _isDisposed;

    /// <summary>Messages dropped unsent since the start.</summary>
    public long Dropped => Volatile.Read(ref _dropped);

    /// <summary>Completes when something may be there to read that was not before.</summary>
    public Task WhenAppendedAsync(CancellationToken cancel) => _appended.WaitAsync(cancel);

    /// <summary>On stable storage when it returns.</summary>
    /// <param name="bytesMax">What may wait; beyond it the oldest go.</param>
    /// <exception cref="IOException">Nobody knows; the next call opens the file anew.</exception>
    public void Append(KeptRow row, long bytesMax)
    {
        Use(log =>
        {
            MakeRoom(log, bytesMax);
            return log.Append(row.Write());
        });
        if (_appended.CurrentCount == 0)
        {
            _appended.Release();
        }
    }

    /// <summary>The oldest row; null if none waits.</summary>
    /// <exception cref="IOException">It can't be read now; the next call opens the file anew.</exception>
    public (LogPosition Position, KeptRow Row)? Next() => File.Exists(path) ? Use(First) : null;

    /// <summary>The hub has all up to here.</summary>
    /// <exception cref="IOException">They are sent again.</exception>
    public void Sent(LogPosition through) => Use(log =>
    {
        log.TrimThrough(through);
        return true;
    });

    public void Dispose()
    {
        lock (_gate)
        {
            _isDisposed = true;
            _log?.Dispose();
            _log = null;
        }

        _appended.Dispose();
    }

    private (LogPosition Position, KeptRow Row)? First(DurableLog log)
    {
        while (log.Read(new LogPosition(log.First.Value - 1), 1) is [var row, ..])
        {
            if (TryRead(row) is { } read)
            {
                return (row.Position, read);
            }

            Drop(log, row.Position, 1); // Of another version, which this one can't send.
        }

        return null;
    }

    private static KeptRow? TryRead(LogRow row)
    {
        try
        {
            return KeptRow.Read(row.Bytes);
        }
        catch (InvalidDataException)
        {
            return null;
        }
    }

    private T Use<T>(Func<DurableLog, T> act)
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_isDisposed, this);
            try
            {
                return act(_log ??= DurableLog.Open(path, new DurableLogOptions()));
            }
            catch (IOException)
            {
                _log?.Dispose();
                _log = null;
                throw;
            }
        }
    }

    private void MakeRoom(DurableLog log, long bytesMax)
    {
        while (log.BytesUsed > bytesMax && log.First <= log.Tail)
        {
            var rows = log.Read(new LogPosition(log.First.Value - 1), int.MaxValue >> 8).Take(StepRows).ToList();
            Drop(log, rows[^1].Position, rows.Sum(row => TryRead(row)?.Messages.Count ?? 1));
        }
    }

    private void Drop(DurableLog log, LogPosition through, int messages)
    {
        log.TrimThrough(through);
        Interlocked.Add(ref _dropped, messages);
    }
}
