using Hub.Rules.Detectors;
using Hub.Rules.Packs;
using Hub.Rules.Readings;

namespace Hub.Rules.Tests.Detectors;

/// <summary>What detectors of gauges and motors keep is whole in a checkpoint, and a reading costs no allocation.</summary>
public class DetectorStateTests
{
    public static readonly TheoryData<string, string> Detectors = new()
    {
        { "C1", Signal.Humidity },
        { "C2", Signal.Temperature },
        { "C3", Signal.Temperature },
        { "Q1", Signal.Temperature },
        { "Q2", Signal.Temperature },
        { "F1", Signal.FacilityTemperature },
        { "F2", Signal.FacilityRun },
        { "F3", Signal.FacilityTemperature },
        { "F4", Signal.FacilityRun },
    };

    [Theory]
    [MemberData(nameof(Detectors))]
    public void A_checkpoint_every_hundred_readings_changes_no_verdict(string code, string signal)
    {
        var (whole, inParts) = (Make(code, signal), Make(code, signal));
        var verdicts = new List<Verdict>();
        var restored = new List<Verdict>();
        var readings = 0;
        foreach (var sample in SixWeeks(signal))
        {
            verdicts.Add(Take(whole, sample));
            inParts = ++readings % 100 == 0 ? Restored(inParts, code, signal) : inParts;
            restored.Add(Take(inParts, sample));
        }

        Assert.Equal(verdicts, restored);
        Assert.Contains(verdicts, verdict => verdict.Truth == Truth.True);
        Assert.Contains(verdicts, verdict => verdict.Truth == Truth.False);
    }

    [Theory]
    [MemberData(nameof(Detectors))]
    public void A_reading_costs_no_allocation(string code, string signal)
    {
        var samples = SixWeeks(signal).ToArray();

        // The runtime itself allocates a little on this thread now and then; a reading that does, does so every time.
        Assert.Contains(Enumerable.Range(0, 3), _ => Weigh(Make(code, signal), samples) <= 1_000);
    }

    private static long Weigh(Detector detector, Sample[] samples)
    {
        Take(detector, samples[0]);
        Take(detector, samples[1]);
        var before = GC.GetAllocatedBytesForCurrentThread();
        foreach (var sample in samples.AsSpan(2))
        {
            Take(detector, sample);
        }

        return GC.GetAllocatedBytesForCurrentThread() - before;
    }

    private static Verdict Take(Detector detector, in Sample sample)
    {
        var verdict = detector.Take(sample);
        if (verdict.Truth != Truth.Unknown)
        {
            detector.OnFiring(verdict.Truth == Truth.True);
        }

        return verdict;
    }

    private static Detector Make(string code, string signal) => DetectorMaking.Make(
        Rule.Of(code, code, null, code switch
        {
            "F1" => [("high", 30), ("deadband", 1)],
            "F4" => [("hours", 360_000)],
            _ => [],
        }), signal)!;

    private static Detector Restored(Detector detector, string code, string signal)
    {
        var saving = StateCodec.Saving([]);
        detector.Persist(saving);
        var loading = StateCodec.Loading(saving.Detach([]));
        var restored = Make(code, signal);
        restored.Persist(loading);
        Assert.True(loading.IsAtEnd);
        return restored;
    }

    /// <summary>Days and nights every half hour with noise, gaps, wild values, a hot spell, a cold one, a damp one.</summary>
    private static IEnumerable<Sample> SixWeeks(string signal)
    {
        var random = new Random(5);
        var before = 0L;
        var start = new DateTimeOffset(2026, 1, 5, 0, 0, 0, TimeSpan.Zero).UtcTicks;
        for (var i = 1; i < 42 * 48; i++)
        {
            var at = start + (i * TimeSpan.TicksPerHour / 2);
            if (random.Next(100) == 0)
            {
                continue;
            }

            var (day, hour) = (i / 48, i % 48 / 2);
            yield return new Sample
            {
                At = at,
                From = before,
                Value = signal switch
                {
                    Signal.FacilityRun => day is 20 ? i & 1 : day is > 21 and < 40 ? 1 : 0,
                    Signal.Humidity => (day is 30 or 31 ? 85 : 50) + random.NextDouble(),
                    _ => day is 38 or 39 ? 15
                        : (day is 35 ? 33 : hour is > 7 and < 18 ? 21 : 19) + random.NextDouble()
                            + (random.Next(150) == 0 ? 30 : 0),
                },
                Delta = double.NaN,
                Step = RegisterStep.Advanced,
                Usual = TimeSpan.TicksPerHour / 2,
            };
            before = at;
        }
    }
}
