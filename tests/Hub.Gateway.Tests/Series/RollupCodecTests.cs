using Hub.Gateway.Series;

namespace Hub.Gateway.Tests.Series;

public class RollupCodecTests
{
    private const string First = "01010003B01D33D106630347BB8010FA124250C30FE04157C86354C57E13F9C34028AB7B1E8719036FBD6C5839B70A";
    private static readonly Resolution Hour = Resolution.All[2];
    private static readonly long Start = Some.Morning.UtcTicks;

    [Theory]
    [InlineData(1)]
    [InlineData(0.1)]
    [InlineData(Math.PI)]
    public void A_page_comes_back(double unit)
    {
        var random = new Random(3);
        var page = Enumerable.Range(0, 300).Where(_ => random.Next(4) > 0)
            .Select(hour => Of(hour, [.. Enumerable.Range(0, random.Next(1, 9)).Select(_ => random.Next(900) * unit)]))
            .ToArray();

        var back = RollupCodec.Read(RollupCodec.Write(page, Hour), Hour);

        Assert.Equal(page.Select(WithoutSums), back.Select(WithoutSums));
        Assert.All(page.Zip(back), pair =>
        {
            Assert.Equal(pair.First.Sum, pair.Second.Sum, 1e-5);
            Assert.Equal(pair.First.Used, pair.Second.Used, 1e-9);
        });
    }

    [Fact]
    public void The_first_version_reads_for_ever()
    {
        Bucket[] page = [Of(0, 1.5, 2.5, 2), Of(1, 2.5), Of(5, 3, 9)];

        Assert.Equal(page, RollupCodec.Read(Convert.FromHexString(First), Hour));
        Assert.Equal(First, Convert.ToHexString(RollupCodec.Write(page, Hour)));
    }

    [Fact]
    public void Every_flipped_bit_and_every_truncation_is_refused()
    {
        var page = RollupCodec.Write([Of(0, 1.5, 2.5, 2), Of(1, 2.5)], Hour);
        for (var bit = 0; bit < page.Length * 8; bit++)
        {
            page[bit / 8] ^= (byte)(1 << (bit % 8));
            Assert.Throws<InvalidDataException>(() => RollupCodec.Read(page, Hour));
            page[bit / 8] ^= (byte)(1 << (bit % 8));
            Assert.Throws<InvalidDataException>(() => RollupCodec.Read(page.AsSpan(0, bit / 8), Hour));
        }
    }

    private static Bucket WithoutSums(Bucket bucket) => bucket with { Sum = 0, Used = 0 };

    private static Bucket Of(int hour, params double[] values)
    {
        var start = Start + (hour * TimeSpan.TicksPerHour);
        return values.Select((value, minute) => Bucket.Of(
                new Sample(start + (minute * TimeSpan.TicksPerMinute), value), value > 2 ? 0.5 : double.NaN))
            .Aggregate(Bucket.Gap(start, start + TimeSpan.TicksPerHour), (sum, one) => sum.With(one));
    }
}
