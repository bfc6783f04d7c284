using System.Buffers;
using System.Buffers.Binary;
using System.Numerics;
using Hub.Gateway.Journal;
using Hub.Rules.Readings;

namespace Hub.Gateway.Series;

/// <summary>
/// One point's readings, packed: times and values as whole numbers where they are decimals, each as a difference from
/// what was expected, and the differences by an adaptive range coder. What comes back is the same to the bit. The
/// drawing is in README.md.
/// </summary>
public static class ChunkCodec
{
    public const byte Version = 2;

    /// <summary>A damaged count must not make us allocate the machine full.</summary>
    public const int ReadingsMax = 1 << 16;

    private const byte ValuesXored = 0xFF;
    private const int HeadBytes = 3;
    private const int TailBytes = sizeof(uint);
    private const int CountBits = 16;
    private const int QualityBits = 2;

    // The least expected decision costs 10 bits; a number has 11 of them and 60 bits of noise, a reading four numbers.
    private const int FrameBytesMax = 64;
    private const int BytesPerReadingMax = 96;

    public static int BytesMax(int count) => FrameBytesMax + (count * BytesPerReadingMax);

    /// <summary>
    /// Packs them in the order they are in (time order, for a reader to find its place); gives the length.
    /// </summary>
    public static int Write(ReadOnlySpan<Sample> samples, Span<byte> chunk)
    {
        ArgumentOutOfRangeException.ThrowIfZero(samples.Length);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(samples.Length, ReadingsMax);
        var values = ArrayPool<double>.Shared.Rent(samples.Length);
        for (var i = 0; i < samples.Length; i++)
        {
            values[i] = samples[i].Value;
        }

        var timePower = Decimals.OfTimes(samples);
        var valuePower = Decimals.OfValues(values.AsSpan(0, samples.Length));
        ArrayPool<double>.Shared.Return(values);
        (chunk[0], chunk[1], chunk[2]) = (Version, (byte)timePower, (byte)(valuePower ?? ValuesXored));
        var body = new RangeWriter(chunk[HeadBytes..]);
        body.Raw((ulong)(samples.Length - 1), CountBits);
        WriteTimes(ref body, samples, Decimals.Power(timePower));
        if (valuePower is { } power)
        {
            WriteScaled(ref body, samples, power);
        }
        else
        {
            WriteXored(ref body, samples);
        }

        WriteQualities(ref body, samples);
        body.End();
        var end = HeadBytes + body.Length;
        BinaryPrimitives.WriteUInt32LittleEndian(chunk[end..], JournalBlock.Checksum(chunk[..end]));
        return end + TailBytes;
    }

    /// <exception cref="InvalidDataException">It is not what was written.</exception>
    public static Sample[] Read(ReadOnlySpan<byte> chunk)
    {
        if (chunk.Length > 0 && chunk[0] == FirstChunkCodec.Version)
        {
            return FirstChunkCodec.Read(chunk);
        }

        if (chunk.Length > 0 && chunk[0] != Version)
        {
            throw Damaged($"is of version {chunk[0]}, this hub reads up to version {Version}");
        }

        return chunk.Length > HeadBytes + TailBytes
            && BinaryPrimitives.ReadUInt32LittleEndian(chunk[^TailBytes..])
                == JournalBlock.Checksum(chunk[..^TailBytes])
            ? ReadBody(chunk[..^TailBytes])
            : throw Damaged("is not what was written: its checksum is wrong");
    }

    internal static InvalidDataException Damaged(string how) => new($"A history chunk {how}.");

    private static Sample[] ReadBody(ReadOnlySpan<byte> chunk)
    {
        var (timePower, valuePower) = (chunk[1], chunk[2]);
        if (timePower >= Decimals.PowersMax || (valuePower != ValuesXored && valuePower >= Decimals.PowersMax))
        {
            throw Damaged("has a header out of range");
        }

        var body = new RangeReader(chunk[HeadBytes..]);
        var samples = new Sample[(int)body.Raw(CountBits) + 1];
        ReadTimes(ref body, samples, Decimals.Power(timePower));
        if (valuePower == ValuesXored)
        {
            ReadXored(ref body, samples);
        }
        else
        {
            ReadScaled(ref body, samples, valuePower);
        }

        ReadQualities(ref body, samples);
        return samples;
    }

    private static void WriteTimes(ref RangeWriter body, ReadOnlySpan<Sample> samples, long unit)
    {
        var (usual, isSteady) = UsualStep(samples, unit);
        var times = new NumberModel();
        var before = samples[0].AtTicks / unit;
        body.Raw((ulong)before, 64);
        body.Raw(isSteady ? 1u : 0u, 1);
        times.Write(ref body, usual);
        var expected = usual;
        for (var i = 1; i < samples.Length; i++)
        {
            var at = samples[i].AtTicks / unit;
            times.Write(ref body, at - before - expected);
            expected = isSteady ? usual : at - before;
            before = at;
        }
    }

