using Hub.Rules.Detectors;
using Hub.Rules.Readings;

namespace Hub.Rules.Engine;

/// <summary>Makes of a value what detectors see: consumption, who lived there, what was expected.</summary>
internal static class Sampling
{
    /// <summary>How long the point takes from reading to reading, as configured or learnt; 0 if not known.</summary>
    public static long UsualOf(PointTrack point) =>
        point.EveryTicks > 0 ? point.EveryTicks : point.Gaps.IsLearnt ? point.Gaps.Median() : 0;

    public static Sample Of(PointTrack point, long atTicks, double value, in RegisterAdvance advance, long usual)
    {
        var isVacant = point.Space.IsVacantAt(atTicks, out var since);
        var spanFrom = point.Kind == SignalKind.Contact ? atTicks : advance.FromTicks;
        return new Sample
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
            HasLoss = point.Source.LossesOf(point).IsWithin(advance.FromTicks, atTicks),
            Lock = point.Space.KnownLock,
            Habit = point.Habit,
        };
    }

    /// <summary>A contact as it stands at an instant at which it said nothing.</summary>
    public static Sample Standing(PointTrack point, long atTicks)
    {
        var isVacant = point.Space.IsVacantAt(atTicks, out var since);
        return new Sample
        {
            At = atTicks,
            From = atTicks,
            Value = point.JudgedValue,
            Delta = double.NaN,
            Step = RegisterStep.Advanced,
            IsVacant = isVacant,
            VacantSince = since,
            IsExcused = point.Space.IsExcused(atTicks, atTicks),
            Lock = point.Space.KnownLock,
        };
    }

    public static RegisterAdvance Advance(PointTrack point, long atTicks, double value, long usual)
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

    public static double EnergyOf(PointTrack point, in Sample sample) =>
        point.Kind == SignalKind.Gauge && sample.From != 0 ? sample.Value * sample.Hours / 1000
        : sample.IsConsumption ? sample.Delta
        : double.NaN;
}
