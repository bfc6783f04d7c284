using Hub.Gateway.Series;

namespace Hub.Gateway.Web.Charts;

/// <summary>What an evidence chart shows.</summary>
/// <param name="Title">What is measured, where: the chart's label.</param>
/// <param name="Unit">Of the values.</param>
/// <param name="From">Where it starts.</param>
/// <param name="To">Where it ends.</param>
/// <param name="Values">In order of time.</param>
/// <param name="Limit">The rule's limit, if it has one.</param>
/// <param name="FiredAt">When the rule fired.</param>
/// <param name="GapAfter">A silence longer than this is drawn as a gap, never as a line.</param>
/// <param name="Windows">The planned windows of the place.</param>
/// <param name="IsStep">Values hold until the next (contacts), instead of moving towards it.</param>
/// <param name="Older">What became of the part that is older than the history.</param>
public sealed record ChartView(
    string Title, string Unit, DateTimeOffset From, DateTimeOffset To, IReadOnlyList<ChartValue> Values, double? Limit,
    DateTimeOffset? FiredAt, TimeSpan GapAfter, IReadOnlyList<ChartSpan> Windows, bool IsStep = false,
    OlderState Older = OlderState.None);
