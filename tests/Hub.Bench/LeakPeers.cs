using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace Hub.Bench;

/// <summary>
/// The same job, W1 and W2 over the same water meters, written the obvious way: in JavaScript on Node, and in C# with a
/// list of the last day at each point and LINQ over it.
/// </summary>
public static class LeakPeers
{
    private const double HourMs = 3_600_000;

    /// <summary>Readings a core second on Node; null if there is no Node here.</summary>
    public static double? Node(double[] readings, int vacantEvery)
    {
        var file = Path.Combine(Path.GetTempPath(), $"leak-{Environment.ProcessId}.bin");
        try
        {
            File.WriteAllBytes(file, MemoryMarshal.AsBytes(readings.AsSpan()));
            using var node = Process.Start(new ProcessStartInfo(
                "node", [Path.Combine(AppContext.BaseDirectory, "Peers", "leak.js"), file, $"{vacantEvery}"])
            { RedirectStandardOutput = true })!;
            using var said = JsonDocument.Parse(node.StandardOutput.ReadToEnd());
            var seconds = said.RootElement.GetProperty("seconds").GetDouble();
            return said.RootElement.GetProperty("readings").GetInt64() / seconds;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return null;
        }
        finally
        {
            File.Delete(file);
        }
    }

    public static double Linq(ReadOnlySpan<double> readings, int vacantEvery)
    {
        var from = CoreTime.OfThisThread();
        var points = new Dictionary<int, List<(double At, double Value)>>();
        var alarms = new HashSet<(int, string)>();
        for (var i = 0; i < readings.Length; i += 3)
        {
            var (point, at, value) = ((int)readings[i], readings[i + 1], readings[i + 2]);
            if (!points.TryGetValue(point, out var day))
            {
                points.Add(point, day = []);
            }

            day.Add((at, value));
            day.RemoveAll(one => one.At < at - (24 * HourMs));
            var isVacant = point % vacantEvery == 0;
            if (isVacant && Used(day, at - HourMs, at) >= 0.003)
            {
                alarms.Add((point, "W1"));
            }

            var hours = isVacant ? 2 : 24;
            if (day[0].At <= at - (hours * HourMs)
                && Enumerable.Range(1, hours).All(hour =>
                    Used(day, at - (hour * HourMs), at - ((hour - 1) * HourMs)) >= 0.0038))
            {
                alarms.Add((point, "W2"));
            }
        }

        GC.KeepAlive(alarms);
        return readings.Length / 3 / (CoreTime.OfThisThread() - from).TotalSeconds;
    }

    private static double Used(List<(double At, double Value)> day, double from, double to)
    {
        var within = day.Where(one => one.At >= from && one.At <= to).Select(one => one.Value).ToList();
        return within.Count == 0 ? 0 : within.Max() - within.Min();
    }
}
