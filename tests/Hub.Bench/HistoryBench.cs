using System.Diagnostics;
using System.Globalization;
using Hub.Gateway.Series;
using Hub.Rules.Readings;

namespace Hub.Bench;

/// <summary>
/// What recorded meters cost in the embedded history, and how long a chart takes: <c>history DATA-FOLDER</c>.
/// </summary>
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

        Console.WriteLine("stored as they come, with chunks and rollups; bytes a reading:");
        foreach (var name in MeterSets.Names)
        {
            Store(name, MeterSets.Read(args[0], name));
        }

        Chart(MeterSets.Read(args[0], MeterSets.Names[0])[0]);
        Console.WriteLine("points with two recorded meters a home, each read every minute; one core:");
        var homes = new RecordedHomes(args[0]);
        foreach (var points in new[] { 1_000, 10_000, 100_000, 1_000_000 })
        {
            Points(homes, points);
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

    private static void Store(string name, IReadOnlyList<Sample[]> points)
    {
        using var room = new HistoryRoom();
        var all = points.SelectMany((samples, i) => samples.Select(sample => Of(i + 1, sample)))
            .OrderBy(reading => reading.AtTicks).ToArray();
        for (var i = 0; i < all.Length; i++)
        {
            var since = i + 1 < all.Length ? all[i + 1].AtTicks - all[i].AtTicks : 0;
            room.Take(all.AsMemory(i, 1), new TimeSpan(since));
        }

        var (chunks, rollups, file) = room.Bytes();
        Console.WriteLine(
            $"  {name,-26} {(double)chunks / all.Length:N3} readings, {(double)rollups / all.Length:N3} rollups, "
            + $"{(double)file / all.Length:N3} the whole file");
    }

    private static void Chart(Sample[] samples)
    {
        using var room = new HistoryRoom();
        room.Take(samples.Select(sample => Of(1, sample)).ToArray(), TimeSpan.FromDays(1));
        var to = samples[^1].At;
        foreach (var days in new[] { 1, 30, 365 })
        {
            var (walls, cores) = (new List<double>(), new List<double>());
            for (var i = 0; i < 100; i++)
            {
                var (wall, core) = (Stopwatch.GetTimestamp(), CoreTime.OfThisThread());
                room.History.Bucketed(new PointNumber(1), to.AddDays(-days), to, 720);
                walls.Add(Stopwatch.GetElapsedTime(wall).TotalMilliseconds);
                cores.Add((CoreTime.OfThisThread() - core).TotalMilliseconds);
            }

            var (warm, worked) = (walls.Skip(60).Order().ToList(), cores.Skip(60).Order().ToList());
            Console.WriteLine(
                $"a chart of {days} days of one-minute readings, 720 wide, warm: {warm[20]:N1} ms, worst {warm[^1]:N1} "
                + $"(a core's work {worked[20]:N1})");
        }
    }

    private static void Points(RecordedHomes homes, int points)
    {
        var before = GC.GetTotalMemory(forceFullCollection: true);
        using var room = new HistoryRoom();
        var readings = new Reading[points];
        var start = new DateTimeOffset(2026, 5, 4, 0, 0, 0, TimeSpan.Zero).UtcTicks;
        var minutes = Math.Clamp(12_000_000 / points, 4, 1_500);
        var most = 0L;
        for (var minute = 0; minute < minutes; minute++)
        {
            for (var i = 0; i < points; i++)
            {
                var value = i % 2 == 0 ? homes.Water(i / 2, minute) : homes.Electricity(i / 2, minute);
                var at = start + (minute * TimeSpan.TicksPerMinute) + (i % 60 * TimeSpan.TicksPerSecond);
                readings[i] = new Reading(new PointNumber(i + 1), at, value);
            }

            room.Take(readings, TimeSpan.FromMinutes(1));
            most = Math.Max(most, minute % 30 == 29 || minute == minutes - 1 ? GC.GetTotalMemory(false) - before : 0);
        }

        var count = (double)points * minutes;
        var (chunks, rollups, file) = room.Bytes();
        Console.WriteLine(
            $"  {points,9:N0} points, {minutes,5:N0} minutes: {room.Storing.TotalMicroseconds / count:N2} us a reading "
            + $"stored, {room.RollingUp.TotalMicroseconds / count:N2} rolled up; {file / count:N2} bytes a reading in "
            + $"the file; {most / (1 << 20):N0} MiB of memory at most");
        GC.KeepAlive((chunks, rollups));
    }

    private static Reading Of(int point, in Sample sample) =>
        new(new PointNumber(point), sample.AtTicks, sample.Value, sample.Quality);
}
