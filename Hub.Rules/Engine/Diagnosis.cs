using Hub.Rules.Alarms;
using Hub.Rules.Detectors;
using Hub.Rules.Packs;
using Hub.Rules.Readings;

namespace Hub.Rules.Engine;

/// <summary>
/// Asks each rule that could look at a point why it says nothing, in the order in which the engine itself decides:
/// scope, occupancy, a gap, a window, what is not learnt yet, and only then the condition and by how much it fails.
/// </summary>
internal sealed class Diagnosis(EngineState state, OutageJudge outages, PointTrack point, in Sample last)
{
    private readonly Sample _last = last;

    public IReadOnlyList<Standing> Standings() =>
    [
        .. from bound in state.Rules.Rules
           where DetectorCatalogue.Of(bound.Rule.Detector).Reads(point.Point.Signal) || Covers(bound.Rule)
           select Of(bound),
    ];

    private Standing Of(BoundRule bound)
    {
        var rule = bound.Rule;
        if (!Covers(rule))
        {
            return Say(bound, StandingKind.Uncovered, "uncovered", null, ("side", SideOf(rule)));
        }

        return rule.Detector switch
        {
            "O2" when SupplyLost() is { } since => OfOutage(bound, since),
            "O1" or "O2" or "H8" => Say(bound, StandingKind.False, "false.plain"),
            "K1" => Say(bound, StandingKind.False, "press"),
            "H1" => OfSilence(bound),
            "X1" => OfFusion(bound),
            _ => Array.Find(point.Watches, watch => watch.Bound == bound) is { } watch
                ? OfWatch(watch)
                : Say(bound, StandingKind.Uncovered, "uncovered", null, ("side", "signals")),
        };
    }

    private Standing OfWatch(Watch watch)
    {
        var (bound, alarm) = (watch.Bound, watch.Alarm);
        var since = ("since", Reason.Instant(alarm.OnsetTicks));
        if (watch.IsStopped)
        {
            return Say(bound, StandingKind.Stopped, "stopped");
        }

        if (alarm.State == AlarmState.Firing)
        {
            return FusionJudge.Inhibits(point.Space, watch)
                && point.Space.Fusions.Find(fusion => fusion.IsFiring) is { } fusion
                ? Say(bound, StandingKind.Inhibited, "inhibited", null, since, ("other", fusion.Bound.Rule.Id))
                : alarm.Flaps == 0
                ? Say(bound, StandingKind.Firing, "firing", null, since)
                : Say(
                    bound, StandingKind.Firing, "flapping", null, since,
                    ("flaps", Reason.Number(alarm.Flaps, 0)));
        }

        if (_last.At == 0)
        {
            return Say(bound, StandingKind.NoReading, "reading");
        }

        if (!bound.Rule.Scope.Allows(_last.IsVacant))
        {
            return Say(bound, StandingKind.Occupancy, _last.IsVacant ? "vacant" : "occupied");
        }

        if (outages.Inhibits(point, watch, _last) && outages.Since(point.Space, _last.From, _last.At) is { } lost)
        {
            return OfOutage(bound, lost);
        }

        var known = Math.Max(state.HubTicks - ReorderBuffer.LatenessTicksMax, _last.At);
        if (_last.Usual > 0 && point.Kind != SignalKind.Contact && known - _last.At > 5 * _last.Usual / 2)
        {
            return Say(bound, StandingKind.Gap, "gap");
        }

        if (alarm.State == AlarmState.Pending)
        {
            var holds = Measure.OfTime(Math.Max(known, _last.At) - alarm.OnsetTicks, bound.OnDelay);
            return Say(bound, StandingKind.OnDelay, "delay", holds, since);
        }

        return OfCondition(bound, watch.Detector.Now(_last));
    }

    private Standing OfCondition(BoundRule bound, Measure? measure)
    {
        if (_last.IsExcused)
        {
            return Say(bound, StandingKind.Window, "window");
        }

        if (point.Kind == SignalKind.Register && !_last.IsConsumption)
        {
            return Say(bound, StandingKind.Unknown, "register");
        }

        return measure switch
        {
            null => Say(bound, StandingKind.False, "false.plain"),
            { IsLearning: true } => Say(bound, StandingKind.Learning, "learning", measure),
            _ => Say(bound, StandingKind.False, "false", measure),
        };
    }

