using Hub.Rules.Site;

namespace Hub.Gateway.Series;

/// <summary>A point's time before the embedded history.</summary>
/// <param name="Point">Which point.</param>
/// <param name="FromTicks">The first instant; a stretch begins here.</param>
/// <param name="ToTicks">The first instant that is not asked for.</param>
/// <param name="WidthTicks">How long a stretch is, where there are too many readings to have each of them.</param>
public readonly record struct OlderQuery(Point Point, long FromTicks, long ToTicks, long WidthTicks);
