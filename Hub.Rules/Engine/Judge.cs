using Hub.Rules.Alarms;
using Hub.Rules.Detectors;
using Hub.Rules.Readings;

namespace Hub.Rules.Engine;

/// <summary>
/// Judges one reading at its turn: the register makes consumption of it, the space says who lived there, and every rule
/// bound to the point has its say.
/// </summary>
internal sealed class Judge(Announcer announcer)
{
    private const string OrderSuffix = "|order";

    private readonly FusionJudge _fusion = new(announcer);
    private Sample _probedLast;

    /// <summary>The one point of which the last sample is kept, for whoever asks why nothing was said.</summary>
    public PointTrack? Probed { get; set; }

    /// <summary>The last reading of the probed point as the detectors saw it; default if none has come since.</summary>
    public ref readonly Sample ProbedLast => ref _probedLast;

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
        var usual = UsualOf(point);
        var advance = Advance(point, atTicks, value, usual);
        if (advance.Step == RegisterStep.Refused && atTicks <= from)
        {
            return;
        }

        (point.JudgedTicks, point.JudgedValue) = (atTicks, value);
        if (point.Kind == SignalKind.Register)
        {
            Meters?.Count(point.Point, atTicks, value, advance);
        }

        var isVacant = point.Space.IsVacantAt(atTicks, out var since);
        var spanFrom = point.Kind == SignalKind.Contact ? atTicks : advance.FromTicks;
        var sample = new Sample
        {
            At = atTicks,
            From = advance.FromTicks,
            Value = value,
            Delta = advance.Delta,
            Step = advance.Step,
            IsInterval = point.Kind == SignalKind.Interval,
            Excess = advance.Excess,
            Usual = usual,
            Resolution = point.Resolution,
            RateMax = point.RateMax,
            IsVacant = isVacant,
            VacantSince = since,
            IsExcused = point.Space.IsExcused(spanFrom == 0 ? atTicks : spanFrom, atTicks),
            IsStale = atTicks < point.Source.HeldTicks,
            Habit = point.Habit,
        };
        point.Habit?.Take(
            sample.From, atTicks, EnergyOf(point, sample), sample.IsGap || (from != 0 && sample.From > from),
            point.SpoilingCount == 0, isVacant);
        if (point == Probed)
        {
            _probedLast = sample;
        }

        if (point.InScope is { } inScope && point.WasVacant == isVacant)
        {
            foreach (var watch in inScope)
            {
                Ask(point, watch, sample, isInScope: true);
            }

            return;
        }

        point.Settle(from);
        foreach (var watch in point.Watches)
        {
            Ask(point, watch, sample, watch.Bound.Rule.Scope.Allows(isVacant));
        }

