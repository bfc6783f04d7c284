using Hub.Rules.Conditions;
using Hub.Rules.Detectors;

namespace Hub.Rules.Engine;

/// <summary>O1 and O2: asks the signs of life of a whole home whether the ledger is right.</summary>
internal sealed class LifeJudge(Announcer announcer)
{
    private const int DayHours = 24;

    /// <summary>Who knows when the supply was lost.</summary>
    public OutageJudge? Outages { get; set; }

    public void Take(PointTrack point, in Sample sample)
    {
        var hour = HourMarks.HourOf(sample.At);
        foreach (var life in point.Space.Lives)
        {
            See(life, point, sample);
            if (hour > life.JudgedHour + 1)
            {
                JudgeHours(life, point.Space);
            }
        }
    }

    /// <summary>The rule looks at the space no more.</summary>
    public void End(SpaceTrack space, LifeWatch life, long atTicks)
    {
        if (life.AlarmId.Length > 0 && Subject(space) is { } subject)
        {
            announcer.Clear(subject, life.Bound.Rule, life.AlarmId, atTicks);
        }

        life.AlarmId = "";
    }

    private static void See(LifeWatch life, PointTrack point, in Sample sample)
    {
        var kind = point.Life!.Value;
        var wasOpen = life.IsOpen;
        life.IsOpen = kind == LifeKind.Door ? sample.Value >= 0.5 : wasOpen;
        var isRight = life.IsVacancyDoubted ? sample.IsVacantThroughout : !sample.IsVacant;
        if (sample.IsExcused || !isRight)
        {
            return;
        }

        if (kind == LifeKind.Door)
        {
            if (life.IsOpen && !wasOpen)
            {
                life.Signs.Mark(kind, HourMarks.HourOf(sample.At));
            }
        }
        else if (sample.IsConsumption && !(sample.IsGap && life.IsVacancyDoubted))
        {
            // Over a gap nobody knows when: that is no pattern, but it is life.
            var isWater = kind == LifeKind.Water;
            var usual = isWater ? 0 : (sample.Habit?.Base ?? 0) / 1000 * sample.Hours;
            life.Signs.Use(kind, sample.At, sample.Delta - usual, isWater ? life.VolumeMin : life.EnergyMin);
        }
    }

    private void JudgeHours(LifeWatch life, SpaceTrack space)
    {
        var known = HourMarks.HourOf(KnownTicks(space)) - 1;
        // What is longer ago than what is remembered can't be told any more.
        life.JudgedHour = life.JudgedHour == 0 ? known : Math.Max(life.JudgedHour, known - (60 * DayHours));
        while (life.JudgedHour < known)
        {
            var hour = ++life.JudgedHour;
            var end = (hour + 1) * TimeSpan.TicksPerHour;
            var isVacant = space.IsVacantAt(end, out var since);
            if (isVacant != life.IsVacancyDoubted)
            {
                life.QuietHours = 0;
                End(space, life, end);
            }
            else if (isVacant)
            {
                JudgeVacant(life, space, hour, since);
            }
            else
            {
                JudgeOccupied(life, space, hour);
            }
        }
    }

    private void JudgeVacant(LifeWatch life, SpaceTrack space, long hour, long since)
    {
        if (life.AlarmId.Length > 0)
        {
            if (life.Signs.KindsLived(hour) == 0)
            {
                End(space, life, (hour + 1) * TimeSpan.TicksPerHour);
            }
        }
        else if (life.Signs.HaveLived(hour, life.Days, life.KindsMin))
        {
            var hours = life.Days * DayHours;
            Raise(life, space, hour, hours, new Reason(
                "O1", 0, null, "",
                ("days", Reason.Number(life.Days)),
                ("water", Reason.Number(life.Signs.Count(LifeKind.Water, hour, hours))),
                ("power", Reason.Number(life.Signs.Count(LifeKind.Electricity, hour, hours))),
                ("door", Reason.Number(life.Signs.Count(LifeKind.Door, hour, hours))),
                ("since", Reason.Instant(since))));
        }
    }

    private void JudgeOccupied(LifeWatch life, SpaceTrack space, long hour)
    {
        var end = (hour + 1) * TimeSpan.TicksPerHour;
        if (hour <= life.Signs.Newest)
        {
            life.QuietHours = 0;
            End(space, life, end);
            return;
        }

        // Without supply nobody can show a sign of life, or nobody stays.
        var isOut = Outages?.Since(space, end - TimeSpan.TicksPerHour, end) is not null;
        life.QuietHours += !isOut && KindsKnown(life, space) >= life.KindsMin ? 1 : 0;
        if (life.AlarmId.Length == 0 && life.QuietHours >= life.Days * DayHours)
        {
            Raise(life, space, hour, life.Days * DayHours, new Reason(
                "O2", 0, null, "",
                ("lasting", Reason.Duration(life.QuietHours * TimeSpan.TicksPerHour)),
                ("at", Reason.Instant((life.Signs.Newest + 1) * TimeSpan.TicksPerHour))));
        }
    }

    private void Raise(LifeWatch life, SpaceTrack space, long hour, int hours, Reason reason)
    {
        if (Subject(space) is not { } subject)
        {
            return;
        }

        var at = (hour + 1) * TimeSpan.TicksPerHour;
        var onset = at - (hours * TimeSpan.TicksPerHour);
        life.AlarmId = Announcer.IdOf(life.Bound.Rule, space.Space.Id, onset);
        announcer.Raise(
            subject, life.Bound, life.AlarmId, at, onset, asksForOrder: true, reason with { FromTicks = onset },
            [.. from point in space.Points where point.Life is not null && point != subject select point.Point.Number]);
    }

    /// <summary>By what it is told: the meter with the least number.</summary>
    private static PointTrack? Subject(SpaceTrack space) =>
        space.Points.Where(point => point.Life is not null).MinBy(point => (point.IsAhead, point.Number));

    /// <summary>Up to when all meters that speak have been judged.</summary>
    private static long KnownTicks(SpaceTrack space)
    {
        var known = long.MaxValue;
        foreach (var point in space.Points)
        {
            if (point.Life is not null && !point.IsAhead && point.JudgedTicks > 0 && IsHeard(point))
            {
                known = Math.Min(known, point.JudgedTicks);
            }
        }

        return known == long.MaxValue ? 0 : known;
    }

    private static int KindsKnown(LifeWatch life, SpaceTrack space)
    {
        var kinds = 0;
        foreach (var point in space.Points)
        {
            if (point.Life is { } kind && life.Signs.HasEver(kind) && IsHeard(point))
            {
                kinds |= 1 << (int)kind;
            }
        }

        return System.Numerics.BitOperations.PopCount((uint)kinds);
    }

    private static bool IsHeard(PointTrack point) =>
        point.Silence is not { AlarmId.Length: > 0 } && point.Source is { IsOffline: false, SilentId.Length: 0 };
}
