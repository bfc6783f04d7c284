using Hub.Transport.Log;

namespace Hub.Edge.Outbox;

/// <summary>What stays when it has been acknowledged, and what goes where room is short.</summary>
public sealed partial class OutboxLane
{
    private const int ShedStepRows = 16;

    /// <summary>
    /// Three quarters of a shedding lane were taken by what waits when it was last appended to: the last quarter is for
    /// what goes last.
    /// </summary>
    public bool IsShort { get; private set; }

    private long Plenty => _options.BytesMax / 4 * 3;

    /// <summary>
    /// Acknowledged rows again, from the one with that number or the first one after it that is still kept.
    /// </summary>
    public IReadOnlyList<(LogPosition Position, OutboxRow Row)> ReadAgain(long sequence, int bytesMax)
    {
        if (_log is not { } log)
        {
            return [];
        }

        var (low, high) = (log.First.Value, Sent.Value + 1);
        while (low < high)
        {
            var middle = low + ((high - low) / 2);
            if (Read(new LogPosition(middle - 1), 1) is not [var (_, row), ..])
            {
                return [];
            }

            (low, high) = row.Next <= sequence ? (middle + 1, high) : (low, middle);
        }

        return [.. Read(new LogPosition(low - 1), bytesMax).TakeWhile(row => row.Position <= Sent)];
    }

    private bool MayKeep(DurableLog log, LogPosition sent) =>
        log.BytesUsed <= _options.KeptBytesMax && TimeOf(log, sent) - TimeOfOldest(log) <= _options.KeptFor;

    /// <summary>A step's worth of the oldest rows that the hub has acknowledged; never the last row.</summary>
    private void Forget(DurableLog log, LogPosition sent)
    {
        // Where nothing is kept there is nothing to go slowly about.
        var step = _options.KeptBytesMax == 0 ? sent.Value : log.First.Value + ShedStepRows - 1;
        log.TrimThrough(new LogPosition(Math.Min(step, Math.Min(sent.Value, log.Tail.Value - 1))));
    }

    /// <summary>
    /// Of the step that would be forgotten: a row without records, as meters make many, must not take others with it.
    /// </summary>
    private static DateTimeOffset TimeOfOldest(DurableLog log) => Enumerable.Range(0, ShedStepRows)
        .Select(row => TimeOf(log, new LogPosition(log.First.Value + row)))
        .FirstOrDefault(time => time > DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch);

    /// <summary>When a row was measured; long ago for one without records, which nobody will ask for.</summary>
    private static DateTimeOffset TimeOf(DurableLog log, LogPosition position) =>
        log.Read(new LogPosition(position.Value - 1), 1) is [var row, ..]
        && OutboxRow.Read(row.Bytes.Span).Records is [var first, ..] ? first.At : DateTimeOffset.UnixEpoch;

    private void MakeRoom_NeedsLock(DurableLog log)
    {
        while (log.First <= Sent && log.First < log.Tail && log.BytesUsed > Plenty)
        {
            Forget(log, Sent);
        }

        while (log.BytesUsed > _options.BytesMax || IsTooOld(log))
        {
            if (!_options.IsShedding)
            {
                IsFull = true;
                Fault = $"The outbox is full ({_options.BytesMax >> 20} MiB): {Backlog} events wait for the hub.";
                throw new OutboxException(Fault);
            }

            if (log.First >= log.Tail)
            {
                return;
            }

            var step = log.BytesUsed > _options.BytesMax ? ShedStepRows : 1;
            var through = new LogPosition(Math.Min(Oldest(log).Value + step, log.Tail.Value) - 1);
            log.TrimThrough(through);
            var kept = OutboxRow.Read(log.Read(through, 1)[0].Bytes.Span).First;
            if (kept > _sentNext)
            {
                Volatile.Write(ref _shed, _shed + kept - _sentNext);
                Volatile.Write(ref _sentNext, kept);
            }
        }

        IsShort = _options.IsShedding && log.First > Sent && log.BytesUsed > Plenty;
    }

    /// <summary>
    /// By the rows' own times, so only where both are known: a clock that has been set must not cost what it has not
    /// reached.
    /// </summary>
    private bool IsTooOld(DurableLog log)
    {
        if (!_options.IsShedding || _options.WaitingFor == TimeSpan.MaxValue || Oldest(log) >= log.Tail)
        {
            return false;
        }

        return KnownTimeOf(log, Oldest(log)) is { } oldest
            && KnownTimeOf(log, log.Tail) - oldest > _options.WaitingFor;
    }

    /// <summary>The first row that waits to be sent; what was shed is not there any more.</summary>
    private LogPosition Oldest(DurableLog log) => new(Math.Max(log.First.Value, Sent.Value + 1));

    private static DateTimeOffset? KnownTimeOf(DurableLog log, LogPosition position) =>
        log.Read(new LogPosition(position.Value - 1), 1) is [var row, ..]
        && OutboxRow.Read(row.Bytes.Span) is { Clock.Quality: ClockQuality.Synced, Records: [var first, ..] }
            ? first.At
            : null;
}
