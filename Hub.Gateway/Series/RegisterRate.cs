using Hub.Rules.Readings;

namespace Hub.Gateway.Series;

/// <summary>
/// A register as the rate that people read off a chart: m³ as l/h, kWh as W. Each stretch's rate is the rise since the
/// last reading before it over the time between the two; a falling register (an exchange, a rollover) is unknown there,
/// not negative. Pure.
/// </summary>
public static class RegisterRate
{
    /// <summary>
    /// The unit of the rate, and how much of it one register unit an hour is; null if the signal is no register.
    /// </summary>
    public static (string Unit, double PerUnitAndHour)? Of(Signal signal) => signal switch
    {
        { Kind: not SignalKind.Register } => null,
        { Unit: "m3" } => ("l/h", 1_000),
        { Unit: "kWh" } => ("W", 1_000),
        _ => ($"{signal.Unit}/h", 1),
    };

    public static IReadOnlyList<Rate> PerHour(IReadOnlyList<Bucket> buckets, double perUnitAndHour)
    {
        var rates = new Rate[buckets.Count];
        Bucket? before = null;
        for (var i = 0; i < rates.Length; i++)
        {
            var bucket = buckets[i];
            var rate = bucket.IsGap ? null : Between(before, bucket, perUnitAndHour);
            rates[i] = new Rate(bucket.FromTicks, bucket.ToTicks, rate);
            before = bucket.IsGap ? before : bucket;
        }

        return rates;
    }

    private static double? Between(Bucket? before, Bucket bucket, double perUnitAndHour)
    {
        // The first stretch has only itself to compare with.
        var (value, at) = before is { } known ? (known.Last, known.LastAtTicks) : (bucket.First, bucket.FirstAtTicks);
        var hours = (bucket.LastAtTicks - at) / (double)TimeSpan.TicksPerHour;
        return hours > 0 && bucket.Last >= value ? (bucket.Last - value) / hours * perUnitAndHour : null;
    }
}
