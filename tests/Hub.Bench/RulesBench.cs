using System.Diagnostics;
using System.Globalization;
using System.Runtime.CompilerServices;
using Hub.Rules.Engine;
using Hub.Rules.Packs;

namespace Hub.Bench;

/// <summary>
/// How fast the rules are, on recorded homes with every default pack bound:
/// <c>rules [DATA-FOLDER] [--points N | --peers]</c>. One core, if not said otherwise.
/// </summary>
public static class RulesBench
{
    private const int WarmUpReadings = 8_000_000;
    private const int RoundReadings = 2_000_000;

    private static readonly RuleSet Rules = RuleSet.From(DefaultPacks.All);

    public static Task<int> RunAsync(string[] args)
    {
        var only = Array.IndexOf(args, "--points") is >= 0 and var at
            ? int.Parse(args[at + 1], CultureInfo.InvariantCulture)
            : 0;
        CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
        var recorded = new RecordedHomes(args.FirstOrDefault(Directory.Exists));
        if (args.Contains("--peers"))
        {
            Peers(recorded);
            return Task.FromResult(0);
        }

        Say($"rules: {Rules.Rules.Count} rules of {Rules.Packs.Count} packs");
        foreach (var points in only > 0 ? [only] : new[] { 1_000, 10_000, 100_000, 1_000_000 })
        {
            Fold(recorded, points);
        }

        if (only == 0)
        {
            Backtest(recorded, meters: 1);
            Backtest(recorded, meters: 2);
            Peers(recorded);
        }

        return Task.FromResult(0);
    }

    private static void Fold(RecordedHomes recorded, int points)
    {
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var clock = Stopwatch.StartNew();
        var run = new RulesRun(recorded, Rules, firstHome: 0, points / 2);
        var made = clock.Elapsed;
        // Until what runs often has been compiled for good, and the days that rules look back on have passed.
        run.Run(Math.Max(5, WarmUpReadings / points));
        var memory = GC.GetTotalMemory(forceFullCollection: true) - before;
        var rates = new List<double>();
        var (bytes, readings, alarms) = (0L, 0L, 0L);
        for (var i = 0; i < 5; i++)
        {
            run.Reset();
            run.Run(Math.Max(2, RoundReadings / points));
            rates.Add(run.Rate);
            (bytes, readings, alarms) = (bytes + run.Bytes, readings + run.Readings, alarms + run.Alarms);
        }

        if (points == 100_000)
        {
            Checkpoint(run);
        }

        rates.Sort();
        Say($"{points,9:N0} points  {Millions(rates)} M readings/s  made in {made.TotalSeconds:N1} s");
        Say($"{' ',9} {memory / points:N0} bytes a point, {(double)bytes / readings:N3} a reading, {alarms} alarms");
        GC.KeepAlive(run);
    }

    /// <summary>A space's alarms are its own, so homes can be shared out.</summary>
    private static void Backtest(RecordedHomes recorded, int meters)
    {
        const int Homes = 1000;
        var cores = Math.Min(2, Environment.ProcessorCount);
        var clock = Stopwatch.StartNew();
        var runs = Enumerable.Range(0, cores).AsParallel().WithDegreeOfParallelism(cores)
            .Select(part => new RulesRun(recorded, Rules, part * Homes / cores, Homes / cores, meters))
            .Select(run => run.Run(30 * 24 * 60)).ToList();
        clock.Stop();
        Say($"backtest: {Homes} homes x {meters} meters x 30 days, "
            + $"{runs.Sum(run => run.Readings) / 1e6:N1} M readings, {runs.Sum(run => run.Alarms)} alarms: "
            + $"{clock.Elapsed.TotalSeconds:N1} s on {cores} cores, "
            + $"{runs.Max(run => run.Time).TotalSeconds:N1} s of each for the fold");
    }

    /// <summary>W1 and W2 alone, on a thousand water meters for two days; the peers do that and nothing else.</summary>
    private static void Peers(RecordedHomes recorded)
    {
        const int Homes = 1000;
        const int Minutes = 2 * 24 * 60;
        var water = RuleSet.From(DefaultPacks.All.Select(pack =>
            pack with { Rules = [.. pack.Rules.Where(rule => rule.Detector is "W1" or "W2")] }));
        var run = new RulesRun(recorded, water, 0, Homes, meters: 1).Run(Minutes);
        run.Reset();
        run.Run(Minutes);
        var node = LeakPeers.Node(Water(recorded, Homes, Minutes), RecordedHomes.VacantEvery);
        var linq = LeakPeers.Linq(Water(recorded, Homes, Minutes), RecordedHomes.VacantEvery);
        Say($"W1 and W2 alone: {run.Rate / 1e6:N2} M readings/s; JavaScript on Node "
            + $"{node / 1e6:N2} M ({run.Rate / node:N1} x); C# with LINQ {linq / 1e6:N2} M ({run.Rate / linq:N1} x)");
    }

    /// <summary>Triplets: point, milliseconds, m³.</summary>
    private static double[] Water(RecordedHomes recorded, int homes, int minutes)
    {
        var readings = new double[3 * homes * minutes];
        for (var i = 0; i < readings.Length / 3; i++)
        {
            var (minute, home) = (i / homes, i % homes);
            (readings[3 * i], readings[(3 * i) + 1]) = (home, minute * 60_000.0);
            readings[(3 * i) + 2] = recorded.Water(home, minute);
        }

        return readings;
    }

    /// <summary>As the hub does it: 5 ms of writing after each row, until it is done.</summary>
    private static void Checkpoint(RulesRun run)
    {
        for (var i = 0; i < 3; i++)
        {
            var (bytes, total, longest) = run.Checkpoint(TimeSpan.FromMilliseconds(5));
            var (all, stop) = (total.TotalMilliseconds, longest.TotalMilliseconds);
            Say($"{' ',9} checkpoint: {bytes / 1e6:N1} MB in {all:N0} ms, longest stop {stop:N1} ms");
        }
    }

    /// <summary>Least, median and greatest.</summary>
    private static string Millions(List<double> sorted) => FormattableString.Invariant(
        $"{sorted[0] / 1e6:N2} {sorted[sorted.Count / 2] / 1e6:N2} {sorted[^1] / 1e6:N2}");

    private static void Say(DefaultInterpolatedStringHandler line) => Console.WriteLine(line.ToStringAndClear());
}
