using Hub.Rules.Alarms;
using Hub.Rules.Detectors;
using Hub.Rules.Readings;

namespace Hub.Rules.Engine;

/// <summary>
/// Judges one reading at its turn: the register makes consumption of it, the space says who lived there, and every rule
/// bound to the point has its say.
/// </summary>
internal sealed partial class Judge(Announcer announcer)
{
    private readonly FusionJudge _fusion = new(announcer);
    private readonly LifeJudge _life = new(announcer);
    private Sample _probedLast;

    /// <summary>The one point of which the last sample is kept, for whoever asks why nothing was said.</summary>
    public PointTrack? Probed { get; set; }

    /// <summary>The last reading of the probed point as the detectors saw it; default if none has come since.</summary>
    public ref readonly Sample ProbedLast => ref _probedLast;

    /// <summary>Whoever makes one case of supplies that are lost together.</summary>
    public OutageJudge? Outages
    {
        get => _life.Outages;
        init => _life.Outages = value;
    }

    /// <summary>Who is told what the registers count; nobody, mostly.</summary>
    public IMeterLog? Meters { get; set; }

    public void Take(PointTrack point, long atTicks, double value)
    {
        var from = point.JudgedTicks;
        if (point.Kind == SignalKind.Contact && atTicks > from)
        {
            // The state before held until now, even if the news of both came at once.
            Pass(point, atTicks);
        }

        PassDoors(point, atTicks);
        if (point == point.Space.Lock)
        {
            point.Space.LockLog.Take(atTicks, value >= 0.5);
        }

        var usual = Sampling.UsualOf(point);
        var advance = Sampling.Advance(point, atTicks, value, usual);
        if (advance.Step == RegisterStep.Refused && atTicks <= from)
        {
            return;
        }

        (point.JudgedTicks, point.JudgedValue) = (atTicks, value);
        if (point.Kind == SignalKind.Register)
        {
            Meters?.Count(point.Point, atTicks, value, advance);
        }

        var sample = Sampling.Of(point, atTicks, value, advance, usual);
        var isVacant = sample.IsVacant;
        point.Habit?.Take(
            sample.From, atTicks, Sampling.EnergyOf(point, sample), sample.IsGap || (from != 0 && sample.From > from),
            point.SpoilingCount == 0, isVacant);
        if (point == Probed)
        {
            _probedLast = sample;
        }

        if (point.Shelf is { } shelf)
        {
            Ask(point, shelf, sample, shelf.Bound.Rule.Scope.Allows(isVacant));
            if (point.IsShelved)
            {
                return;
            }
        }

        if (point.Life is not null && point.Space.Lives.Count > 0)
        {
            _life.Take(point, sample);
        }

        if (point.InScope is { } inScope && point.WasVacant == isVacant)
        {
            foreach (var watch in inScope)
            {
                AskUnshelved(point, watch, sample, isInScope: true);
            }

            return;
        }

        point.Settle(from);
        foreach (var watch in point.Watches)
        {
            AskUnshelved(point, watch, sample, watch.Bound.Rule.Scope.Allows(isVacant));
        }

        point.Divide(isVacant);
    }

    /// <summary>
    /// Lets time pass over contacts, whose state holds: on-delays, off-delays, a door left open. It holds no longer
    /// once news of it may have been lost, until it speaks again.
    /// </summary>
    public void Pass(PointTrack point, long knownTicks)
    {
        if (point.Source.LossesOf(point).IsAfter(point.JudgedTicks))
        {
            return;
        }

        foreach (var watch in point.Watches)
        {
            // Of a point that chatters only the rule that says so hears, and clocks stand still for the others.
            for (var passed = long.MinValue; !point.IsShelved || watch == point.Shelf;)
            {
                var due = watch.DueTicks;
                if (due > knownTicks || due <= passed)
                {
                    break;
                }

                var sample = Sampling.Standing(point, due);
                try
                {
                    Conclude(point, watch, sample, watch.Detector.Pass(sample));
                }
                catch (Exception fault) when (fault is not OutOfMemoryException)
                {
                    Stop(point, watch, due, fault.Message);
                }

                passed = due;
            }
        }
    }

    /// <summary>It is calm again: the other rules hear how it stands.</summary>
    private void Unshelve(PointTrack point, long atTicks)
    {
        var sample = Sampling.Standing(point, atTicks);
        foreach (var watch in point.Watches)
        {
            AskUnshelved(point, watch, sample, watch.Bound.Rule.Scope.Allows(sample.IsVacant));
        }
    }

