using Hub.Rules.Alarms;
using Hub.Rules.Detectors;

namespace Hub.Rules.Engine;

/// <summary>X1: brings the symptoms of one space together.</summary>
internal sealed class FusionJudge(Announcer announcer)
{
    /// <summary>
    /// Where a door watches too, a use alone waits that long for its order: the door may be the whole story.
    /// </summary>
    private const long DelayTicks = 10 * TimeSpan.TicksPerMinute;

    public void Take(PointTrack point, Watch watch, in Sample sample)
    {
        foreach (var fusion in point.Space.Fusions)
        {
            var door = watch.Bound.Rule.Detector switch
            {
                "D1" when sample.IsVacant && point == fusion.Door => fusion.SeeDoor(sample.At),
                "W1" or "E2" when !sample.IsGap => fusion.SeeUse(sample.From, sample.At),
                _ => null,
            };
            if (door is { } at)
            {
                Raise(fusion, at, sample.VacantSince);
            }
        }
    }

    /// <summary>One symptom has cleared; the case is over with the last of them.</summary>
    public void End(SpaceTrack space, Watch cleared, long atTicks)
    {
        if (!IsSymptom(cleared))
        {
            return;
        }

        space.QuietTicks = Math.Max(space.QuietTicks, atTicks);
        var goesOn = space.Points.Exists(point => Array.Exists(
            point.Watches, watch => watch != cleared && IsSymptom(watch) && watch.Alarm.State == AlarmState.Firing));
        foreach (var fusion in space.Fusions)
        {
            if (fusion.IsFiring && !goesOn)
            {
                announcer.Clear(fusion.Door, fusion.Bound.Rule, fusion.AlarmId, space.QuietTicks);
                fusion.End();
            }
        }
    }

    /// <summary>The use belongs to a case that has its order already.</summary>
    public static bool Inhibits(SpaceTrack space, Watch watch) =>
        watch.Bound.Rule.Detector is "W1" or "E2" && space.Fusions.Exists(fusion => fusion.IsFiring);

    /// <summary>The use is too young for an order of its own in a space with a door.</summary>
    public static bool Delays(SpaceTrack space, Watch watch, long atTicks) =>
        watch.Bound.Rule.Detector == "E2" && space.Fusions.Count > 0
        && (watch.Alarm.State == AlarmState.Inactive || atTicks - watch.Alarm.OnsetTicks < DelayTicks);

    private static bool IsSymptom(Watch watch) => watch.Bound.Rule.Detector is "D1" or "W1" or "E2";

    private void Raise(FusionWatch fusion, long doorTicks, long vacantSince)
    {
        var rule = fusion.Bound.Rule;
        var space = fusion.Door.Space;
        fusion.AlarmId = Announcer.IdOf(rule, space.Space.Id, doorTicks);
        announcer.Raise(
            fusion.Door, fusion.Bound, fusion.AlarmId, doorTicks, doorTicks, asksForOrder: true,
            new Reason(
                "X1", doorTicks - TimeSpan.TicksPerHour, null, "",
                ("at", Reason.Instant(doorTicks)),
                ("within", Reason.Duration(fusion.Within)),
                ("since", Reason.Instant(vacantSince))),
            [.. from point in space.Points where point.IsWater || point.IsElectric select point.Point.Number]);
    }
}
