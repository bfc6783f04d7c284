using System.Globalization;
using System.IO.Compression;

namespace Hub.Bench;

/// <summary>
/// Homes without end out of recorded ones: each takes a recorded series up at a place of its own, so no two move
/// together. Water is a register read each minute; electricity is one, too, with a half hour's energy spread over its
/// minutes and whole watt hours.
/// </summary>
public sealed class RecordedHomes
{
    private const int HalfHour = 30;

    /// <summary>Two homes next to each other are that many minutes apart in the record.</summary>
    private const int Stride = 433;

    private readonly double[] _water;
    private readonly double[][] _electricity;

    /// <param name="folder">
    /// With <c>water-house-minute</c> and <c>electric-household-30min</c>; null for the extracts that come along.
    /// </param>
    public RecordedHomes(string? folder)
    {
        var own = Path.Combine(AppContext.BaseDirectory, "Recorded");
        var water = folder is null ? $"{own}/water-minute.csv.gz" : $"{folder}/water-house-minute/data.csv.gz";
        var electric = folder is null
            ? $"{own}/electric-half-hour.csv.gz"
            : $"{folder}/electric-household-30min/data.csv.gz";
        _water = Register(Rows(water));
        _electricity = [.. Rows(electric).GroupBy(row => row.Device, Energy)];
    }

    /// <summary>One home in ten stands empty.</summary>
    public const int VacantEvery = 10;

    public static bool IsVacant(int home) => home % VacantEvery == 0;

    /// <summary>m³ on the home's water meter.</summary>
    public double Water(int home, int minute) =>
        IsVacant(home) ? home % 100 : Math.Round((home % 100) + Since(_water, home, minute), 6);

    /// <summary>kWh on the home's electricity meter.</summary>
    public double Electricity(int home, int minute)
    {
        if (IsVacant(home))
        {
            // A router and a refrigerator.
            return (home % 1000) + (minute / 12 * 0.012);
        }

        var record = _electricity[home % _electricity.Length];
        return Math.Round((home % 1000) + Since(record, home, minute), 3, MidpointRounding.ToZero);
    }

    private static double Since(double[] record, int home, int minute)
    {
        var last = record.Length - 1;
        var from = (int)((long)home * Stride % last);
        var at = from + minute;
        return record[at % last] - record[from] + (at / last * record[last]);
    }

    /// <summary>A value for each minute, from zero on.</summary>
    private static double[] Register(IEnumerable<Row> rows)
    {
        var values = new List<double>();
        var (first, start) = (double.NaN, DateTimeOffset.MinValue);
        foreach (var row in rows)
        {
            (first, start) = values.Count == 0 ? (row.Value, row.Time) : (first, start);
            var minute = (int)(row.Time - start).TotalMinutes;
            while (values.Count < minute)
            {
                values.Add(values[^1]);
            }

            values.Add((row.Value - first) / 1000);
        }

        return [.. values];
    }

    private static double[] Energy(string device, IEnumerable<Row> rows)
    {
        var values = new List<double> { 0 };
        foreach (var row in rows)
        {
            for (var i = 0; i < HalfHour; i++)
            {
                values.Add(values[^1] + (row.Value / HalfHour));
            }
        }

        return [.. values];
    }

    private static IEnumerable<Row> Rows(string file)
    {
        using var reader = new StreamReader(new GZipStream(File.OpenRead(file), CompressionMode.Decompress));
        reader.ReadLine();
        while (reader.ReadLine() is { } line)
        {
            var fields = line.Split(',');
            yield return new Row(
                DateTimeOffset.Parse(fields[0], CultureInfo.InvariantCulture), fields[1],
                double.Parse(fields[3], CultureInfo.InvariantCulture));
        }
    }

    private readonly record struct Row(DateTimeOffset Time, string Device, double Value);
}
