using Hub.Edge.Pins;
using Hub.Edge.Sensing;
using Hub.Testing;

namespace Hub.Edge.Tests.Sensing;

/// <summary>A simulated chip under a hand-moved clock, a watch of its lines, and what that has told.</summary>
internal sealed class SensedLines : ISensingSink, IDisposable
{
    public SensedLines(params (string Key, long Count)[] counts)
    {
        Chip = new SimulatedChip("sim", 32, Time);
        Watch = new LineWatch(
            Time, this, counts.ToDictionary(count => count.Key, count => count.Count), _ => Chip, "buildinghub");
        Watch.FaultChanged += (line, fault) => Faults.Add((line.Device, fault));
    }

    public ManualTime Time { get; } = new();

    public SimulatedChip Chip { get; }

    public LineWatch Watch { get; }

    public List<string> Presses { get; } = [];

    public List<(string Name, double Value, DateTimeOffset At)> Told { get; } = [];

    public List<(string Device, LineFault? Fault)> Faults { get; } = [];

    public static LineOptions Line(int line, LineKind kind, string device, string signal) =>
        new() { Line = line, Kind = kind, Device = device, Signal = signal };

    /// <summary>Half of a pulse of 30 ms on, 30 ms off.</summary>
    public void Turn(int line, bool isOn)
    {
        Time.Advance(TimeSpan.FromMilliseconds(30));
        Chip.Set(line, isOn);
    }

    public double[] Of(string name) => [.. Told.Where(told => told.Name == name).Select(told => told.Value)];

    public void Dispose() => Watch.Dispose();

    void ISensingSink.Pressed(string device, DateTimeOffset at) => Presses.Add(device);

    void ISensingSink.Told(string device, string signal, double value, DateTimeOffset at) =>
        Told.Add(($"{device}/{signal}", value, at));
}
