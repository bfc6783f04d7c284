using Hub.Rules.Alarms;
using Hub.Rules.Detectors;

namespace Hub.Rules.Engine;

/// <summary>
/// H3, H4 and H8 as the hub itself sees them at a whole source. All of it is on the hub's clock and comes from what the
/// journal has anyway: when a pack arrived and what it held, its epoch, and when the source said that it was there.
/// <code>
///   newest of a pack   ahead of its arrival by max-offset                  H3: its clock is ahead
///                      older than 10 min, by the same for 30 min           H3: its clock is behind
///                      older than 10 min, by more or less, for on-delay    H4: it doesn't catch up
///                      fresh                                               neither
///   births, epochs     so many starts within                               H8: it restarts again and again
/// </code>
/// A slow clock and a slow line look alike at first; a clock that is off is off by the same. What is old and not newer
/// than what had come before was sent again, and says nothing.
/// </summary>
internal sealed class SourceJudge(Announcer announcer)
{
    /// <summary>How much the lag of a clock that is merely off may vary.</summary>
    private const long SteadyTicks = TimeSpan.TicksPerMinute;

    /// <summary>And for how long it must not have.</summary>
    private const long SureTicks = 30 * TimeSpan.TicksPerMinute;

    /// <summary>A new epoch this soon after a birth is the same start.</summary>
    private const long SameStartTicks = 2 * TimeSpan.TicksPerMinute;

    /// <summary>A pack has been taken in.</summary>
    /// <param name="source">Whose.</param>
    /// <param name="epoch">The epoch of its outbox.</param>
    /// <param name="arrived">When it came.</param>
    /// <param name="newest">The newest time in it, believed or not.</param>
    /// <param name="newestMeter">The newest time of what isn't sent ahead of the rest; 0 without one.</param>
    /// <param name="isNews">That is newer than all before.</param>
    public void Hear(SourceTrack source, string epoch, long arrived, long newest, long newestMeter, bool isNews)
    {
        var health = source.Health;
        if (health.IsNewLife(epoch) && arrived - health.LastStart > SameStartTicks)
        {
            health.Start(arrived);
        }

        JudgeStarts(source, arrived);
        var lag = arrived - newestMeter;
        if (IsAhead(health.Clock, newest - arrived))
        {
            Observe(source, health.Clock, true, arrived, "H3.ahead", newest - arrived);
        }
        else if (newestMeter > 0 && lag <= SourceTrack.BacklogTicks)
        {
            health.CatchUp();
            Observe(source, health.Clock, false, arrived);
            Observe(source, health.Delivery, false, arrived);
        }
        else if (newestMeter > 0 && isNews)
        {
            health.Lag(lag, arrived);
            var isSteady = health.LagSpread < SteadyTicks;
            var isSure = arrived - health.LagSince >= SureTicks;
            Observe(source, health.Clock, isSteady && isSure, arrived, "H3.behind", lag);
            Observe(source, health.Delivery, !isSteady, arrived, "H4.old", lag);
        }
    }

    /// <summary>It has come or gone.</summary>
    public void Take(SourceTrack source, Entry.Presence presence)
    {
        var (isStart, at) = (presence.IsOnline && source.IsOffline, presence.At.UtcTicks);
        source.Present(presence.IsOnline, at);
        if (isStart)
        {
            source.Health.Start(at);
            JudgeStarts(source, at);
        }
    }

    /// <summary>The rules have changed: what no rule covers any more ends.</summary>
    public void Settle(SourceTrack source, long atTicks)
    {
        foreach (var watch in source.Health.Watches)
        {
            if (watch.Bound is null)
            {
                Clear(source, watch, atTicks);
            }
        }
    }

    private static bool IsAhead(SourceWatch clock, long ticks) =>
        ticks > 0 && clock.Bound is { } bound && ticks > Ticks(bound, "max-offset");

    private static long Ticks(BoundRule bound, string parameter) =>
        (long)(bound.Rule.Parameter(parameter) * TimeSpan.TicksPerSecond);

    private void JudgeStarts(SourceTrack source, long atTicks)
    {
        var health = source.Health;
        if (health.LastStart == 0 || health.Starts.Bound is not { } bound
            || (health.Starts.IsQuiet && atTicks - health.LastStart > TimeSpan.TicksPerDay))
        {
            return;
        }

        var count = health.StartsSince(atTicks - Ticks(bound, "within"), out var first);
        var isLoop = count >= bound.Rule.Parameter("starts");
        Observe(source, health.Starts, isLoop, atTicks, "H8", atTicks - first, count);
    }

    private void Observe(
        SourceTrack source, SourceWatch watch, bool isTrue, long atTicks, string key = "", long span = 0, int count = 0)
    {
        if (watch.Bound is not { } bound || (watch.IsQuiet && !isTrue))
        {
            return;
        }

        switch (watch.Alarm.Observe(isTrue, atTicks, atTicks, bound.OnDelay, bound.OffDelay))
        {
            case AlarmChange.Raised:
                var onset = watch.Alarm.OnsetTicks;
                watch.Begin(Announcer.IdOf(bound.Rule, source.Id, onset));
                announcer.Raise(source, watch.Example!, bound, watch.AlarmId, atTicks, onset, new Reason(
                    key, onset, null, "",
                    ("at", Reason.Instant(onset)),
                    ("lasting", Reason.Duration(span)),
                    ("count", Reason.Number(count))));
                break;
            case AlarmChange.Cleared:
                Clear(source, watch, atTicks);
                break;
        }
    }

    private void Clear(SourceTrack source, SourceWatch watch, long atTicks)
    {
        if (watch.AlarmId.Length > 0)
        {
            announcer.Clear(source, watch.Detector, watch.RuleId, watch.AlarmId, watch.SpaceId, atTicks);
        }

        watch.End();
    }
}