    private static void ReadTimes(ref RangeReader body, Span<Sample> samples, long unit)
    {
        var times = new NumberModel();
        var at = (long)body.Raw(64);
        var isSteady = body.Raw(1) != 0;
        var usual = times.Read(ref body);
        samples[0] = new Sample(at * unit, 0);
        var expected = usual;
        for (var i = 1; i < samples.Length; i++)
        {
            var step = expected + times.Read(ref body);
            at += step;
            expected = isSteady ? usual : step;
            samples[i] = new Sample(at * unit, 0);
        }
    }

    /// <summary>
    /// The step that most are near, and whether it foretells the next one better than the last one does: a meter that
    /// reads on the hour is a little late now and then, and a little early afterwards.
    /// </summary>
    private static (long Usual, bool IsSteady) UsualStep(ReadOnlySpan<Sample> samples, long unit)
    {
        if (samples.Length < 2)
        {
            return (0, false);
        }

        var steps = new long[samples.Length - 1];
        for (var i = 0; i < steps.Length; i++)
        {
            steps[i] = (samples[i + 1].AtTicks / unit) - (samples[i].AtTicks / unit);
        }

        var (fromLast, fromUsual) = (0L, 0L);
        var sorted = steps.AsSpan().ToArray();
        Array.Sort(sorted);
        var usual = sorted[sorted.Length / 2];
        for (var i = 1; i < steps.Length; i++)
        {
            fromLast += Bits(steps[i] - steps[i - 1]);
            fromUsual += Bits(steps[i] - usual);
        }

        return (usual, fromUsual <= fromLast);

        static int Bits(long number) => 64 - BitOperations.LeadingZeroCount((ulong)(number ^ (number >> 63)));
    }

    private static void WriteScaled(ref RangeWriter body, ReadOnlySpan<Sample> samples, int power)
    {
        var values = new NumberModel();
        var before = Decimals.Whole(samples[0].Value, power);
        body.Raw((ulong)before, 64);
        foreach (var sample in samples[1..])
        {
            var value = Decimals.Whole(sample.Value, power);
            values.Write(ref body, value - before);
            before = value;
        }
    }

    private static void ReadScaled(ref RangeReader body, Span<Sample> samples, int power)
    {
        var values = new NumberModel();
        var value = (long)body.Raw(64);
        samples[0] = samples[0] with { Value = Decimals.Value(value, power) };
        foreach (ref var sample in samples[1..])
        {
            value += values.Read(ref body);
            sample = sample with { Value = Decimals.Value(value, power) };
        }
    }

    // Doubles that are no decimals: the bits that differ from the value before; those that never do, at the low end
    // (a single's in a double), are left out.
    private static void WriteXored(ref RangeWriter body, ReadOnlySpan<Sample> samples)
    {
        var values = new NumberModel();
        var (all, before) = (0UL, BitConverter.DoubleToUInt64Bits(samples[0].Value));
        foreach (var sample in samples)
        {
            all |= BitConverter.DoubleToUInt64Bits(sample.Value) ^ before;
        }

        var same = all == 0 ? 0 : BitOperations.TrailingZeroCount(all);
        body.Raw((ulong)same, 6);
        body.Raw(before, 64);
        foreach (var sample in samples[1..])
        {
            var bits = BitConverter.DoubleToUInt64Bits(sample.Value);
            values.WriteUnsigned(ref body, (bits ^ before) >> same);
            before = bits;
        }
    }

    private static void ReadXored(ref RangeReader body, Span<Sample> samples)
    {
        var values = new NumberModel();
        var same = (int)body.Raw(6);
        var bits = body.Raw(64);
        samples[0] = samples[0] with { Value = BitConverter.UInt64BitsToDouble(bits) };
        foreach (ref var sample in samples[1..])
        {
            bits ^= values.ReadUnsigned(ref body) << same;
            sample = sample with { Value = BitConverter.UInt64BitsToDouble(bits) };
        }
    }

    private static void WriteQualities(ref RangeWriter body, ReadOnlySpan<Sample> samples)
    {
        var runs = new NumberModel();
        for (var i = 0; i < samples.Length;)
        {
            var start = i;
            while (i < samples.Length && samples[i].Quality == samples[start].Quality)
            {
                i++;
            }

            body.Raw((byte)samples[start].Quality, QualityBits);
            runs.WriteUnsigned(ref body, (ulong)(samples.Length - i));
        }
    }

    private static void ReadQualities(ref RangeReader body, Span<Sample> samples)
    {
        var runs = new NumberModel();
        for (var i = 0; i < samples.Length;)
        {
            var quality = (Quality)body.Raw(QualityBits);
            var left = runs.ReadUnsigned(ref body);
            if (left >= (ulong)(samples.Length - i))
            {
                throw Damaged("has more qualities than readings");
            }

            for (var end = samples.Length - (int)left; i < end; i++)
            {
                samples[i] = samples[i] with { Quality = quality };
            }
        }
    }
}
