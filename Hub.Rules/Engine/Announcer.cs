using Hub.Rules.Alarms;
using Hub.Rules.Detectors;
using Hub.Rules.Packs;
using Hub.Rules.Readings;

namespace Hub.Rules.Engine;

/// <summary>Writes the transitions of one step: ids, orders, sentences, evidence.</summary>
internal sealed class Announcer
{
    /// <summary>In the place of a detector's code, where a rule itself is what is wrong.</summary>
    public const string FaultDetector = "fault";

    private static readonly OrderRequest Fault = new("device", "rule", OrderPriority.Normal, "engineer");

    private readonly List<AlarmTransition> _transitions = [];

    public IReadOnlyList<AlarmTransition> Transitions => _transitions;

    public void Begin() => _transitions.Clear();

    public static string IdOf(Rule rule, string subject, long onsetTicks) =>
        $"{rule.Id}|{subject}|{Reason.Instant(onsetTicks)}";

    public void Raise(
        PointTrack point, BoundRule bound, string id, long atTicks, long onsetTicks, bool asksForOrder, Reason reason,
        params ReadOnlySpan<PointNumber> others)
    {
        var rule = bound.Rule;
        _transitions.Add(new AlarmTransition.Raised(
            new AlarmId(id), rule.Id, rule.Detector, point.Space.Space.Id, point.Point.DeviceId, point.Point.Signal,
            Instant(atTicks), Instant(onsetTicks), bound.PackVersion, asksForOrder ? rule.Order : null,
            Explain(rule, reason, point.Space.Name, point.Point.DeviceId, atTicks),
            new Evidence(
                [point.Point.Number, .. others], Instant(Math.Max(0, Math.Min(reason.FromTicks, onsetTicks))),
                Instant(atTicks), reason.Limit, reason.LimitUnit))
        {
            IsVacant = point.Space.IsVacantAt(atTicks, out _),
        });
    }

    /// <summary>About a whole source.</summary>
    public void Raise(
        SourceTrack source, PointTrack example, BoundRule bound, string id, long atTicks, long onsetTicks,
        Reason reason, bool asksForOrder = true) =>
        _transitions.Add(new AlarmTransition.Raised(
            new AlarmId(id), bound.Rule.Id, bound.Rule.Detector, example.Space.Space.Id, source.Id, "",
            Instant(atTicks), Instant(onsetTicks), bound.PackVersion,
            asksForOrder ? bound.Rule.Order : null, Explain(bound.Rule, reason, example.Space.Name, source.Id, atTicks),
            new Evidence([example.Point.Number], Instant(onsetTicks), Instant(atTicks), null, "")));

    public void Clear(PointTrack point, Rule rule, string id, long atTicks, int flaps = 0) =>
        _transitions.Add(new AlarmTransition.Cleared(
            new AlarmId(id), rule.Id, rule.Detector, point.Space.Space.Id, point.Point.DeviceId, point.Point.Signal,
            Instant(atTicks))
        {
            Flaps = flaps,
        });

    /// <summary>A rule has failed at a point: an engineer is told, once for each rule.</summary>
    public void Fail(PointTrack point, BoundRule bound, string id, long atTicks, string what, bool asksForOrder)
    {
        var reason = new Reason("fault", atTicks, null, "", ("rule", bound.Rule.Id), ("what", what));
        _transitions.Add(new AlarmTransition.Raised(
            new AlarmId(id), bound.Rule.Id, FaultDetector, point.Space.Space.Id, point.Point.DeviceId,
            point.Point.Signal, Instant(atTicks), Instant(atTicks), bound.PackVersion, asksForOrder ? Fault : null,
            Explain(bound.Rule, reason, point.Space.Name, point.Point.DeviceId, atTicks),
            new Evidence([point.Point.Number], Instant(atTicks), Instant(atTicks), null, "")));
    }

    /// <summary>A reading that came late falls into an episode that goes on.</summary>
    public void Correct(PointTrack point, Rule rule, string id, long atTicks, double value)
    {
        var reason = new Reason(
            "late", atTicks, null, "", ("at", Reason.Instant(atTicks)),
            ("value", Reason.Figure(value, Signal.Of(point.Point.Signal).Unit)));
        _transitions.Add(new AlarmTransition.Corrected(
            new AlarmId(id), rule.Id, rule.Detector, point.Space.Space.Id, point.Point.DeviceId, point.Point.Signal,
            Instant(atTicks), Explain(rule, reason, point.Space.Name, point.Point.DeviceId, atTicks)));
    }

    public void Clear(
        SourceTrack source, string detector, string ruleId, string id, string spaceId, long atTicks) =>
        _transitions.Add(new AlarmTransition.Cleared(
            new AlarmId(id), ruleId, detector, spaceId, source.Id, "", Instant(atTicks)));

    public void Withdraw(PointTrack point, Rule rule, string id, long atTicks) =>
        _transitions.Add(new AlarmTransition.Withdrawn(
            new AlarmId(id), rule.Id, rule.Detector, point.Space.Space.Id, point.Point.DeviceId, point.Point.Signal,
            Instant(atTicks)));

    private static DateTimeOffset Instant(long ticks) => new(ticks, TimeSpan.Zero);

    private static Explanation Explain(Rule rule, Reason reason, string place, string device, long atTicks)
    {
        var arguments = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["space"] = place,
            ["device"] = device,
            ["raised"] = Reason.Instant(atTicks),
        };
        foreach (var (name, value) in reason.Arguments)
        {
            arguments[name] = value;
        }

        if (rule.Says is { } says && reason.Key.StartsWith(rule.Detector, StringComparison.Ordinal))
        {
            foreach (var (language, template) in says)
            {
                arguments[Explanations.OwnTemplate + language] = template;
            }
        }

        return new Explanation(reason.Key, arguments);
    }
}
