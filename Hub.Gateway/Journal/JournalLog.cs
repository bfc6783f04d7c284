using System.Collections.Concurrent;
using System.Diagnostics;
using Hub.Rules.Engine;
using Hub.Transport.Log;

namespace Hub.Gateway.Journal;

/// <summary>
/// The hub's ordered truth: what was accepted, in the order of acceptance. Many producers hand entries over; one thread
/// writes all that waits as one row, and only then tells each of them. Followers read it from their own cursors.
/// </summary>
public sealed partial class JournalLog : IDisposable
{
    private const int GapsToldMax = 20;

    private readonly IRowLog _log;
    private readonly JournalOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly Action<Exception> _onFailure;
    private readonly CommitQueue _queue;
    private readonly JournalFollowers _followers = new();
    private readonly CommitSignal _committed = new();
    private readonly ConcurrentDictionary<LogPosition, string> _damagedRows = [];
    private readonly Thread? _thread;
    private byte[] _row = [];
    private Exception? _failure;
    private byte[] _checked = [];
    private long _commits;
    private long _behindTicks;

    /// <param name="onFailure">Called once, when the journal can't keep its promise any more.</param>
    public JournalLog(
        IRowLog log, JournalOptions options, TimeProvider time, ILogger<JournalLog> logger, Action<Exception> onFailure)
        : this(log, options, time, logger, onFailure, isStepped: false)
    {
    }

    /// <param name="isStepped">No thread of its own: it commits when it is told to <see cref="CommitNext"/>.</param>
    internal JournalLog(
        IRowLog log, JournalOptions options, TimeProvider time, ILogger<JournalLog> logger, Action<Exception> onFailure,
        bool isStepped)
    {
        (_log, _options, _time, _logger, _onFailure) = (log, options, time, logger, onFailure);
        _queue = new CommitQueue(options);
        Room = new DiskRoom(options, logger);
        if (!isStepped)
        {
            _thread = new Thread(Run) { IsBackground = true, Name = "journal" };
            _thread.Start();
        }
    }

    /// <summary>The last durable row.</summary>
    public LogPosition Tail => _log.Tail;

    /// <summary>The oldest row that is still kept; one past the tail while there is none.</summary>
    public LogPosition First => _log.First;

    public IReadOnlyList<JournalFollower> Followers => _followers.List(Tail);

    /// <summary>What was found when the file was opened; null for a log without a file.</summary>
    public LogRecovery? Recovery { get; private init; }

    /// <summary>Why nothing is acknowledged any more; null while it works.</summary>
    public Exception? Failure => Volatile.Read(ref _failure);

    /// <summary>
    /// Rows that could not be read again, up to a hundred; their readings are lost to the followers that came to them.
    /// </summary>
    public long DamagedRows => _damagedRows.Count;

    /// <summary>
    /// How far the wall clock is behind the time of the journal's ticks: it was set back. Zero while it isn't.
    /// </summary>
    public TimeSpan Behind
    {
        get => TimeSpan.FromTicks(Interlocked.Read(ref _behindTicks));
        internal set => Interlocked.Exchange(ref _behindTicks, value.Ticks);
    }

    /// <summary>When all rows were last checked, and what was found; null before the first time.</summary>
    public (DateTimeOffset At, JournalCheck Found)? LastCheck { get; private set; }

    /// <summary>Commits since the start.</summary>
    public long Commits => Interlocked.Read(ref _commits);

    /// <summary>Whether there is room on the disk, and what waits for it.</summary>
    public DiskRoom Room { get; }

    public long BytesUsed => _log.BytesUsed;

    /// <summary>Opens the journal and says in the log what was found.</summary>
    public static JournalLog Open(
        string path, JournalOptions options, TimeProvider time, ILogger<JournalLog> logger, Action<Exception> onFailure)
    {
        var log = DurableLog.Open(path, options.Log with { IsWhole = JournalBlock.IsWhole });
        if (log.Recovery is { Fault: { } fault, PutAsidePath: { } aside } recovery)
        {
            JournalMessages.PutAside(logger, path, fault, aside, recovery.RowsSaved, recovery.RowsLost);
            foreach (var gap in recovery.Gaps.Take(GapsToldMax))
            {
                JournalMessages.Gap(logger, gap.After, gap.Before);
            }
        }

        JournalMessages.Opened(logger, path, log.First, log.Tail.Value + 1);
        return new JournalLog(log, options, time, logger, onFailure) { Recovery = log.Recovery };
    }

    /// <summary>
    /// Appends one entry; completes when it is on stable storage, and throws if nobody knows whether it is: it may wait
    /// for room on the disk, and be cancelled there.
    /// </summary>
    public async ValueTask<LogPosition> AppendAsync(Entry entry, CancellationToken cancel)
    {
        await RoomAsync(cancel);
        var batch = new AwaitedBatch();
        batch.Entries.Write(entry);
        HandOver(batch);
        return await batch.Committed.WaitAsync(cancel);
    }

