using System.Buffers.Binary;
using FsCheck;
using FsCheck.Fluent;
using Hub.Gateway.Journal;
using Hub.Gateway.Series;
using Hub.Rules.Readings;

namespace Hub.Gateway.Tests.Series;

public class ChunkCodecTests
{
    private const string SecondDecimals = "0208030001FFFFFE017CE488C3DDF53F8000000001743BD47BFC60EA842D";
    private const string SecondDoubles = "0200FF000108DE4B278E760F94FEBF9E8490FDAA22168C7F00193DE3BEA0F4E20021838B67";
    private static readonly long Start = Some.Morning.UtcTicks;

    [Fact]
    public void Any_readings_come_back_bit_by_bit()
    {
        var sample = from at in Gen.OneOf(
                         ArbMap.Default.GeneratorFor<long>(),
                         Gen.Choose(0, 10_000).Select(second => Start + (second * TimeSpan.TicksPerSecond)),
                         Gen.Elements(long.MinValue, long.MaxValue, 0L, -1L))
                     from value in Gen.OneOf(
                         ArbMap.Default.GeneratorFor<double>(),
                         ArbMap.Default.GeneratorFor<long>().Select(BitConverter.Int64BitsToDouble),
                         Gen.Choose(-1_000_000, 1_000_000).Select(whole => whole / 1000.0),
                         Gen.Elements(0.0, -0.0, double.NaN, double.Epsilon, double.MaxValue, 9_007_199_254_740_993))
                     from quality in Gen.Elements(Quality.Good, Quality.Uncertain, Quality.Bad)
                     select new Sample(at, value, quality);

        Prop.ForAll(sample.NonEmptyListOf().Select(list => list.ToArray()).ToArbitrary(), IsTheSameAfterwards)
            .Check(Config.QuickThrowOnFailure.WithMaxTest(500));
    }

    [Fact]
    public void Decimals_come_back_bit_by_bit_and_small()
    {
        var samples = Minutes(1_000, i => Math.Round(12.345 + (i * 0.001), 3));

        Assert.True(IsTheSameAfterwards(samples));
        Assert.InRange(Packed(samples).Length, 1, 1_100);
    }

    [Fact]
    public void A_still_meter_on_the_minute_costs_next_to_nothing() =>
        Assert.InRange(Packed(Minutes(1_000, _ => 1234.567)).Length, 1, 50);

    [Fact]
    public void Every_version_reads_for_ever()
    {
        // Only ever added to: a hub must read what an older one stored.
        Sample[] decimals =
        [
            new(Start, 12.345), new(Start + 600_000_000, 12.346), new(Start + 1_200_000_000, 12.346, Quality.Uncertain),
        ];
        Sample[] doubles = [new(Start + 1, Math.PI), new(Start + 3, -Math.E)];
        Assert.Equal(decimals, Read("0108030380A9A4CE2F0C0000F2C00102000000020101"));
        Assert.Equal(doubles, Read("0100FF02828092CC8D8CA6DE110408182D4454FB21094008717A50DFF19E0C800002"));
        Assert.Equal(SecondDecimals, Convert.ToHexString(Packed(decimals)));
        Assert.Equal(decimals, Read(SecondDecimals));
        Assert.Equal(doubles, Read(SecondDoubles));
        Assert.Equal(SecondDoubles, Convert.ToHexString(Packed(doubles)));
    }

    [Fact]
    public void Meters_that_read_on_the_hour_a_little_early_or_late_cost_a_byte_and_a_half()
    {
        var random = new Random(11);
        var at = Start;
        var samples = Minutes(1_000, i => i * 3).Select(sample => sample with
        {
            AtTicks = at += TimeSpan.TicksPerHour + (random.Next(-2, 3) * TimeSpan.TicksPerSecond),
            Value = random.Next(0, 60) + (sample.Value * 40),
        }).ToArray();

        Assert.True(IsTheSameAfterwards(samples));
        Assert.InRange(Packed(samples).Length, 1, 1_500);
    }

    [Fact]
    public void Every_truncation_is_refused()
    {
        var chunk = Packed(Minutes(20, i => i % 3 == 0 ? Math.Sqrt(i) : i));

        for (var length = 0; length < chunk.Length; length++)
        {
            Assert.Throws<InvalidDataException>(() => ChunkCodec.Read(chunk.AsSpan(0, length)));
        }
    }

    [Fact]
    public void Every_flipped_bit_is_refused()
    {
        var chunk = Packed(Minutes(50, i => i * 0.25));

        for (var bit = 8; bit < chunk.Length * 8; bit++)
        {
            chunk[bit / 8] ^= (byte)(1 << (bit % 8));
            Assert.Throws<InvalidDataException>(() => ChunkCodec.Read(chunk));
            chunk[bit / 8] ^= (byte)(1 << (bit % 8));
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Random_bytes_are_refused_or_read_but_never_worse(byte version)
    {
        var random = new Random(7);
        for (var i = 0; i < 10_000; i++)
        {
            var bytes = new byte[random.Next(9, 40)];
            random.NextBytes(bytes);
            (bytes[0], bytes[3], bytes[^1]) = (version, 0, 1);
            if (version > 1)
            {
                // With a checksum that is right: who wrote it may have been wrong.
                BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan()[^4..], JournalBlock.Checksum(bytes.AsSpan()[..^4]));
            }

            Assert.True(Record.Exception(() => ChunkCodec.Read(bytes)) is null or InvalidDataException);
        }
    }

    [Fact]
    public void A_chunk_of_a_later_version_says_so()
    {
        var fault = Assert.Throws<InvalidDataException>(() => ChunkCodec.Read([3, 0, 0, 1]));

        Assert.Contains("version 3", fault.Message, StringComparison.Ordinal);
    }

    private static Sample[] Read(string hex) => ChunkCodec.Read(Convert.FromHexString(hex));

    private static Sample[] Minutes(int count, Func<int, double> value) =>
        [.. Enumerable.Range(0, count).Select(i => new Sample(Start + (i * TimeSpan.TicksPerMinute), value(i)))];

    private static byte[] Packed(Sample[] samples)
    {
        var buffer = new byte[ChunkCodec.BytesMax(samples.Length)];
        return buffer[..ChunkCodec.Write(samples, buffer)];
    }

    private static bool IsTheSameAfterwards(Sample[] samples)
    {
        var back = ChunkCodec.Read(Packed(samples));
        return back.Length == samples.Length && back.Zip(samples).All(pair =>
            pair.First.IsDoubleOf(pair.Second) && pair.First.Quality == pair.Second.Quality);
    }
}
