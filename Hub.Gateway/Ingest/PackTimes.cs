using Hub.Rules.Readings;
using Hub.Transport.Messages;

namespace Hub.Gateway.Ingest;

/// <summary>
/// What is made of a pack's times. A sender that does not know the time says what its clock showed when it sent (st):
/// if that is right, so are the times. One that doesn't say so may tell of just now on a wrong clock or of long ago on
/// a right one, and its newest record is taken for one of now. Of a clock that is off by more than clocks differ:
/// <code>
///   presses, contacts   moved together by what it is off: they are sent at once, and neither a promise to somebody
///                       nor the span of an open door may begin at a wrong time
///   all else            stays where the sender put it, and is no fact: no rule judges it, and nothing is counted of it
/// </code>
/// Pure.
/// </summary>
internal readonly struct PackTimes
{
    private readonly long _latest;
    private readonly long _earliest;
    private readonly long _moved;
    private readonly SenMlClock _clock;

    public PackTimes(SenMlReader pack, DateTimeOffset now, IngestOptions options)
    {
        _clock = pack.Clock;
        _earliest = options.EarliestAt.UtcTicks;
        _latest = (now + options.AheadMax).UtcTicks;
        if (_clock == SenMlClock.Unsynced)
        {
            var off = now.UtcTicks - (pack.SentAt?.UtcTicks ?? Newest(pack));
            _moved = Math.Abs(off) > options.AheadMax.Ticks ? off : 0;
        }
    }

    public long Of(in SenMlRecord record, SignalKind kind) => record.AtTicks + (IsMoved(kind) ? _moved : 0);

    /// <summary>Of a sender whose clock is synced it is the hub's that is suspect.</summary>
    public bool IsPossible(in SenMlRecord record, SignalKind kind) =>
        Of(record, kind) is var at && at >= _earliest && (at <= _latest || _clock == SenMlClock.Synced);

    /// <summary>Bad clocks only make the time uncertain, unless it is known to be no use.</summary>
    public Quality QualityOf(in SenMlRecord record, SignalKind kind) =>
        _moved != 0 && !IsMoved(kind) ? Quality.Bad
        : _clock is SenMlClock.Estimated or SenMlClock.Unsynced || Of(record, kind) > _latest ? Quality.Uncertain
        : Quality.Good;

    private static long Newest(SenMlReader pack)
    {
        var newest = long.MinValue;
        foreach (ref readonly var record in pack.Records)
        {
            newest = Math.Max(newest, record.AtTicks);
        }

        return newest;
    }

    private static bool IsMoved(SignalKind kind) => kind is SignalKind.Contact or SignalKind.Press;
}
