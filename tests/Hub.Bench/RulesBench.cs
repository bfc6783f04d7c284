using System.Diagnostics;
using Hub.Rules.Engine;
using Hub.Rules.Packs;
using Hub.Rules.Readings;
using Hub.Rules.Site;

namespace Hub.Bench;

/// <summary>
/// How many readings a second one core judges with all default packs bound, and what a reading allocates in steady
/// state: <c>rules [points] [hours]</c>.
/// </summary>
public static class RulesBench
{
    public static Task<int> RunAsync(string[] args)
    {
        var points = args.Length > 0 ? int.Parse(args[0], System.Globalization.CultureInfo.InvariantCulture) : 1000;
        var hours = args.Length > 1 ? int.Parse(args[1], System.Globalization.CultureInfo.InvariantCulture) : 24;
        var start = new DateTimeOffset(2026, 5, 4, 0, 0, 0, TimeSpan.Zero);
        var engine = new RulesEngine(RuleSet.From(DefaultPacks.All));
        for (var i = 1; i <= points; i++)
        {
            Commission(engine, i, start);
        }

        var values = new double[points + 1];
        var random = new Random(1);
        Run(engine, values, random, start, 3);

        var allocated = GC.GetAllocatedBytesForCurrentThread();
        var clock = Stopwatch.StartNew();
        var (readings, transitions) = Run(engine, values, random, start.AddHours(3), hours);
        clock.Stop();
        allocated = GC.GetAllocatedBytesForCurrentThread() - allocated;

        var rate = readings / clock.Elapsed.TotalSeconds;
        var bytes = (double)allocated / readings;
        Console.WriteLine(FormattableString.Invariant(
            $"rules: {points} points, {readings} readings, {transitions} alarms, {rate:N0}/s, {bytes:N1} bytes each"));
        return Task.FromResult(0);
    }

    private static (long Readings, long Transitions) Run(
        RulesEngine engine, double[] values, Random random, DateTimeOffset from, int hours)
    {
        var (readings, transitions) = (0L, 0L);
        var batch = new Reading[Math.Min(500, values.Length - 1)];
        for (var minute = 0; minute < hours * 60; minute++)
        {
            var at = from.AddMinutes(minute);
            for (var i = 1; i < values.Length; i += batch.Length)
            {
                var count = Math.Min(batch.Length, values.Length - i);
                for (var j = 0; j < count; j++)
                {
                    values[i + j] += random.Next(12) == 0 ? 0.002 : 0;
                    batch[j] = new Reading(new PointNumber(i + j), at.UtcTicks, values[i + j]);
                }

                transitions += engine.Step(new Entry.Readings("edge", "", 0, at, batch.AsMemory(0, count))).Count;
                readings += count;
            }

            transitions += engine.Step(new Entry.Tick(at)).Count;
        }

        return (readings, transitions);
    }

    /// <summary>Water and electricity by turns; one home in ten is vacant.</summary>
    private static void Commission(RulesEngine engine, int number, DateTimeOffset at)
    {
        var home = $"home-{number / 2}";
        engine.Step(new Entry.Changed(at, new SiteChange.SpaceDefined(new Space(
            home, SpaceKind.Unit, home, Occupancy: number / 2 % 10 == 0 ? Occupancy.Unlet : Occupancy.Occupied))));
        engine.Step(new Entry.Changed(at, new SiteChange.PointCommissioned(new Point(
            new PointNumber(number), "edge", $"d{number}",
            number % 2 == 0 ? Signal.WaterVolume : Signal.ElectricEnergy, home, null, TimeSpan.FromMinutes(1)))));
    }
}
