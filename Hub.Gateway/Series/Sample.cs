using Hub.Rules.Readings;

namespace Hub.Gateway.Series;

/// <summary>One value of one point's history.</summary>
/// <param name="AtTicks">Event time: UTC ticks of 100 ns.</param>
/// <param name="Value">In the signal's unit.</param>
/// <param name="Quality">How far it can be trusted.</param>
public readonly record struct Sample(long AtTicks, double Value, Quality Quality = Quality.Good)
{
    public DateTimeOffset At => new(AtTicks, TimeSpan.Zero);

    /// <summary>The same instant and the same bits: sent twice, not measured twice.</summary>
    public bool IsDoubleOf(Sample other) => AtTicks == other.AtTicks
        && BitConverter.DoubleToInt64Bits(Value) == BitConverter.DoubleToInt64Bits(other.Value);
}
