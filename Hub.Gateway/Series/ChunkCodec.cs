using Hub.Rules.Readings;

namespace Hub.Gateway.Series;

/// <summary>
/// One point's readings, packed: times as second differences, values as differences of a scaled whole number where
/// every
/// one of them is an exact decimal, else as XORs. Both ways give back the very bits. The drawing is in README.md.
/// </summary>
internal static class ChunkCodec
{
    public const byte Version = 1;

    /// <summary>A damaged count must not make us allocate the machine full.</summary>
    public const int ReadingsMax = 1 << 16;

    private const byte ValuesXored = 0xFF;
    private const int HeaderBytesMax = 16;
    private const int BytesPerReadingMax = 24;

    private static readonly long[] Powers =
        [1, 10, 100, 1_000, 10_000, 100_000, 1_000_000, 10_000_000, 100_000_000, 1_000_000_000];

    /// <summary>2^53: up to here every whole number is a double.</summary>
    private const double WholeMax = 9_007_199_254_740_992;

    public static int BytesMax(int count) => HeaderBytesMax + (count * BytesPerReadingMax);

    /// <summary>
    /// Packs them in the order they are in (time order, for a reader to find its place); gives the length.
    /// </summary>
    public static int Write(ReadOnlySpan<Sample> samples, Span<byte> chunk)
    {
        ArgumentOutOfRangeException.ThrowIfZero(samples.Length);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(samples.Length, ReadingsMax);
        var writer = new PackedWriter(chunk);
        var timePower = TimePower(samples);
        var valuePower = ValuePower(samples);
        writer.Byte(Version);
        writer.Byte((byte)timePower);
        writer.Byte(valuePower is { } power ? (byte)power : ValuesXored);
        writer.Unsigned((ulong)samples.Length);
        WriteTimes(ref writer, samples, Powers[timePower]);
        if (valuePower is { } scale)
        {
            WriteScaled(ref writer, samples, Powers[scale]);
        }
        else
        {
            WriteXored(ref writer, samples);
        }

        WriteQualities(ref writer, samples);
        return writer.Length;
    }

    public static Sample[] Read(ReadOnlySpan<byte> chunk)
    {
        var reader = new PackedReader(chunk);
        var version = reader.Byte();
        if (version != Version)
        {
            throw PackedReader.Damaged($"is of version {version}, this hub reads version {Version}");
        }

        var timePower = reader.Byte();
        var valuePower = reader.Byte();
        var count = reader.Unsigned();
        if (count is 0 or > ReadingsMax || timePower >= Powers.Length
            || (valuePower != ValuesXored && valuePower >= Powers.Length))
        {
            throw PackedReader.Damaged("has a header out of range");
        }

        var samples = new Sample[(int)count];
        ReadTimes(ref reader, samples, Powers[timePower]);
        if (valuePower == ValuesXored)
        {
            ReadXored(ref reader, samples);
        }
        else
        {
            ReadScaled(ref reader, samples, Powers[valuePower]);
        }

        ReadQualities(ref reader, samples);
        return reader.IsAtEnd ? samples : throw PackedReader.Damaged("goes on after its end");
    }

    /// <summary>The greatest power of ten that divides every time: 7 where all of them are whole seconds.</summary>
    private static int TimePower(ReadOnlySpan<Sample> samples)
    {
        var power = Powers.Length - 1;
        foreach (var sample in samples)
        {
            while (sample.AtTicks % Powers[power] != 0)
            {
                power--;
            }
        }

        return power;
    }

    /// <summary>
    /// The least power of ten that makes every value a whole number and gives it back exactly; null if none does.
    /// </summary>
    private static int? ValuePower(ReadOnlySpan<Sample> samples)
    {
        var power = 0;
        foreach (var sample in samples)
        {
            while (!IsExact(sample.Value, Powers[power]))
            {
                if (++power == Powers.Length)
                {
                    return null;
                }
            }
        }

        // An early value may have become too great for the power that a later one asked for.
        foreach (var sample in samples)
        {
            if (!IsExact(sample.Value, Powers[power]))
            {
                return null;
            }
        }

        return power;
    }

