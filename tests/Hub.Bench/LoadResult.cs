using System.Globalization;

namespace Hub.Bench;

/// <summary>What one run has measured.</summary>
internal sealed record LoadResult(string Name, long Acknowledged, TimeSpan Took, double P50, double P99)
{
    public double PerSecond => Acknowledged / Took.TotalSeconds;

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Name,-34} {PerSecond,12:N0} msg/s acknowledged   p50 {P50,8:N2} ms   p99 {P99,8:N2} ms");
}
