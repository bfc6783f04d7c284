using Hub.Rules.Readings;

namespace Hub.Gateway.Series;

/// <summary>A reading that InfluxDB will never take; the embedded history has it nevertheless.</summary>
public readonly record struct ParkedReading(PointNumber Point, long AtTicks, double Value, string Reason)
{
    public DateTimeOffset At => new(AtTicks, TimeSpan.Zero);
}
