using System.Globalization;
using Hub.Testing;

namespace Hub.Bench;

/// <summary>
/// How long the hub's acknowledgement takes at a given pace, whatever it answers, beside bare commits of this disk just
/// before and just after.
/// </summary>
internal static class PacedBench
{
    /// <summary>Messages a second of a large site on an ordinary day, at which the disk decides and not the machine.</summary>
    public const int Steady = 5_000;

    private const int CommitsEachSide = 500;
    private const double TailMsMax = 10;
    private const double CommitsMax = 3;

    public static async Task<IReadOnlyList<Figure>> MeasureAsync(LoadOptions options)
    {
        var rate = options.PerSecond.ToString("N0", CultureInfo.InvariantCulture);
        using var folder = new TempFolder();
        await using var hub = await LoadServer.HubAsync();
        var bare = DiskCommits.Measure(folder["before.db"], CommitsEachSide);
        var load = await LoadRun.RunAsync($"hub, {rate} msg/s", hub.Port, options);
        bare.AddRange(DiskCommits.Measure(folder["after.db"], CommitsEachSide));
        bare.Sort();
        var (p50, p99) = (bare[bare.Count / 2], bare[bare.Count * 99 / 100]);
        Console.WriteLine(load);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"one bare commit of this disk: p50 {p50:N2} ms, p99 {p99:N2} ms; the hub's acknowledgement {load.P50 / p50:N1} × and {load.P99 / p99:N1} ×"));
        return options.PerSecond > Steady
            ? [Figure.AtMost($"p99 of the acknowledgement at half of that, {rate}/s", load.P99, TailMsMax, "ms")]
            : [Figure.AtMost($"p99 of the acknowledgement at {rate}/s, of a bare commit's p99", load.P99 / p99, CommitsMax, "×")];
    }
}
