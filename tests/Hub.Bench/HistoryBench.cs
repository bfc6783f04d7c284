using System.Globalization;
using Hub.Gateway.Series;

namespace Hub.Bench;

/// <summary>What recorded meters cost in the embedded history: <c>history DATA-FOLDER</c>.</summary>
internal static class HistoryBench
{
    private static readonly int ChunkReadings = new HistoryOptions().ChunkReadingsMax;

    public static Task<int> RunAsync(string[] args)
    {
        CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
        Console.WriteLine("packed, every reading compared after unpacking; rates of one core:");
        foreach (var name in MeterSets.Names)
        {
            var points = MeterSets.Read(args[0], name);
            // Once for the compiler, which makes fast code out of what is used much.
            Pack(name, points);
            Console.WriteLine(Pack(name, points));
        }

        return Task.FromResult(0);
    }

    private static string Pack(string name, IReadOnlyList<Sample[]> points)
    {
        var (bytes, count) = (0L, 0L);
        var (packing, unpacking) = (TimeSpan.Zero, TimeSpan.Zero);
        var buffer = new byte[ChunkCodec.BytesMax(ChunkReadings)];
        foreach (var part in points.SelectMany(samples => samples.Chunk(ChunkReadings)))
        {
            var from = CoreTime.OfThisThread();
            var length = ChunkCodec.Write(part, buffer);
            var packed = CoreTime.OfThisThread();
            var back = ChunkCodec.Read(buffer.AsSpan(0, length));
            (packing, unpacking) = (packing + (packed - from), unpacking + (CoreTime.OfThisThread() - packed));
            if (!back.AsSpan().SequenceEqual(part))
            {
                throw new InvalidDataException($"{name} came back other than it was.");
            }

            (bytes, count) = (bytes + length, count + part.Length);
        }

        return
            $"  {name,-26} {count,9:N0} readings, {points.Count,2} points: {(double)bytes / count:N3} bytes a reading, "
            + $"{count / packing.TotalSeconds / 1e6:N0} M/s in, {count / unpacking.TotalSeconds / 1e6:N0} M/s out";
    }
}
