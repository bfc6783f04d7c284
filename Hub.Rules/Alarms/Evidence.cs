using Hub.Rules.Readings;

namespace Hub.Rules.Alarms;

/// <summary>What made an alarm: the points whose readings show it, the span worth charting, the limit line.</summary>
/// <param name="Points">The points, the main one first.</param>
/// <param name="From">Where the chart starts.</param>
/// <param name="To">Where it ends at the time of raising.</param>
/// <param name="Limit">The limit in <paramref name="LimitUnit"/>, if the rule has one.</param>
/// <param name="LimitUnit">The chart's unit: <c>l/h</c>, <c>W</c>, <c>Cel</c> …; empty without a limit.</param>
public sealed record Evidence(
    IReadOnlyList<PointNumber> Points, DateTimeOffset From, DateTimeOffset To, double? Limit, string LimitUnit);