        point.Divide(isVacant);
    }

    /// <summary>Lets time pass over contacts, whose state holds: on-delays, off-delays, a door left open.</summary>
    public void Pass(PointTrack point, long knownTicks)
    {
        foreach (var watch in point.Watches)
        {
            var due = Math.Min(
                watch.Detector.DueTicks, watch.Alarm.DueTicks(watch.Bound.OnDelay, watch.Bound.OffDelay));
            if (watch.IsStopped || due > knownTicks || watch.Alarm.State == AlarmState.Firing && watch.Alarm.IsTrue)
            {
                continue;
            }

            var isVacant = point.Space.IsVacantAt(due, out var since);
            var sample = new Sample
            {
                At = due,
                From = due,
                Value = point.JudgedValue,
                Delta = double.NaN,
                Step = RegisterStep.Advanced,
                IsVacant = isVacant,
                VacantSince = since,
                IsExcused = point.Space.IsExcused(due, due),
            };
            Conclude(point, watch, sample, watch.Detector.Pass(due));
        }
    }

    /// <summary>Brings the doors of the space up to the same instant: in a backlog no tick does.</summary>
    private void PassDoors(PointTrack point, long atTicks)
    {
        if (point.Space.Fusions.Count == 0)
        {
            return;
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

    /// <summary>The point leaves the rule: what was firing ends.</summary>
    public void End(PointTrack point, Watch watch, long atTicks)
    {
        if (watch.Alarm.State == AlarmState.Firing)
        {
            Clear(point, watch, atTicks);
        }

        watch.Alarm.End();
    }

    /// <summary>How long the point takes from reading to reading, as configured or learnt; 0 if not known.</summary>
    public static long UsualOf(PointTrack point) =>
        point.EveryTicks > 0 ? point.EveryTicks : point.Gaps.IsLearnt ? point.Gaps.Median() : 0;

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
        catch (Exception fault)
            when (fault is ArithmeticException or InvalidOperationException or IndexOutOfRangeException)
        {
            // One rule that fails here is stopped and named; the others go on.
            watch.IsStopped = true;
            point.CountSpoiling();
            announcer.Raise(
                point, watch.Bound, Announcer.IdOf(watch.Bound.Rule, $"{point.Point.Id}|fault", sample.At), sample.At,
                sample.At, asksForOrder: false,
                new Reason("fault", sample.At, null, "", ("rule", watch.Bound.Rule.Id), ("what", fault.Message)));
        }
    }

    private void Conclude(PointTrack point, Watch watch, in Sample sample, Verdict verdict)
    {
        if (verdict.Truth == Truth.Unknown)
        {
            return;
        }

        var isTrue = verdict.Truth == Truth.True;
        if (isTrue)
        {
            _fusion.Take(point, watch, sample);
        }

        var isOrderDue = isTrue && verdict.IsOrderDue && !FusionJudge.Delays(point.Space, watch, sample.At);
        switch (watch.Alarm.Observe(isTrue, sample.At, verdict.OnsetTicks, watch.Bound.OnDelay, watch.Bound.OffDelay))
        {
            case AlarmChange.Raised:
                watch.AlarmId = Announcer.IdOf(watch.Bound.Rule, point.Point.Id.Value, watch.Alarm.OnsetTicks);
                watch.IsOrdered = false;
                Raise(point, watch, sample, watch.AlarmId, isOrderDue);
                watch.IsOrdered = isOrderDue;
                watch.Detector.OnFiring(true);
                point.SpoilingCount += watch.Spoils ? 1 : 0;
                break;
            case AlarmChange.Cleared:
                Clear(point, watch, sample.At);
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

    private void Clear(PointTrack point, Watch watch, long atTicks)
    {
        var id = watch.AlarmId;
        if (id.EndsWith(OrderSuffix, StringComparison.Ordinal))
        {
            announcer.Clear(point, watch.Bound.Rule, id[..^OrderSuffix.Length], atTicks);
        }

        announcer.Clear(point, watch.Bound.Rule, id, atTicks);
        (watch.AlarmId, watch.IsOrdered) = ("", false);
        watch.Detector.OnFiring(false);
        point.SpoilingCount -= watch.Spoils ? 1 : 0;
        _fusion.End(point.Space, watch, atTicks);
    }

    private static RegisterAdvance Advance(PointTrack point, long atTicks, double value, long usual)
    {
        switch (point.Kind)
        {
            case SignalKind.Register:
                return point.Register.Take(
                    atTicks, value, point.RateMax, point.Point.Meter?.RolloverAt, point.Resolution);
            case SignalKind.Interval:
                // After a gap the value still counts for its own interval only.
                var since = atTicks - point.JudgedTicks;
                var from = point.JudgedTicks == 0 || (usual > 0 && since > usual * 3 / 2)
                    ? atTicks - usual
                    : point.JudgedTicks;
                var possible = point.RateMax * (atTicks - from) / TimeSpan.TicksPerHour;
                return value < 0 ? new RegisterAdvance(RegisterStep.Refused, double.NaN, from, value)
                    : value > possible && atTicks > from
                        ? new RegisterAdvance(RegisterStep.Suspect, double.NaN, from, value)
                        : new RegisterAdvance(RegisterStep.Advanced, value, from);
            default:
                return new RegisterAdvance(RegisterStep.Advanced, double.NaN, point.JudgedTicks);
        }
    }

    private static double EnergyOf(PointTrack point, in Sample sample) =>
        point.Kind == SignalKind.Gauge && sample.From != 0 ? sample.Value * sample.Hours / 1000
        : sample.IsConsumption ? sample.Delta
        : double.NaN;
}
