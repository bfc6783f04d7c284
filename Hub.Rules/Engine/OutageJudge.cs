using Hub.Rules.Alarms;
using Hub.Rules.Detectors;

namespace Hub.Rules.Engine;

/// <summary>
/// E5 over a riser, the homes of one entrance: supplies lost together are one case, and what it brings with it asks for
/// no order of its own.
/// <code>
///   E5 or E3 at a home ── alone in its riser ───────────────────► its own order
///                      └─ another home's began within so long ──► one order for the riser as of the first; notices
///                         for the homes, and for whatever falls silent there meanwhile
///   ends when the last of the homes has its supply back
/// </code>
/// What reads a home's power or the signs of life in it would misread that time: E1, E2, M1 and O2 raise nothing from
/// readings whose span touches the outage. Water is watched on, for a pipe can burst in the dark.
/// </summary>
internal sealed class OutageJudge(EngineState state, Announcer announcer)
{
    /// <summary>A supply alarm is being raised; whether its order is the riser's.</summary>
    public bool Takes(PointTrack point, Watch watch, long atTicks)
    {
        if (!IsSupply(watch))
        {
            return false;
        }

        if (watch.Bound.Rule.Detector == "E5")
        {
            point.Space.LoseSupply(watch.Alarm.OnsetTicks);
        }

        var isKnownHere = point.Space.Points.Exists(other => Array.Exists(
            other.Watches, one => one != watch && IsSupply(one) && one.Alarm.State == AlarmState.Firing));
        var riser = RiserOf(point.Space);
        if (riser.Length == 0 || RuleOf(point.Space) is not { } bound || IsOut(riser))
        {
            return isKnownHere || IsOut(riser);
        }

        var within = (long)(bound.Rule.Parameter("within") * TimeSpan.TicksPerSecond);
        var onset = watch.Alarm.OnsetTicks;
        var homes = new SortedDictionary<(long Onset, int Number), PointTrack>();
        foreach (var (other, one) in SuppliesOf(riser))
        {
            if (Math.Abs(one.Alarm.OnsetTicks - onset) <= within)
            {
                homes.TryAdd((one.Alarm.OnsetTicks, other.Number), other);
            }
        }

        var count = homes.Values.Select(other => other.Space).Distinct().Count();
        if (count < 2)
        {
            return isKnownHere;
        }

        var (first, leader) = homes.First();
        // As of the first home, whichever is judged first.
        var at = watch.Bound.Rule.Detector == "E5" ? first.Onset + watch.Bound.OnDelay : atTicks;
        var id = Announcer.IdOf(bound.Rule, riser, first.Onset);
        var outage = new Outage(id, bound.Rule.Id, leader.Number, first.Onset);
        state.Outages[riser] = outage;
        announcer.Raise(
            leader, bound, outage.AlarmId, at, first.Onset, asksForOrder: true,
            new Reason(
                "E5.riser", first.Onset - TimeSpan.TicksPerHour, null, "",
                ("homes", Reason.Number(count)), ("riser", riser), ("at", Reason.Instant(first.Onset))),
            [.. homes.Values.Where(other => other != leader).Select(other => other.Point.Number)]);
        return true;
    }

    /// <summary>A supply alarm has cleared; the case is over with the last of them.</summary>
    public void End(PointTrack point, Watch cleared, long atTicks)
    {
        if (cleared.Bound.Rule.Detector == "E5" && !point.Space.Points.Exists(other => Array.Exists(
            other.Watches, one => one != cleared && IsFiring(one) && one.Bound.Rule.Detector == "E5")))
        {
            point.Space.RegainSupply(atTicks);
        }

        var riser = IsSupply(cleared) ? RiserOf(point.Space) : "";
        if (riser.Length == 0 || !IsOut(riser)
            || SuppliesOf(riser).Any(pair => pair.Watch != cleared && IsFiring(pair.Watch)))
        {
            return;
        }

        var outage = state.Outages[riser];
        state.Outages[riser] = outage with { ToTicks = atTicks };
        if (state.Find(outage.Point) is { } leader && RuleOf(leader.Space) is { } bound)
        {
            announcer.Clear(leader, bound.Rule with { Id = outage.RuleId }, outage.AlarmId, atTicks);
        }
    }

    /// <summary>The supply is lost where the point is: that it says nothing is no fault of its own.</summary>
    public bool Covers(PointTrack point) =>
        IsOut(RiserOf(point.Space))
        || point.Space.Points.Exists(other => Array.Exists(
            other.Watches, watch => IsSupply(watch) && IsFiring(watch)));

    /// <summary>The same for all that the source brings.</summary>
    public bool Covers(SourceTrack source) => state.Points.Where(point => point.Source == source).All(Covers);

    /// <summary>The rule would misread what it sees while the supply is lost; what fires already goes on.</summary>
    public bool Inhibits(PointTrack point, Watch watch, in Sample sample) =>
        watch.Bound.Rule.Detector is "E1" or "E2" or "M1" && !IsFiring(watch)
        && Since(point.Space, sample.From, sample.At) is not null;

    /// <summary>Since when the supply of a home was lost, if it was at any time in (from, to].</summary>
    public long? Since(SpaceTrack space, long fromTicks, long toTicks)
    {
        var riser = state.Outages.GetValueOrDefault(RiserOf(space));
        return space.OutFrom < toTicks && space.OutTo > fromTicks ? space.OutFrom
            : riser is not null && riser.FromTicks < toTicks && riser.ToTicks > fromTicks ? riser.FromTicks
            : null;
    }

    private static bool IsFiring(Watch watch) => watch.Alarm.State == AlarmState.Firing;

    private static bool IsSupply(Watch watch) => watch.Bound.Rule.Detector is "E3" or "E5";

    /// <summary>The entrance, or the building where that isn't told; empty for neither.</summary>
    private static string RiserOf(SpaceTrack space) =>
        space.Space.Entrance.Length > 0 ? space.Space.Entrance : space.Space.Building;

    private bool IsOut(string riser) => state.Outages.GetValueOrDefault(riser) is { IsRunning: true };

    private BoundRule? RuleOf(SpaceTrack space) => state.Rules.Rules.FirstOrDefault(bound =>
        bound.Rule.Detector == "E5"
        && space.Points.Exists(point => (bound.Rule.Scope with { Signals = [] }).Covers(point.Point, space.Space)));

    private IEnumerable<(PointTrack Point, Watch Watch)> SuppliesOf(string riser) =>
        from space in state.Spaces.Values
        where RiserOf(space) == riser
        from point in space.Points
        from watch in point.Watches
        where IsSupply(watch) && watch.Alarm.State != AlarmState.Inactive
        select (point, watch);
}