    /// <summary>Brings the doors of the space up to the same instant: in a backlog no tick does.</summary>
    private void PassDoors(PointTrack point, long atTicks)
    {
        if (point == point.Space.Lock)
        {
            foreach (var other in point.Space.Points)
            {
                if (other.Kind == SignalKind.Contact && other != point && other.Source == point.Source
                    && other.Waiting.NextTicks > atTicks)
                {
                    Pass(other, atTicks);
                }
            }
        }

        foreach (var fusion in point.Space.Fusions)
        {
            var door = fusion.Door;
            if (door != point && door.Source == point.Source && door.Waiting.NextTicks > atTicks)
            {
                Pass(door, atTicks);
            }
        }
    }

    /// <summary>The rule looks at the space no more.</summary>
    public void End(SpaceTrack space, LifeWatch life, long atTicks) => _life.End(space, life, atTicks);

    /// <summary>The point leaves the rule: what was firing ends.</summary>
    public void End(PointTrack point, Watch watch, long atTicks)
    {
        if (watch.Alarm.State == AlarmState.Firing)
        {
            Clear(point, watch, atTicks, watch.Alarm.Flaps);
        }
        else if (watch.IsStopped)
        {
            TellCleared(point, watch, atTicks, flaps: 0);
        }

        watch.Alarm.End();
    }

    private void AskUnshelved(PointTrack point, Watch watch, in Sample sample, bool isInScope)
    {
        if (watch != point.Shelf)
        {
            Ask(point, watch, sample, isInScope);
        }
    }

    private void Ask(PointTrack point, Watch watch, in Sample sample, bool isInScope)
    {
        if (watch.IsStopped)
        {
            return;
        }

        try
        {
            if (isInScope)
            {
                Conclude(point, watch, sample, watch.Detector.Take(sample));
                return;
            }

            watch.Detector.Leave(sample.At);
            End(point, watch, sample.At);
        }
        catch (Exception fault) when (fault is not OutOfMemoryException)
        {
            Stop(point, watch, sample.At, fault.Message);
        }
    }

    private void Conclude(PointTrack point, Watch watch, in Sample sample, Verdict verdict)
    {
        if (verdict.Truth == Truth.Unknown
            || (verdict.Truth == Truth.False && watch.Alarm.State == AlarmState.Inactive))
        {
            return;
        }

        var isTrue = verdict.Truth == Truth.True;
        if (isTrue && Outages?.Inhibits(point, watch, sample) == true)
        {
            return;
        }

        if (isTrue)
        {
            _fusion.Take(point, watch, sample);
        }

        var isOrderDue = isTrue && verdict.IsOrderDue && !FusionJudge.Delays(point.Space, watch, sample.At);
        var flaps = watch.Alarm.Flaps;
        switch (watch.Alarm.Observe(isTrue, sample.At, verdict.OnsetTicks, watch.Bound.OnDelay, watch.Bound.OffDelay))
        {
            case AlarmChange.Raised:
                watch.AlarmId = Announcer.IdOf(watch.Bound.Rule, point.Point.Id.Value, watch.Alarm.OnsetTicks);
                (watch.IsOrdered, watch.IsCorrected) = (false, false);
                var isTaken = Outages?.Takes(point, watch, sample.At) == true;
                Raise(point, watch, sample, watch.AlarmId, isOrderDue && !isTaken);
                watch.IsOrdered = isOrderDue;
                watch.Detector.OnFiring(true);
                point.SpoilingCount += watch.Spoils ? 1 : 0;
                break;
            case AlarmChange.Cleared:
                Clear(point, watch, sample.At, flaps);
                break;
            case AlarmChange.None
                when isTrue && isOrderDue && !watch.IsOrdered && watch.Alarm.State == AlarmState.Firing:
                // The notice becomes an order: a second episode beside the first, so that each id is raised once.
                watch.IsOrdered = true;
                Raise(point, watch, sample, watch.AlarmId + OrderSuffix, asksForOrder: true);
                watch.AlarmId += OrderSuffix;
                break;
        }
    }

    private void Raise(PointTrack point, Watch watch, in Sample sample, string id, bool asksForOrder)
    {
        announcer.Raise(
            point, watch.Bound, id, sample.At, watch.Alarm.OnsetTicks,
            asksForOrder && !FusionJudge.Inhibits(point.Space, watch),
            watch.Detector.Explain(sample));
    }

    private void Clear(PointTrack point, Watch watch, long atTicks, int flaps)
    {
        TellCleared(point, watch, atTicks, flaps);
        watch.Detector.OnFiring(false);
        point.SpoilingCount -= watch.Spoils ? 1 : 0;
        _fusion.End(point.Space, watch, atTicks);
        Outages?.End(point, watch, atTicks);
        if (watch == point.Shelf)
        {
            Unshelve(point, atTicks);
        }
    }
}
