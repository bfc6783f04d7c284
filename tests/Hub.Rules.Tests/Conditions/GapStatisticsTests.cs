using Hub.Rules.Conditions;

namespace Hub.Rules.Tests.Conditions;

public class GapStatisticsTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void The_quantiles_are_those_of_a_histogram_counted_anew(int seed)
    {
        var random = new Random(seed);
        var gaps = new GapStatistics();
        var counts = new int[40];
        for (var i = 0; i < 2900; i++)
        {
            var seconds = Math.Pow(10, random.NextDouble() * (i % 700 < 300 ? 2 : 6.5));
            var ticks = (long)(seconds * TimeSpan.TicksPerSecond);
            gaps.Add(ticks);
            var exact = Math.Max(1, ticks / (double)TimeSpan.TicksPerSecond);
            counts[Math.Clamp((int)Math.Round(2 * Math.Log2(exact)), 0, 39)]++;

            var half = Upper(counts, 0.5);
            Assert.Equal(Upper(counts, 0.995), gaps.Quantile(0.995));
            Assert.InRange(gaps.Median(), half / 2.1, half * 1.3);
        }
    }

    [Fact]
    public void Each_gap_beside_a_bucket_s_edge_falls_where_its_logarithm_says()
    {
        foreach (var bucket in Enumerable.Range(0, 39))
        {
            var edge = (long)(Math.Pow(2, (bucket + 0.5) / 2) * TimeSpan.TicksPerSecond);
            foreach (var (ticks, expected) in new[] { (edge, bucket), (edge + 1, bucket + 1) })
            {
                var gaps = new GapStatistics();
                gaps.Add(ticks);

                var counts = new int[40];
                counts[expected] = 1;
                Assert.Equal(Upper(counts, 1), gaps.Quantile(1));
            }
        }
    }

    private static long Upper(int[] counts, double share)
    {
        var wanted = share * counts.Sum();
        var bucket = Enumerable.Range(0, 40).First(i => counts.Take(i + 1).Sum() >= wanted);
        return (long)(Math.Pow(2, (bucket + 0.5) / 2) * TimeSpan.TicksPerSecond);
    }
}
