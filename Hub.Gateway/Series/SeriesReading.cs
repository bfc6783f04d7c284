using Hub.Rules.Readings;

namespace Hub.Gateway.Series;

/// <summary>One reading on its way to a time-series database.</summary>
/// <param name="Point">Which point.</param>
/// <param name="Series">Its measurement and tags, written once: everything of its line before the value.</param>
/// <param name="AtTicks">Event time: UTC ticks of 100 ns.</param>
/// <param name="Ordinal">How many different values the point had at this instant before; added as nanoseconds.</param>
/// <param name="Value">In the signal's unit.</param>
public readonly record struct SeriesReading(
    PointNumber Point, ReadOnlyMemory<byte> Series, long AtTicks, int Ordinal, double Value);
