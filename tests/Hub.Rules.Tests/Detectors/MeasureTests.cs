using Hub.Rules.Detectors;
using Hub.Rules.Packs;
using Hub.Rules.Readings;

namespace Hub.Rules.Tests.Detectors;

public class MeasureTests
{
    private static readonly long Start = new DateTime(2026, 5, 4, 0, 0, 0, DateTimeKind.Utc).Ticks;

    [Fact]
    public void Litres_used_are_told_against_the_litres_allowed()
    {
        var (detector, last) = Taken("W1", 1, 0.002);

        Assert.Equal(new Measure(2, 3, "L"), detector.Now(last));
    }

    [Fact]
    public void Of_two_runs_the_one_nearer_to_its_limit_is_told()
    {
        // 70 L/h for five hours are a fifth of a day's leak, and five sixths of a running toilet.
        var (detector, last) = Taken("W2", 5, 0.07);

        Assert.Equal(new Measure(5 * 3600, 6 * 3600, "s"), detector.Now(last));
    }

    [Fact]
    public void What_is_still_being_learnt_says_how_much_of_it_there_is()
    {
        var (detector, last) = Taken("M1", 24, 0.01);

        Assert.Equal(new Measure(23 * 3600, 14 * 86400, "s", IsLearning: true), detector.Now(last));
    }

    [Fact]
    public void A_standstill_is_told_as_the_time_it_has_lasted()
    {
        var (detector, last) = Taken("E3", 24 * 4, 0.1, standsFor: 3);

        Assert.Equal(new Measure(3 * 3600, 4 * 3600, "s"), detector.Now(last));
    }

    [Fact]
    public void A_value_that_repeats_is_as_far_as_the_slower_of_time_and_count()
    {
        var (detector, last) = Taken("Q2", 6, 0.1);

        Assert.Equal(new Measure(5 * 3600, 12 * 3600, "s"), detector.Now(last));
    }

    private static (Detector Detector, Sample Last) Taken(string code, int hours, double delta, int standsFor = 0)
    {
        var detector = DetectorMaking.Make(Rule.Of("r", code), code[0] == 'W' || code == "M1" ? "water.volume" : "electric.energy")!;
        var last = default(Sample);
        for (var hour = 0; hour < hours + standsFor; hour++)
        {
            last = new Sample
            {
                From = Start + (hour * TimeSpan.TicksPerHour),
                At = Start + ((hour + 1) * TimeSpan.TicksPerHour),
                Value = 1,
                Delta = hour < hours ? delta : 0,
                Step = RegisterStep.Advanced,
                Usual = TimeSpan.TicksPerHour,
                Resolution = 0.001,
                RateMax = 5,
                IsVacant = true,
                VacantSince = 1,
            };
            detector.Take(last);
        }

        return (detector, last);
    }
}
