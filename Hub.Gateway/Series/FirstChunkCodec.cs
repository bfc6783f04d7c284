using Hub.Rules.Readings;

namespace Hub.Gateway.Series;

/// <summary>
/// Chunks as hubs before the second version wrote them: byte by byte, without a checksum. Read for ever, never written.
/// </summary>
internal static class FirstChunkCodec
{
    public const byte Version = 1;

    private const byte ValuesXored = 0xFF;

    public static Sample[] Read(ReadOnlySpan<byte> chunk)
    {
        var reader = new PackedReader(chunk);
        reader.Byte();
        var timePower = reader.Byte();
        var valuePower = reader.Byte();
        var count = reader.Unsigned();
        if (count is 0 or > ChunkCodec.ReadingsMax || timePower >= Decimals.PowersMax
            || (valuePower != ValuesXored && valuePower >= Decimals.PowersMax))
        {
            throw ChunkCodec.Damaged("has a header out of range");
        }

        var samples = new Sample[(int)count];
        ReadTimes(ref reader, samples, Decimals.Power(timePower));
        if (valuePower == ValuesXored)
        {
            ReadXored(ref reader, samples);
        }
        else
        {
            ReadScaled(ref reader, samples, Decimals.Power(valuePower));
        }

        ReadQualities(ref reader, samples);
        return reader.IsAtEnd ? samples : throw ChunkCodec.Damaged("goes on after its end");
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

    private static void ReadXored(ref PackedReader reader, Span<Sample> samples)
    {
        var bits = 0UL;
        foreach (ref var sample in samples)
        {
            var shape = reader.Byte();
            var (low, count) = (shape >> 4, shape & 0b1111);
            if (low + count > 8)
            {
                throw ChunkCodec.Damaged("holds a value of more than 8 bytes");
            }

            bits ^= count == 0 ? 0 : reader.Low(count) << (8 * low);
            sample = sample with { Value = BitConverter.Int64BitsToDouble((long)bits) };
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
                throw ChunkCodec.Damaged("has more qualities than readings");
            }

            for (var end = i + (int)run; i < end; i++)
            {
                samples[i] = samples[i] with { Quality = quality };
            }
        }
    }
}
