using System.Globalization;
using System.IO.Compression;
using Hub.Gateway.Series;

namespace Hub.Bench;

/// <summary>
/// Recorded meters as a hub would have them: each device and signal of a set is a point, values in the hub's units.
/// </summary>
internal static class MeterSets
{
    /// <summary>The sets that the figure of bytes a reading is given for.</summary>
    public static readonly IReadOnlyList<string> Names =
        ["water-house-minute", "water-household-hourly", "electric-household-30min"];

    public static IReadOnlyList<Sample[]> Read(string folder, string name)
    {
        using var rows = new StreamReader(new GZipStream(
            File.OpenRead(Path.Combine(folder, name, "data.csv.gz")), CompressionMode.Decompress));
        rows.ReadLine();
        var points = new Dictionary<string, List<Sample>>();
        while (rows.ReadLine() is { } line)
        {
            var fields = line.Split(',');
            var point = $"{fields[1]}/{fields[2]}";
            if (!points.TryGetValue(point, out var samples))
            {
                points[point] = samples = [];
            }

            var value = double.Parse(fields[3], CultureInfo.InvariantCulture);
            samples.Add(new Sample(
                DateTimeOffset.Parse(fields[0], CultureInfo.InvariantCulture).UtcTicks,
                fields[4] == "L" ? Math.Round(value / 1000, 6) : value));
        }

        return [.. points.Values.Select(samples => samples.ToArray())];
    }
}