    // A whole number up to 2^53 divided by a power of ten up to 10^22 is rounded correctly, so a decimal that was
    // parsed
    // or divided once comes back as it was. Bits, not values, are compared: -0 is not 0.
    private static bool IsExact(double value, long scale)
    {
        var scaled = Math.Round(value * scale);
        return Math.Abs(scaled) <= WholeMax
            && BitConverter.DoubleToInt64Bits((long)scaled / (double)scale) == BitConverter.DoubleToInt64Bits(value);
    }

    private static void WriteTimes(ref PackedWriter writer, ReadOnlySpan<Sample> samples, long unit)
    {
        var before = samples[0].AtTicks / unit;
        var step = 0L;
        writer.Signed(before);
        for (var i = 1; i < samples.Length; i++)
        {
            var at = samples[i].AtTicks / unit;
            writer.Difference(at - before - step);
            step = at - before;
            before = at;
        }

        writer.EndDifferences();
    }

    private static void ReadTimes(ref PackedReader reader, Span<Sample> samples, long unit)
    {
        var at = reader.Signed();
        var step = 0L;
        samples[0] = new Sample(at * unit, 0);
        for (var i = 1; i < samples.Length; i++)
        {
            step += reader.Difference();
            at += step;
            samples[i] = new Sample(at * unit, 0);
        }

        reader.EndDifferences();
    }

    private static void WriteScaled(ref PackedWriter writer, ReadOnlySpan<Sample> samples, long scale)
    {
        var before = 0L;
        foreach (var sample in samples)
        {
            var value = (long)Math.Round(sample.Value * scale);
            writer.Difference(value - before);
            before = value;
        }

        writer.EndDifferences();
    }

    private static void ReadScaled(ref PackedReader reader, Span<Sample> samples, long scale)
    {
        var value = 0L;
        foreach (ref var sample in samples)
        {
            value += reader.Difference();
            sample = sample with { Value = value / (double)scale };
        }

        reader.EndDifferences();
    }

    private static void WriteXored(ref PackedWriter writer, ReadOnlySpan<Sample> samples)
    {
        var before = 0UL;
        foreach (var sample in samples)
        {
            var bits = (ulong)BitConverter.DoubleToInt64Bits(sample.Value);
            var xor = bits ^ before;
            before = bits;
            var low = xor == 0 ? 0 : System.Numerics.BitOperations.TrailingZeroCount(xor) / 8;
            var count = xor == 0 ? 0 : 8 - low - (System.Numerics.BitOperations.LeadingZeroCount(xor) / 8);
            writer.Byte((byte)((low << 4) | count));
            writer.Low(xor >> (8 * low), count);
        }
    }

    private static void ReadXored(ref PackedReader reader, Span<Sample> samples)
    {
        var bits = 0UL;
        foreach (ref var sample in samples)
        {
            var shape = reader.Byte();
            var (low, count) = (shape >> 4, shape & 0b1111);
            if (low + count > 8)
            {
                throw PackedReader.Damaged("holds a value of more than 8 bytes");
            }

            bits ^= count == 0 ? 0 : reader.Low(count) << (8 * low);
            sample = sample with { Value = BitConverter.Int64BitsToDouble((long)bits) };
        }
    }

    private static void WriteQualities(ref PackedWriter writer, ReadOnlySpan<Sample> samples)
    {
        for (var i = 0; i < samples.Length;)
        {
            var start = i;
            while (i < samples.Length && samples[i].Quality == samples[start].Quality)
            {
                i++;
            }

            writer.Byte((byte)samples[start].Quality);
            writer.Unsigned((ulong)(i - start));
        }
    }

    private static void ReadQualities(ref PackedReader reader, Span<Sample> samples)
    {
        for (var i = 0; i < samples.Length;)
        {
            var quality = (Quality)reader.Byte();
            var run = reader.Unsigned();
            if (run == 0 || run > (ulong)(samples.Length - i))
            {
                throw PackedReader.Damaged("has more qualities than readings");
            }

            for (var end = i + (int)run; i < end; i++)
            {
                samples[i] = samples[i] with { Quality = quality };
            }
        }
    }
}
