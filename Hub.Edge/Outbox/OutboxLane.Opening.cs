using System.Security.Cryptography;
using Hub.Transport.Log;

namespace Hub.Edge.Outbox;

/// <summary>The lane's file, which a disk may refuse at the start or at any time later.</summary>
public sealed partial class OutboxLane
{
    /// <summary>
    /// Opens the file; one that can't be opened is the lane's <see cref="Fault"/>, and tried again with each use.
    /// </summary>
    public static OutboxLane Open(string path, LaneOptions options, Func<ClockStamp> clock)
    {
        var lane = new OutboxLane(path, options, clock);
        try
        {
            lane.Require();
        }
        catch (OutboxException)
        {
            // A disk that is full or takes nothing must not keep the edge from starting.
        }

        return lane;
    }

    /// <summary>Opens the file if it isn't open.</summary>
    /// <exception cref="OutboxException">It can't be opened now.</exception>
    public void Require()
    {
        lock (_writing)
        {
            ObjectDisposedException.ThrowIf(_isDisposed, this);
            try
            {
                _ = _log ?? Open_NeedsLock();
            }
            catch (LogFailedException e)
            {
                throw Failed_NeedsLock(e);
            }
        }
    }

    private DurableLog Open_NeedsLock()
    {
        var log = OpenLog();
        var isFirst = !IsKnown;
        try
        {
            Continue_NeedsLock(log);
        }
        catch
        {
            log.Dispose();
            throw;
        }

        if (isFirst)
        {
            Known?.Invoke(State);
        }

        _log = log;
        Fault = null;
        Signal();
        return log;
    }

    private DurableLog OpenLog()
    {
        try
        {
            return DurableLog.Open(_path, new DurableLogOptions());
        }
        catch (Exception e) when (e is not LogFailedException && e is IOException or UnauthorizedAccessException)
        {
            throw new LogFailedException(e.Message, e); // A card that can't be read, which is no fault of SQLite's.
        }
    }

    /// <summary>Goes on where the file says that it stood.</summary>
    private void Continue_NeedsLock(DurableLog log)
    {
        var last = log.Read(new LogPosition(log.Tail.Value - 1), 1);
        if (last.Count == 0)
        {
            // A new file, or one in place of a damaged one: either way a new numbering.
            Volatile.Write(ref _epoch, BitConverter.ToInt64(RandomNumberGenerator.GetBytes(8)) & 0x1F_FFFF_FFFF_FFFF);
            Volatile.Write(ref _next, 1);
            (_offered, _offeredThere) = ([], 0);
            (Sent, _sentNext) = (LogPosition.Start, 1);
        }
        else
        {
            var row = OutboxRow.Read(last[0].Bytes.Span);
            var cursor = log.GetCursor(SentCursor);
            // Opened again after a fault, the file may not know what the hub has confirmed meanwhile.
            var sent = row.Epoch == _epoch && Sent > cursor && Sent <= log.Tail ? Sent : cursor;
            var waiting = log.Read(sent, 1); // The last that can fail: from here on the lane is known.
            Sent = sent;
            if ((row.Epoch, row.First) == (_epoch, _next) && row.Records.SequenceEqual(_offered.Skip(_offeredThere)))
            {
                _offeredThere = _offered.Count;
            }

            Volatile.Write(ref _epoch, row.Epoch);
            Volatile.Write(ref _next, row.Next);
            State = row.State;
            LastKnownAt = row is { Clock.Quality: ClockQuality.Synced, Records.Count: > 0 }
                ? row.Records.Min(record => record.At)
                : null;
            Volatile.Write(ref _sentNext, waiting.Count == 0 ? row.Next : OutboxRow.Read(waiting[0].Bytes.Span).First);
        }
    }

    private DurableLog? OpenAgain()
    {
        lock (_writing)
        {
            return _isDisposed ? null : _log ?? Open_NeedsLock();
        }
    }

    /// <summary>After a failed write nobody knows what is on the disk: only opening the file again tells.</summary>
    private OutboxException Failed_NeedsLock(LogFailedException e)
    {
        Close_NeedsLock();
        (Fault, IsFull) = (e.Message, e.IsDiskFull);
        return new OutboxException($"Not recorded: {e.Message}", e);
    }

    private void Close_NeedsLock()
    {
        _log?.Dispose();
        _log = null;
    }
}
