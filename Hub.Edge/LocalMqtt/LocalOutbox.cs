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
    private long _waiting;
    private bool _isDisposed;

    /// <summary>Messages dropped unsent since the start.</summary>
    public long Dropped => Volatile.Read(ref _dropped);

    /// <summary>Messages that the hub doesn't have; known once the file was opened.</summary>
    public long Waiting => Volatile.Read(ref _waiting);

    /// <summary>Completes when something may be there to read that was not before.</summary>
    public Task WhenAppendedAsync(CancellationToken cancel) => _appended.WaitAsync(cancel);

    /// <summary>On stable storage when it returns.</summary>
    /// <param name="bytesMax">What may wait; beyond it the oldest go.</param>
    /// <exception cref="IOException">Nobody knows; the next call opens the file anew.</exception>
    public void Append(KeptRow row, long bytesMax)
    {
        Use(log =>
        {
            MakeRoom_NeedsLock(log, bytesMax);
            log.Append(row.Write());
            return Interlocked.Add(ref _waiting, row.Messages.Count);
        });
        if (_appended.CurrentCount == 0)
        {
            _appended.Release();
        }
    }

    /// <summary>The oldest row; null if none waits.</summary>
    /// <exception cref="IOException">It can't be read now; the next call opens the file anew.</exception>
    public (LogPosition Position, KeptRow Row)? Next() => File.Exists(path) ? Use(First_NeedsLock) : null;

    /// <summary>The hub has all up to here.</summary>
    /// <exception cref="IOException">They are sent again.</exception>
    public void Sent(LogPosition through) => Use(log => Trim_NeedsLock(log, through));

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

    private (LogPosition Position, KeptRow Row)? First_NeedsLock(DurableLog log)
    {
        while (log.Read(new LogPosition(log.First.Value - 1), 1) is [var row, ..])
        {
            if (TryRead(row) is { } read)
            {
                return (row.Position, read);
            }

            // Of another version, which this one can't send.
            Interlocked.Add(ref _dropped, Trim_NeedsLock(log, row.Position));
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
                if (_log is null)
                {
                    _log = DurableLog.Open(path, new DurableLogOptions());
                    Volatile.Write(ref _waiting, Count(_log, _log.Tail).Messages);
                }

                return act(_log);
            }
            catch (IOException)
            {
                _log?.Dispose();
                _log = null;
                throw;
            }
        }
    }

    private void MakeRoom_NeedsLock(DurableLog log, long bytesMax)
    {
        while (log.BytesUsed > bytesMax && log.First <= log.Tail)
        {
            Interlocked.Add(ref _dropped, Trim_NeedsLock(log, log.Tail, StepRows));
        }
    }

    /// <summary>Answers how many messages went.</summary>
    private int Trim_NeedsLock(DurableLog log, LogPosition through, int rowsMax = int.MaxValue)
    {
        var (messages, last) = Count(log, through, rowsMax);
        log.TrimThrough(last);
        Interlocked.Add(ref _waiting, -messages);
        return messages;
    }

    private static (int Messages, LogPosition Last) Count(
        DurableLog log, LogPosition through, int rowsMax = int.MaxValue)
    {
        var (messages, last, buffer) = (0, new LogPosition(log.First.Value - 1), Array.Empty<byte>());
        for (var rows = 0;
             rows < rowsMax && log.ReadNext(last, ref buffer, out var length) is { } next && next <= through;
             rows++, last = next)
        {
            messages += KeptRow.CountOf(buffer.AsSpan(0, length));
        }

        return (messages, last);
    }
}