    private Standing OfSilence(BoundRule bound)
    {
        if (point.Silence is not { } silence)
        {
            return Say(bound, StandingKind.Uncovered, "uncovered", null, ("side", "signals"));
        }

        var since = ("since", Reason.Instant(point.HeardTicks));
        if (silence.AlarmId.Length > 0 && SupplyLost() is { } lost)
        {
            return OfOutage(bound, lost);
        }

        if (silence.AlarmId.Length > 0)
        {
            return Say(bound, StandingKind.Firing, "firing", null, since);
        }

        if (point.Source.SilentId.Length > 0)
        {
            return Say(bound, StandingKind.Inhibited, "inhibited", null, since, ("other", point.Source.Id));
        }

        var limit = silence.Limit(point);
        return limit == long.MaxValue
            ? Say(bound, StandingKind.False, "change")
            : Say(
                bound, StandingKind.False, "false",
                Measure.OfTime(
                    state.HubTicks - ReorderBuffer.LatenessTicksMax - silence.Base(point, state.ResumedTicks), limit));
    }

    private Standing OfOutage(BoundRule bound, long since) =>
        Say(bound, StandingKind.Inhibited, "outage", null, ("since", Reason.Instant(since)));

    /// <summary>Since when the supply is lost, if it is lost now.</summary>
    private long? SupplyLost() => outages.Since(point.Space, state.HubTicks - 1, state.HubTicks);

    private Standing OfFusion(BoundRule bound)
    {
        var fusion = point.Space.Fusions.Find(one => one.Door == point);
        return fusion is { IsFiring: true }
            ? Say(bound, StandingKind.Firing, "firing", null, ("since", Reason.Instant(point.JudgedTicks)))
            : Say(bound, StandingKind.False, "fusion", null, ("limit", Reason.Duration(fusion?.Within ?? 0)));
    }

    private bool Covers(Rule rule) =>
        (rule.Scope.Signals.Count > 0 || DetectorCatalogue.Of(rule.Detector).Reads(point.Point.Signal))
        && rule.Scope.Covers(point.Point, point.Space.Space);

    /// <summary>The first line of the rule's scope that leaves the point out, as the pack has it.</summary>
    private string SideOf(Rule rule)
    {
        var (scope, space) = (rule.Scope, point.Space.Space);
        (string Side, RuleScope Scope)[] sides =
        [
            ("kinds", new RuleScope { SpaceKinds = scope.SpaceKinds }),
            ("buildings", new RuleScope { Buildings = scope.Buildings }),
            ("spaces", new RuleScope { Spaces = scope.Spaces }),
            ("tags", new RuleScope { Tags = scope.Tags }),
            ("devices", new RuleScope { Devices = scope.Devices }),
        ];
        var first = Array.FindIndex(sides, side => !side.Scope.Covers(point.Point, space));
        return first < 0 ? "signals" : sides[first].Side;
    }

    private Standing Say(
        BoundRule bound, StandingKind kind, string key, Measure? measure = null,
        params ReadOnlySpan<(string Name, string Value)> more)
    {
        var arguments = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["rule"] = bound.Rule.Id,
            ["space"] = point.Space.Name,
            ["device"] = point.Point.DeviceId,
            ["at"] = Reason.Instant(_last.At == 0 ? point.HeardTicks : _last.At),
        };
        if (measure is { } figures)
        {
            arguments["figure"] = Reason.Figure(figures.Figure, figures.Unit);
            arguments["limit"] = Reason.Figure(figures.Limit, figures.Unit);
        }

        foreach (var (name, value) in more)
        {
            arguments[name] = value;
        }

        return new Standing(
            bound.Rule.Id, bound.Rule.Detector, bound.PackVersion, kind, measure,
            new Explanation($"why.{key}", arguments));
    }
}
