using System.Buffers;
using Hub.Transport.Log;

namespace Hub.Edge.Outbox;

/// <summary>
/// One lane of store and forward over a durable log. Its records are numbered without a gap within its epoch; a new
/// file is a new epoch, so that old numbers can't be taken for new ones. The last row is never trimmed: it says where
/// the numbering stands.
/// <code>
///   trimmed │ acknowledged, kept for a while │ waiting to be sent        │ next
///           First                            Sent                        Tail
/// </code>
/// </summary>
public sealed partial class OutboxLane : IDisposable
{
    private const string SentCursor = "sent";

    private readonly Lock _writing = new();
    private readonly string _path;
    private readonly LaneOptions _options;
    private readonly Func<ClockStamp> _clock;
    private volatile DurableLog? _log;
    private volatile TaskCompletionSource _moved = NewSignal();
    private long _epoch;
    private long _next;
    private long _sentNext;
    private long _shed;
    private IReadOnlyList<EdgeRecord> _offered = [];
    private int _offeredThere;
    private bool _isDisposed;

    private OutboxLane(string path, LaneOptions options, Func<ClockStamp> clock) =>
        (_path, _options, _clock) = (path, options, clock);

    /// <summary>
    /// Raised once, when the file has been read for the first time, with what its last row was written with: before
    /// anything is appended to it, and under the lane's lock.
    /// </summary>
    public event Action<ReadOnlyMemory<byte>>? Known;

    /// <summary>The epoch of the lane's file; 0 while it could not be read yet.</summary>
    public long Epoch => Volatile.Read(ref _epoch);

    /// <summary>The file has been read since the start, so its numbering and its state are known.</summary>
    public bool IsKnown => Epoch != 0;

    /// <summary>The sequence number that the next record gets.</summary>
    public long NextSequence => Volatile.Read(ref _next);

    /// <summary>Records not yet acknowledged by the hub.</summary>
    public long Backlog => Volatile.Read(ref _next) - Volatile.Read(ref _sentNext);

    /// <summary>Records dropped unsent since the start because the lane was full.</summary>
    public long Shed => Volatile.Read(ref _shed);

    /// <summary>Why the lane can't record now; null while it can.</summary>
    public string? Fault { get; private set; }

    /// <summary>It can't, for want of room.</summary>
    public bool IsFull { get; private set; }

    public LogPosition Tail => _log?.Tail ?? LogPosition.Start;

    /// <summary>All rows up to here are acknowledged by the hub.</summary>
    public LogPosition Sent { get; private set; }

    /// <summary>What the last row was written with; empty for a new file.</summary>
    public ReadOnlyMemory<byte> State { get; private set; }

    /// <summary>
    /// A time that was certainly reached when the file was last written, before it was opened: the earliest of its last
    /// row, for one strange clock among the devices must not carry it away. Null where the time was not known.
    /// </summary>
    public DateTimeOffset? LastKnownAt { get; private set; }

    /// <summary>Commits these records as one row and returns when they are on stable storage.</summary>
    /// <exception cref="OutboxException">
    /// They are not, or nobody knows; the next call tries the file afresh.
    /// </exception>
    public OutboxPlace Append(IReadOnlyList<EdgeRecord> records, ReadOnlyMemory<byte> state)
    {
        lock (_writing)
        {
            ObjectDisposedException.ThrowIf(_isDisposed, this);
            try
            {
                var log = _log ?? Open_NeedsLock();
                MakeRoom_NeedsLock(log);
                records = NotYetThere_NeedsLock(records);
                var row = new OutboxRow(_epoch, _next, _clock(), state, records);
                var bytes = new ArrayBufferWriter<byte>(256 + records.Count * 64);
                row.Write(bytes);
                var position = log.Append(bytes.WrittenSpan);
                (_offered, _offeredThere) = ([], 0);
                Volatile.Write(ref _next, row.Next);
                State = state;
                (Fault, IsFull) = (null, false);
                Signal();
                return new OutboxPlace(_epoch, position);
            }
            catch (LogFailedException e)
            {
                throw Failed_NeedsLock(e);
            }
        }
    }

    /// <summary>
    /// Waiting rows after a position, oldest first; none while the file can't be read. One that was closed by a fault
    /// is tried afresh: what it holds must not wait for the next record to come.
    /// </summary>
    public IReadOnlyList<(LogPosition Position, OutboxRow Row)> Read(LogPosition after, int bytesMax)
    {
        try
        {
            var rows = (_log ?? OpenAgain())?.Read(after, bytesMax) ?? [];
            return [.. rows.Select(row => (row.Position, OutboxRow.Read(row.Bytes.Span)))];
        }
        catch (Exception e) when (e is LogFailedException or ObjectDisposedException)
        {
            return []; // Closed between the two: the writer opens it again.
        }
    }

    /// <summary>
    /// Moves the durable cursor: the hub has acknowledged everything up to here. It is kept while there is room and it
    /// isn't old: a hub that has lost it may ask for it.
    /// </summary>
    /// <param name="epoch">The epoch that the position belongs to: the file may have been replaced meanwhile.</param>
    /// <param name="nextSequence">The number after the last one acknowledged.</param>
    public void MoveSent(long epoch, LogPosition position, long nextSequence)
    {
        lock (_writing)
        {
            if (_isDisposed || epoch != _epoch || position <= Sent)
            {
                return;
            }

            Sent = position;
            Volatile.Write(ref _sentNext, Math.Max(_sentNext, nextSequence));
            try
            {
                MoveCursor_NeedsLock(_log ?? Open_NeedsLock(), epoch, position);
            }
            catch (LogFailedException e)
            {
                // The cursor lags behind: after a restart some rows are sent twice, and found to be duplicates.
                Close_NeedsLock();
                Fault = e.Message;
            }
        }
    }

    private void MoveCursor_NeedsLock(DurableLog log, long epoch, LogPosition position)
    {
        // A file that a fault had closed may have been replaced when it was opened.
        if (epoch == _epoch)
        {
            log.SetCursor(SentCursor, position);
            while (log.First <= position && log.First < log.Tail && !MayKeep(log, position))
            {
                Forget(log, position);
            }
        }
    }

    /// <summary>Completes when something was appended after this call.</summary>
    public Task WhenMoved() => _moved.Task;

    public void Dispose()
    {
        lock (_writing)
        {
            _isDisposed = true;
            Close_NeedsLock();
            Signal();
        }
    }

    /// <summary>
    /// A row whose commit failed may be on the disk all the same, as opening the file tells: what is offered again is
    /// not recorded twice.
    /// </summary>
    private IReadOnlyList<EdgeRecord> NotYetThere_NeedsLock(IReadOnlyList<EdgeRecord> records)
    {
        var isAgain = records.Take(_offeredThere).SequenceEqual(_offered.Take(_offeredThere));
        (_offered, _offeredThere) = (records, isAgain ? _offeredThere : 0);
        return _offeredThere == 0 ? records : [.. records.Skip(_offeredThere)];
    }

    private void Signal() => Interlocked.Exchange(ref _moved, NewSignal()).TrySetResult();

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
