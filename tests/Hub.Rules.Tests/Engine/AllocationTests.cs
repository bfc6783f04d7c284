using Hub.Rules.Engine;
using Hub.Rules.Packs;
using Hub.Rules.Readings;
using Hub.Rules.Site;

namespace Hub.Rules.Tests.Engine;

/// <summary>In steady state a reading leaves nothing behind for the garbage collector, every default pack bound.</summary>
public class AllocationTests
{
    private const int Homes = 20;
    private const int SpanHours = 6;
    private const int SpansMax = 4;
    private static readonly DateTimeOffset Start = new(2026, 5, 4, 0, 0, 0, TimeSpan.Zero);

    private static readonly string[] Signals =
    [
        Signal.WaterVolume, Signal.ElectricEnergy, Signal.Temperature, Signal.Humidity, Signal.DoorOpen,
    ];

    [Fact]
    public void A_reading_in_steady_state_allocates_nothing()
    {
        var engine = new RulesEngine(RuleSet.From(DefaultPacks.All));
        Commission(engine);
        var random = new Random(1);
        var values = new double[Homes];
        Run(engine, values, random, Start, hours: 30);

        // The runtime itself allocates a little on this thread now and then; a reading that does, does so every time.
        var spans = Enumerable.Range(0, SpansMax)
            .Select(i => Run(engine, values, random, Start.AddHours(30 + (SpanHours * i)), SpanHours));
        var quiet = spans.FirstOrDefault(span => span.Bytes == 0);

        Assert.Equal((SpanHours * 60 * Homes * Signals.Length, 0), (quiet.Readings, quiet.Transitions));
    }

    /// <summary>Every minute the readings of all homes, and ticks; only what the engine does is weighed.</summary>
    private static (long Readings, long Transitions, long Bytes) Run(
        RulesEngine engine, double[] values, Random random, DateTimeOffset from, int hours)
    {
        var pack = new Reading[Homes * Signals.Length];
        var (transitions, bytes) = (0L, 0L);
        for (var minute = 0; minute < hours * 60; minute++)
        {
            var at = from.AddMinutes(minute);
            for (var i = 0; i < pack.Length; i++)
            {
                var (home, kind) = (i / Signals.Length, i % Signals.Length);
                values[home] += kind == 0 && at.Hour is < 1 or >= 5 && random.Next(30) == 0 ? 0.002 : 0;
                pack[i] = new Reading(new PointNumber(i + 1), at.UtcTicks + (i * 10_000), Value(kind, home, values, at));
            }

            Step(new Entry.Readings("edge", "", 0, at.AddSeconds(30), pack));
            for (var second = 30; second < 90; second += 10)
            {
                Step(new Entry.Tick(at.AddSeconds(second)));
            }
        }

        return (hours * 60L * pack.Length, transitions, bytes);

        void Step(Entry entry)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            transitions += engine.Step(entry).Count;
            bytes += GC.GetAllocatedBytesForCurrentThread() - before;
        }
    }

    /// <summary>People draw water, but not at night; the power and the rooms go with the sun.</summary>
    private static double Value(int kind, int home, double[] values, DateTimeOffset at)
    {
        var day = Math.Sin(at.TimeOfDay.TotalDays * 2 * Math.PI);
        return kind switch
        {
            0 => Math.Round(values[home], 3),
            1 => Math.Round((at - Start).TotalMinutes * 0.004, 3),
            2 => Math.Round(21 + day + (home * 0.01), 1),
            3 => Math.Round(50 + (3 * day), 1),
            _ => 0,
        };
    }

    private static void Commission(RulesEngine engine)
    {
        for (var home = 0; home < Homes; home++)
        {
            var id = $"home-{home}";
            engine.Step(new Entry.Changed(Start, new SiteChange.SpaceDefined(new Space(id, SpaceKind.Unit, id))));
            for (var kind = 0; kind < Signals.Length; kind++)
            {
                var number = new PointNumber((home * Signals.Length) + kind + 1);
                engine.Step(new Entry.Changed(Start, new SiteChange.PointCommissioned(new Point(
                    number, "edge", $"d{number}", Signals[kind], id, null, TimeSpan.FromMinutes(1)))));
            }
        }
    }
}
