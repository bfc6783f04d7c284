namespace Hub.Gateway.Web.Charts;

/// <summary>A stretch of time on a chart: a gap, or a planned window with its reason.</summary>
public readonly record struct ChartSpan(DateTimeOffset From, DateTimeOffset To, string Reason);
