using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace Hub.Bench;

/// <summary>
/// The same job, W1 and W2 over the same water meters, written the obvious way: in JavaScript on Node, and in C# with
/// what the rules look back on at each meter and LINQ over it.
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
        var meters = new Dictionary<int, Meter>();
        var alarms = new HashSet<(int, string)>();
        for (var i = 0; i < readings.Length; i += 3)
        {
            var (point, at, value) = ((int)readings[i], readings[i + 1], readings[i + 2]);
            if (!meters.TryGetValue(point, out var meter))
            {
                meters.Add(point, meter = new Meter());
            }

            meter.Take(at, value);
            var isVacant = point % vacantEvery == 0;
            if (isVacant && meter.LastHour.Max(one => one.Value) - meter.LastHour.Min(one => one.Value) >= 0.003)
            {
                alarms.Add((point, "W1"));
            }

            var hours = isVacant ? 2 : 24;
            if (meter.Hours.Count >= hours && meter.Hours.TakeLast(hours).All(used => used >= 0.0038))
            {
                alarms.Add((point, "W2"));
            }
        }

        GC.KeepAlive(alarms);
        return readings.Length / 3 / (CoreTime.OfThisThread() - from).TotalSeconds;
    }

    /// <summary>What the two rules look back on, and no more: the readings of an hour, and what each hour used.</summary>
    private sealed class Meter
    {
        private const int HoursMax = 24;

        private (double At, double Value)? _hourBegan;

        public Queue<(double At, double Value)> LastHour { get; } = [];

        public List<double> Hours { get; } = [];

        public void Take(double at, double value)
        {
            LastHour.Enqueue((at, value));
            while (LastHour.Peek().At < at - HourMs)
            {
                LastHour.Dequeue();
            }

            _hourBegan ??= (at, value);
            if (at - _hourBegan.Value.At >= HourMs)
            {
                Hours.Add(value - _hourBegan.Value.Value);
                _hourBegan = (at, value);
                if (Hours.Count > HoursMax)
                {
                    Hours.RemoveAt(0);
                }
            }
        }
    }
}
