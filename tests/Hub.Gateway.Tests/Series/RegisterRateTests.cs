using Hub.Gateway.Series;
using Hub.Rules.Readings;

namespace Hub.Gateway.Tests.Series;

public class RegisterRateTests
{
    private static readonly long Start = Some.Morning.UtcTicks;

    [Fact]
    public void Cubic_metres_become_litres_an_hour()
    {
        var (unit, factor) = RegisterRate.Of(Signal.Of(Signal.WaterVolume))!.Value;

        Assert.Equal("l/h", unit);
        Assert.Equal([60, 18.181818], Rates(factor, Build((0, 1), (10, 1.01), (20, 1.02), (60, 1.035), (119, 1.05))));
    }

    [Fact]
    public void A_falling_register_is_unknown_and_not_negative() =>
        Assert.Equal([1, null], Rates(1, Build((0, 1), (59, 1 + (59 / 60.0)), (100, 0))));

    [Fact]
    public void A_gap_is_bridged_by_the_mean_rate_and_is_itself_unknown() =>
        Assert.Equal([0, null, 2], Rates(1, Build((0, 10), (30, 10), (150, 14))));

    [Fact]
    public void A_gauge_has_no_rate() => Assert.Null(RegisterRate.Of(Signal.Of(Signal.Temperature)));

    private static double?[] Rates(double factor, IReadOnlyList<Bucket> buckets) =>
        [.. RegisterRate.PerHour(buckets, factor).Select(rate => rate.Value is { } value ? Math.Round(value, 6) : (double?)null)];

    private static IReadOnlyList<Bucket> Build(params (int Minute, double Value)[] readings)
    {
        var hours = (readings[^1].Minute / 60) + 1;
        var builder = new BucketBuilder(Start, Start + (hours * TimeSpan.TicksPerHour), hours);
        foreach (var (minute, value) in readings)
        {
            builder.Add(Bucket.Of(new Sample(Start + (minute * TimeSpan.TicksPerMinute), value), double.NaN));
        }

        return builder.Build();
    }
}
