using System.Globalization;
using Hub.Gateway.WorkOrders;
using Hub.Rules.Alarms;

namespace Hub.Gateway.Rulebook;

/// <summary>Each rule's running scorecard, from what people found when they came. Pure.</summary>
public static class Scorecards
{
    /// <summary>Orders that a card looks back on; older ones count no more.</summary>
    public const int OrdersMax = 10_000;

    public static IReadOnlyList<ScorecardAnswer> Of(IEnumerable<OrderOutcome> orders) =>
    [
        .. from order in orders
           group order by (order.Rule, order.Detector) into rule
           orderby rule.Key.Rule
           select Of(rule.Key.Rule, rule.Key.Detector, [.. rule]),
    ];

    /// <summary>When it began, from the episode's id: <c>rule|subject|onset</c>, with more after it perhaps.</summary>
    public static DateTimeOffset? OnsetOf(AlarmId id) => id.Value
        .Split('|').Select(Instant).LastOrDefault(at => at is not null);

    private static ScorecardAnswer Of(string rule, string detector, IReadOnlyList<OrderOutcome> orders)
    {
        var verdicts = orders.Select(order => CauseVerdict.Of(order.Cause)).ToList();
        var (real, wrong) = (verdicts.Count(one => one == true), verdicts.Count(one => one == false));
        var visits = orders.Where(order => order.ArrivedAt is not null).ToList();
        var waits = orders.Select(order => (order.StartedAt - OnsetOf(order.Alarm))?.TotalSeconds)
            .OfType<double>().Order().ToList();
        return new ScorecardAnswer(
            rule, detector, orders.Count, real, wrong, verdicts.Count - real - wrong,
            real + wrong == 0 ? null : Math.Round((double)real / (real + wrong), 3),
            waits.Count == 0 ? null : waits[waits.Count / 2], visits.Count,
            Math.Round(visits.Sum(MinutesThere)));
    }

    private static double MinutesThere(OrderOutcome order) =>
        order is { ArrivedAt: { } from, ResolvedAt: { } to } ? (to - from).TotalMinutes : 0;

    private static DateTimeOffset? Instant(string text) =>
        text.Contains('T') && DateTimeOffset.TryParse(
            text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at)
            ? at
            : null;
}
