using Hub.Rules.Engine;

namespace Hub.Rules.Tests.Engine;

/// <summary>Transitions are a function of what happened, not of how the news of it travelled.</summary>
public class FoldTests
{
    public static readonly TheoryData<int> Seeds = [.. Enumerable.Range(1, 12)];

    [Fact]
    public void The_random_days_have_something_to_find()
    {
        var found = Enumerable.Range(1, 12).SelectMany(seed => RandomDay.Run(InTime(new RandomDay(seed)))).ToList();

        var detectors = new[]
        {
            " W1 ", " W2 ", " E2 ", " D1 ", " D2 ", " X1 ", " H1 ", " H2 ", " W5 ", " K1 ", " C2 ", " C3 ", " F2 ",
        };
        Assert.All(
            detectors, detector => Assert.Contains(found, line => line.Contains(detector, StringComparison.Ordinal)));
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Shuffling_within_the_lateness_bound_changes_nothing(int seed)
    {
        var day = new RandomDay(seed);
        var random = new Random(seed);
        var delayed = day.Arriving(reading =>
            reading.AtTicks + (long)(random.NextDouble() * 119 * TimeSpan.TicksPerSecond));

        Assert.Equal(Sorted(RandomDay.Run(InTime(day))), Sorted(RandomDay.Run(delayed)));
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Duplicates_change_nothing(int seed)
    {
        var day = new RandomDay(seed);
        var once = InTime(day).ToList();
        var random = new Random(seed);
        var twice = once.SelectMany(entry => entry is Entry.Readings && random.Next(3) == 0 ? [entry, entry] : new[] { entry });

        Assert.Equal(RandomDay.Run(once), RandomDay.Run(twice));
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(double.NegativeInfinity)]
    public void What_is_no_number_reaches_no_detector(double nothing)
    {
        var clean = InTime(new RandomDay(1)).ToList();
        var mixed = clean.SelectMany(entry => entry is Entry.Readings readings
            ? [readings with { Items = readings.Items.ToArray().Select(item => item with { Value = nothing }).ToArray() }, entry]
            : new[] { entry });

        Assert.Equal(
            RandomDay.Run(clean).Where(line => !line.Contains(" K1 ", StringComparison.Ordinal)),
            RandomDay.Run(mixed).Where(line => !line.Contains(" K1 ", StringComparison.Ordinal)));
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void How_readings_are_packed_changes_nothing(int seed)
    {
        var day = new RandomDay(seed);

        Assert.Equal(
            Sorted(RandomDay.Run(InTime(day))),
            Sorted(RandomDay.Run(day.Arriving(reading => reading.AtTicks, random => random.Next(1, 40)))));
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void A_checkpoint_anywhere_changes_nothing(int seed)
    {
        var entries = RandomDay.Site().Concat(InTime(new RandomDay(seed))).ToList();
        var whole = RandomDay.Run(new RulesEngine(RandomDay.Rules), entries);
        var random = new Random(seed);
        var engine = new RulesEngine(RandomDay.Rules);
        var inParts = new List<string>();
        for (var i = 0; i < entries.Count;)
        {
            var part = random.Next(1, 900);
            inParts.AddRange(RandomDay.Run(engine, entries.Skip(i).Take(part)));
            engine = Restored(engine);
            i += part;
        }

        Assert.Equal(whole, inParts);
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void A_snapshot_is_the_state_at_its_beginning_however_long_it_takes(int seed)
    {
        var day = new RandomDay(seed);
        var random = new Random(seed);
        var entries = RandomDay.Site().Concat(day.Arriving(reading =>
            reading.AtTicks + (long)(random.NextDouble() * 200 * TimeSpan.TicksPerSecond))).ToList();
        var begin = random.Next(5, entries.Count - 2000);
        var engine = new RulesEngine(RandomDay.Rules);
        RandomDay.Run(engine, entries.Take(begin));
        var snapshot = engine.BeginSnapshot();
        var whole = new List<string>();
        foreach (var entry in entries.Skip(begin))
        {
            // Rarely a piece: most of it is written because it is about to change.
            snapshot.Advance(random.Next(30) == 0 ? 1 : 0);
            whole.AddRange(RandomDay.Run(engine, [entry]));
        }

        Assert.True(snapshot.IsComplete);
        Assert.Equal(whole, RandomDay.Run(RulesEngine.Load(snapshot.Parts, RandomDay.Rules), entries.Skip(begin)));
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void A_day_that_arrives_at_once_is_judged_as_if_it_had_come_in_time(int seed)
    {
        var day = new RandomDay(seed);
        var outage = (From: RandomDay.Start.AddHours(20).UtcTicks, To: RandomDay.Start.AddHours(44).UtcTicks);

        // The edge is offline for 24 h; then everything comes within four minutes, in order, ticks in between; what is
        // said meanwhile queues behind it.
        var late = day.Arriving(reading => reading.AtTicks > outage.From && reading.AtTicks < outage.To
            ? outage.To + ((reading.AtTicks - outage.From) / 360)
            : reading.AtTicks >= outage.To
                ? Math.Max(reading.AtTicks, outage.To + (4 * TimeSpan.TicksPerMinute) + ((reading.AtTicks - outage.To) / 99))
                : reading.AtTicks);
        var cut = new DateTimeOffset(outage.From, TimeSpan.Zero).AddMinutes(1);
        var withPresence = late.SelectMany(entry => entry switch
        {
            Entry.Tick tick when tick.At == cut => [new Entry.Presence("edge", false, tick.At), entry],
            Entry.Tick tick when tick.At.UtcTicks == outage.To => [new Entry.Presence("edge", true, tick.At), entry],
            _ => new[] { entry },
        });

        // Silence is about the hub's own knowledge: the edge was silent, and its points are not blamed for it.
        var inTime = Sorted(RandomDay.Run(InTime(day)).Where(NotSilence));
        var atOnce = RandomDay.Run(withPresence);
        var judged = Sorted(atOnce.Where(NotSilence));
        Assert.Equal(string.Join('\n', inTime.Except(judged)), string.Join('\n', judged.Except(inTime)));
        Assert.Equal(inTime, judged);
        var blamed = atOnce.Where(line => line.Contains(" Raised ", StringComparison.Ordinal) && !NotSilence(line));
        Assert.All(blamed, line => Assert.True(
            line.Contains("device-silent|edge|", StringComparison.Ordinal)
            || line.Contains("climate.temperature|2026-05-04T16:30", StringComparison.Ordinal), line));
    }

    private static bool NotSilence(string line) => !line.Contains(" H1 ", StringComparison.Ordinal);

    private static IEnumerable<Entry> InTime(RandomDay day) => day.Arriving(reading => reading.AtTicks);

    private static List<string> Sorted(IEnumerable<string> lines) => [.. lines.Order(StringComparer.Ordinal)];

    private static RulesEngine Restored(RulesEngine engine)
    {
        var snapshot = engine.BeginSnapshot();
        Assert.True(snapshot.Advance(int.MaxValue));
        return RulesEngine.Load(snapshot.Parts, RandomDay.Rules);
    }
}
