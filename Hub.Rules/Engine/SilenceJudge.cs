using Hub.Rules.Detectors;

namespace Hub.Rules.Engine;

/// <summary>
/// H1: who has been silent for too long. If everything of a source stopped together the source is the one cause, and
/// its points are not named.
/// <code>
///   point unheard for its limit ── other points of its source heard since ──► this point, one alarm
///                               └─ none heard since ───────────────────────► the source, one alarm
///   the limit runs from the last reading's own time; anew when the source comes back, still delivers a backlog, or
///   when the hub itself was away
/// </code>
/// </summary>
internal sealed class SilenceJudge(EngineState state, OutageJudge outages, Announcer announcer)
{
    /// <summary>When this point would be silent, on event time; never if it may be silent for ever.</summary>
    public long DueTicks(PointTrack point)
    {
        if (point.Silence is not { AlarmId.Length: 0 } silence)
        {
            return long.MaxValue;
        }

        var limit = silence.Limit(point);
        return limit == long.MaxValue ? long.MaxValue : silence.Base(point, state.ResumedTicks) + limit;
    }

    /// <summary>No later than <see cref="DueTicks"/>, and known at once.</summary>
    public static long SoonestTicks(PointTrack point) =>
        point.Silence is { AlarmId.Length: 0 } silence ? silence.SoonestTicks(point) : long.MaxValue;

    public void Look(PointTrack point, long knownTicks)
    {
        if (SoonestTicks(point) > knownTicks || point.Silence is not { } silence)
        {
            return;
        }

        var due = DueTicks(point);
        if (due > knownTicks)
        {
            return;
        }

        var limit = silence.Limit(point);
        var source = point.Source;
        var onset = point.HeardTicks == 0 ? silence.BornTicks : point.HeardTicks;
        var reason = new Reason(
            "H1", onset - limit, null, "",
            ("at", Reason.Instant(onset)), ("limit", Reason.Duration(limit)));
        if (source.PointCount > 1 && source.NewestTicks - point.HeardTicks < limit / 3)
        {
            if (source.SilentId.Length == 0)
            {
                (source.SilentRule, source.SilentSpace) = (silence.Bound.Rule.Id, point.Space.Space.Id);
                source.SilentId = Announcer.IdOf(silence.Bound.Rule, source.Id, Math.Max(source.NewestTicks, onset));
                var isOut = outages.Covers(source);
                announcer.Raise(
                    source, point, silence.Bound, source.SilentId, due, onset,
                    reason with { Key = isOut ? "H1.source.outage" : "H1.source" }, asksForOrder: !isOut);
            }

            return;
        }

        silence.NamedTicks = onset;
        silence.AlarmId = Announcer.IdOf(silence.Bound.Rule, point.Point.Id.Value, onset);
        var isOutage = outages.Covers(point);
        announcer.Raise(
            point, silence.Bound, silence.AlarmId, due, onset, asksForOrder: !isOutage,
            isOutage ? reason with { Key = "H1.outage" } : reason);
    }

    /// <summary>
    /// A reading's turn has come. What lies between it and the one before will not come any more; if the source was
    /// given time to deliver it, this is when to say that it is missing.
    /// </summary>
    public void Judged(PointTrack point, long fromTicks, long atTicks)
    {
        if (fromTicks == 0 || point.Silence is not { } silence || atTicks - fromTicks <= silence.GapMax(point)
            || silence.NamedTicks == fromTicks)
        {
            return;
        }

        var id = Announcer.IdOf(silence.Bound.Rule, point.Point.Id.Value, fromTicks);
        var isOutage = outages.Since(point.Space, fromTicks, atTicks) is not null;
        announcer.Raise(
            point, silence.Bound, id, atTicks, fromTicks, asksForOrder: !isOutage,
            new Reason(
                isOutage ? "H1.missing.outage" : "H1.missing", fromTicks - TimeSpan.TicksPerHour, null, "",
                ("at", Reason.Instant(fromTicks)), ("lasting", Reason.Duration(atTicks - fromTicks))));
        announcer.Clear(point, silence.Bound.Rule, id, atTicks);
    }

    /// <summary>A reading newer than all before has come.</summary>
    public void Hear(PointTrack point, long atTicks, long arrivedTicks)
    {
        // It spoke when it spoke, unless it only now tells what it had to say long ago.
        var endTicks = arrivedTicks - atTicks > SourceTrack.BacklogTicks ? arrivedTicks : atTicks;
        if (point.Silence is { AlarmId.Length: > 0 } silence)
        {
            announcer.Clear(point, silence.Bound.Rule, silence.AlarmId, endTicks);
            silence.AlarmId = "";
        }

        var source = point.Source;
        if (source.SilentId.Length > 0)
        {
            announcer.Clear(source, "H1", source.SilentRule, source.SilentId, source.SilentSpace, endTicks);
            source.SilentId = "";
            source.Resume(endTicks);
        }
    }
}
