using System.Buffers.Binary;
using Hub.Gateway.Journal;

namespace Hub.Gateway.Series;

/// <summary>
/// A page of rollups, packed as chunks are: each number as a difference from what was expected of it. Sums and
/// consumption are rounded where that changes them by a billionth at most, so that what floating point adds to them
/// costs nothing. The drawing is in README.md.
/// </summary>
internal static class RollupCodec
{
    public const byte Version = 1;

    private const byte ValuesXored = 0xFF;
    private const int HeadBytes = 2;
    private const int TailBytes = sizeof(uint);
    private const int CountBits = 16;
    private const int BytesPerBucketMax = 256;

    public static byte[] Write(IReadOnlyList<Bucket> buckets, in Resolution resolution)
    {
        var page = new byte[64 + (buckets.Count * BytesPerBucketMax)];
        var (power, rounded) = Rounded(buckets);
        (page[0], page[1]) = (Version, (byte)(power ?? ValuesXored));
        var body = new RangeWriter(page.AsSpan(HeadBytes));
        var models = new Models();
        body.Raw((ulong)rounded.Length, CountBits);
        var before = Bucket.Gap(0, 0) with { Last = 0 };
        var count = 0L;
        foreach (var bucket in rounded)
        {
            models.Places.WriteUnsigned(
                ref body, (ulong)((bucket.FromTicks - before.FromTicks) / resolution.BucketTicks));
            models.Counts.Write(ref body, bucket.Count - count);
            models.Firsts.WriteUnsigned(ref body, (ulong)(bucket.FirstAtTicks - bucket.FromTicks));
            models.Lasts.WriteUnsigned(ref body, (ulong)(bucket.ToTicks - bucket.LastAtTicks));
            models.Value(ref body, 0, bucket.First, before.Last, power);
            models.Value(ref body, 1, bucket.Last, bucket.First, power);
            models.Value(ref body, 2, bucket.Min, bucket.First, power);
            models.Value(ref body, 3, bucket.Max, bucket.Last, power);
            models.Value(ref body, 4, bucket.Sum, SumExpected(bucket, power), power);
            body.Bit(ref models.IsUsed, double.IsNaN(bucket.Used) ? 0 : 1);
            if (!double.IsNaN(bucket.Used))
            {
                models.Value(ref body, 5, bucket.Used, UsedExpected(bucket, before, power), power);
            }

            (before, count) = (bucket, bucket.Count);
        }

        body.End();
        var end = HeadBytes + body.Length;
        BinaryPrimitives.WriteUInt32LittleEndian(page.AsSpan(end), JournalBlock.Checksum(page.AsSpan(0, end)));
        return page[..(end + TailBytes)];
    }

    /// <exception cref="InvalidDataException">It is not what was written.</exception>
    public static Bucket[] Read(ReadOnlySpan<byte> page, in Resolution resolution)
    {
        if (page.Length <= HeadBytes + TailBytes || page[0] != Version
            || BinaryPrimitives.ReadUInt32LittleEndian(page[^TailBytes..]) != JournalBlock.Checksum(page[..^TailBytes])
            || (page[1] >= Decimals.PowersMax && page[1] != ValuesXored))
        {
            throw new InvalidDataException("A page of rollups is not what was written.");
        }

        int? power = page[1] == ValuesXored ? null : page[1];
        var body = new RangeReader(page[HeadBytes..^TailBytes]);
        var models = new Models();
        var buckets = new Bucket[(int)body.Raw(CountBits)];
        var before = Bucket.Gap(0, 0) with { Last = 0 };
        var count = 0L;
        for (var i = 0; i < buckets.Length; i++)
        {
            var from = before.FromTicks + ((long)models.Places.ReadUnsigned(ref body) * resolution.BucketTicks);
            var to = from + resolution.BucketTicks;
            count += models.Counts.Read(ref body);
            var firstAt = from + (long)models.Firsts.ReadUnsigned(ref body);
            var lastAt = to - (long)models.Lasts.ReadUnsigned(ref body);
            var first = models.Value(ref body, 0, before.Last, power);
            var last = models.Value(ref body, 1, first, power);
            var min = models.Value(ref body, 2, first, power);
            var max = models.Value(ref body, 3, last, power);
            var bucket = new Bucket(
                from, to, (int)count, min, max, double.NaN, first, last, firstAt, lastAt, double.NaN);
            bucket = bucket with { Sum = models.Value(ref body, 4, SumExpected(bucket, power), power) };
            if (body.Bit(ref models.IsUsed) != 0)
            {
                bucket = bucket with { Used = models.Value(ref body, 5, UsedExpected(bucket, before, power), power) };
            }

            (buckets[i], before) = (bucket, bucket);
        }

        return buckets;
    }

    private static double SumExpected(in Bucket bucket, int? power) =>
        power is { } known ? Decimals.Round(bucket.Count * ((bucket.First + bucket.Last) / 2), known) : 0;

    private static double UsedExpected(in Bucket bucket, in Bucket before, int? power) =>
        power is { } known ? Decimals.Round(bucket.Last - before.Last, known) : 0;

    private static (int? Power, Bucket[] Buckets) Rounded(IReadOnlyList<Bucket> buckets)
    {
        double[] values =
        [
            .. buckets.SelectMany(bucket => new[] { bucket.First, bucket.Last, bucket.Min, bucket.Max }),
        ];
        if (Decimals.OfValues(values) is not { } power)
        {
            return (null, [.. buckets]);
        }

        // What a register counted since a reading of the page before may have more decimals than this page's readings.
        foreach (var bucket in buckets)
        {
            power = Decimals.Near(bucket.Used, Decimals.Near(bucket.Sum, power));
        }

        Bucket[] rounded =
        [
            .. buckets.Select(bucket => bucket with
            {
                Sum = Decimals.Round(bucket.Sum, power),
                Used = Decimals.Round(bucket.Used, power),
            }),
        ];
        var sums = rounded.Select(bucket => bucket.Sum)
            .Concat(rounded.Select(bucket => bucket.Used).Where(used => !double.IsNaN(used))).ToArray();
        return Decimals.OfValues(sums) is { } most && most <= power ? (power, rounded) : (null, [.. buckets]);
    }

    /// <summary>What is known of each column.</summary>
    private sealed class Models
    {
        private readonly NumberModel[] _values = [new(), new(), new(), new(), new(), new()];

        public BitModel IsUsed;

        public NumberModel Places { get; } = new();

        public NumberModel Counts { get; } = new();

        public NumberModel Firsts { get; } = new();

        public NumberModel Lasts { get; } = new();

        public void Value(ref RangeWriter body, int column, double value, double expected, int? power)
        {
            if (power is { } known)
            {
                _values[column].Write(
                    ref body, Decimals.Whole(value, known) - Decimals.Whole(expected, known));
            }
            else
            {
                _values[column].WriteUnsigned(
                    ref body, BitConverter.DoubleToUInt64Bits(value) ^ BitConverter.DoubleToUInt64Bits(expected));
            }
        }

        public double Value(ref RangeReader body, int column, double expected, int? power) => power is { } known
            ? Decimals.Value(Decimals.Whole(expected, known) + _values[column].Read(ref body), known)
            : BitConverter.UInt64BitsToDouble(
                BitConverter.DoubleToUInt64Bits(expected) ^ _values[column].ReadUnsigned(ref body));
    }
}
