using Hub.Transport.Log;

namespace Hub.Edge.Outbox;

/// <summary>What stays when it has been acknowledged, and what goes where room is short.</summary>
public sealed partial class OutboxLane
{
    private const int ShedStepRows = 16;

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
        log.BytesUsed <= _options.KeptBytesMax && TimeOf(log, sent) - TimeOf(log, log.First) <= _options.KeptFor;

    /// <summary>A step's worth of the oldest rows that the hub has acknowledged; never the last row.</summary>
    private void Forget(DurableLog log, LogPosition sent)
    {
        // Where nothing is kept there is nothing to go slowly about.
        var step = _options.KeptBytesMax == 0 ? sent.Value : log.First.Value + ShedStepRows - 1;
        log.TrimThrough(new LogPosition(Math.Min(step, Math.Min(sent.Value, log.Tail.Value - 1))));
    }

    /// <summary>When a row was measured; long ago for one without records, which nobody will ask for.</summary>
    private static DateTimeOffset TimeOf(DurableLog log, LogPosition position) =>
        log.Read(new LogPosition(position.Value - 1), 1) is [var row, ..]
        && OutboxRow.Read(row.Bytes.Span).Records is [var first, ..] ? first.At : DateTimeOffset.UnixEpoch;

    private void MakeRoom_NeedsLock(DurableLog log)
    {
        while (log.BytesUsed > _options.BytesMax)
        {
            if (log.First <= Sent && log.First < log.Tail)
            {
                Forget(log, Sent);
                continue;
            }

            if (!_options.IsShedding)
            {
                Fault = $"The outbox is full ({_options.BytesMax >> 20} MiB): {Backlog} events wait for the hub.";
                throw new OutboxException(Fault);
            }

            if (log.First >= log.Tail)
            {
                return;
            }

            var through = new LogPosition(Math.Min(log.First.Value + ShedStepRows, log.Tail.Value) - 1);
            log.TrimThrough(through);
            var kept = OutboxRow.Read(log.Read(through, 1)[0].Bytes.Span).First;
            if (kept > _sentNext)
            {
                Volatile.Write(ref _shed, _shed + kept - _sentNext);
                Volatile.Write(ref _sentNext, kept);
            }
        }
    }
}
