namespace Hub.Gateway.Web.Charts;

/// <summary>One value at one instant.</summary>
public readonly record struct ChartValue(DateTimeOffset At, double Value);
