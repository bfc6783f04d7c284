using Hub.Gateway.Inspections;

namespace Hub.Gateway.Tests.Inspections;

public class MeterTruthTests
{
    private static readonly DateTimeOffset At = new(2026, 11, 1, 4, 0, 0, TimeSpan.Zero);
    private static readonly MeterTruth First = new(1, "S-1", At, 812.4, 3.2);

    [Fact]
    public void From_the_first_reading_on_the_hub_knows_what_the_dial_shows()
    {
        Assert.Equal(815.2, First.DialAt(6.0, null)!.Value, 6);
        Assert.Null((First with { Ours = null }).DialAt(6.0, null));
    }

    [Fact]
    public void What_the_dial_rose_more_than_the_register_was_lost()
    {
        var loss = (First with { At = At.AddDays(30), Read = 822.4, Ours = 12.9 }).LossSince(First, null);

        Assert.Equal(0.3, loss!.Lost, 6);
        Assert.Equal(0.03, loss.Share, 6);
        Assert.True(loss.IsTooMuch(new InspectionPolicy()));
    }

    [Theory]
    [InlineData(822.4, 13.15, false)]
    [InlineData(812.4, 3.2, false)]
    [InlineData(812.4, 3.3, true)]
    public void A_little_is_no_loss_and_pulses_that_never_were_are_one(double read, double ours, bool isTooMuch)
    {
        var loss = (First with { At = At.AddDays(30), Read = read, Ours = ours }).LossSince(First, null);

        Assert.Equal(isTooMuch, loss!.IsTooMuch(new InspectionPolicy()));
    }

    [Fact]
    public void A_dial_that_has_passed_its_last_digit_has_lost_nothing_by_it()
    {
        var before = new MeterTruth(1, "S-1", At, 998, 998);
        var after = new MeterTruth(1, "S-1", At.AddDays(30), 3, 3);

        Assert.Equal(0, after.LossSince(before, 1_000)!.Lost, 6);
        Assert.Equal(3, before.DialAt(1_003, 1_000)!.Value, 6);
        Assert.Null(after.LossSince(before, null));
    }

    [Fact]
    public void Another_meter_begins_anew() =>
        Assert.Null((First with { Serial = "S-2", Read = 0.1 }).LossSince(First, null));

    [Fact]
    public void About_one_in_ten_is_looked_at_again_and_always_the_same_ones()
    {
        var chosen = Enumerable.Range(0, 2_000).Count(i => Sampling.IsChosen($"i-{i}", At.AddSeconds(i), 10));

        Assert.InRange(chosen, 150, 250);
        Assert.Equal(Sampling.IsChosen("i-1", At, 10), Sampling.IsChosen("i-1", At, 10));
    }
}