    /// <summary>
    /// Hands a batch over for the next commit: it belongs to the journal until it is called back. Producers that can
    /// wait ask for <see cref="RoomAsync"/> first.
    /// </summary>
    public void HandOver(JournalBatch batch)
    {
        if (Failure is { } failure || !_queue.TryAdd(batch))
        {
            batch.OnFailed(Failure ?? new ObjectDisposedException(nameof(JournalLog)));
        }
    }

    /// <summary>Waits while more than <see cref="JournalOptions.QueueBytesMax"/> waits for its commit.</summary>
    public ValueTask RoomAsync(CancellationToken cancel) => _queue.RoomAsync(cancel);

    /// <summary>Forgets rows that are old enough or too many, and that every follower has dealt with.</summary>
    public void Trim()
    {
        if (_followers.Slowest() is { } slowest)
        {
            var through = JournalTrim.Through(_log, _options, _time.GetUtcNow(), slowest);
            if (through >= First)
            {
                TrimThrough(through);
            }
        }
    }

    private void TrimThrough(LogPosition through)
    {
        try
        {
            _log.TrimThrough(through);
            JournalMessages.Trimmed(_logger, through);
        }
        catch (LogFailedException e) when (e.IsDiskFull)
        {
            // Forgetting takes a little room too; the next time, then.
            Room.NoteFull();
        }
    }

    /// <summary>Commits what waits, then closes the file.</summary>
    public void Dispose()
    {
        _queue.Complete();
        _thread?.Join();
        _log.Dispose();
    }

    /// <summary>One step of a stepped journal: commits the next group; false if nothing could be committed.</summary>
    internal bool CommitNext()
    {
        Room.Look();
        return _queue.HasWaiting && _queue.TryTake(Room.IsShort, out var group) && group.Count > 0 && Commit(group);
    }

    private void Run()
    {
        while (_queue.TryTake(Room.IsShort, out var group))
        {
            if (group.Count > 0)
            {
                Commit(group);
            }

            Room.Look();
        }

        // Nobody is told that these are kept: their senders still have them.
        foreach (var batch in _queue.TakeRest())
        {
            batch.OnFailed(Failure ?? new ObjectDisposedException(nameof(JournalLog)));
        }
    }

    /// <summary>Nothing is confirmed before it is durable: this order, in this method, is the product.</summary>
    private bool Commit(List<JournalBatch> group)
    {
        LogPosition position;
        try
        {
            position = Append(group);
        }
        catch (LogFailedException e) when (e.IsDiskFull)
        {
            // Nothing was written, nothing is acknowledged, nothing is lost: it waits until there is room.
            Room.NoteFull();
            WaitForRoom(e, group);
            return false;
        }
        catch (Exception e)
        {
            Fail(e, group);
            return false;
        }

        foreach (var batch in group)
        {
            batch.OnCommitted(position);
        }

        foreach (var batch in group)
        {
            batch.OnGroupCommitted();
        }

        _committed.Raise();
        return true;
    }

    private void WaitForRoom(LogFailedException full, List<JournalBatch> group)
    {
        if (_queue.Pause())
        {
            _queue.PutBack(group);
            return;
        }

        foreach (var batch in group)
        {
            batch.OnFailed(full);
        }
    }

    private LogPosition Append(List<JournalBatch> group)
    {
        var length = JournalBlock.HeadBytes + JournalBlock.TailBytes;
        foreach (var batch in group)
        {
            length += batch.Entries.Length;
        }

        if (length == JournalBlock.HeadBytes + JournalBlock.TailBytes)
        {
            // Nothing new: all that these batches wait for was in the rows before.
            return Tail;
        }

        if (_row.Length < length)
        {
            _row = new byte[Math.Max(length, _row.Length * 2)];
        }

        var at = JournalBlock.HeadBytes;
        foreach (var batch in group)
        {
            batch.Entries.Written.CopyTo(_row.AsSpan(at));
            at += batch.Entries.Length;
        }

        Debug.Assert(at == length - JournalBlock.TailBytes);
        var block = _row.AsSpan(0, length);
        JournalBlock.Seal(block, _time.GetUtcNow() + Behind);
        Interlocked.Increment(ref _commits);
        var position = _log.Append(block);
        Room.NoteRoom();
        return position;
    }

    private void Fail(Exception failure, List<JournalBatch> group)
    {
        if (Interlocked.CompareExchange(ref _failure, failure, null) is null)
        {
            JournalMessages.Failed(_logger, failure);
            _onFailure(failure);
        }

        foreach (var batch in group)
        {
            batch.OnFailed(_failure!);
        }
    }
}
