using Hub.Gateway.Rulebook;
using Hub.Gateway.Tests.WorkOrders;
using Hub.Gateway.WorkOrders;
using Hub.Rules.Alarms;

namespace Hub.Gateway.Tests.Rulebook;

public class ScorecardsTests
{
    [Fact]
    public void What_people_found_becomes_precision_time_to_detect_and_visits()
    {
        OrderOutcome[] orders =
        [
            Order("leak-pipe", detectMinutes: 30, thereFor: 20),
            Order("false-alarm", detectMinutes: 60, thereFor: 10),
            Order("leak-toilet", detectMinutes: 90, thereFor: null),
            Order("other", detectMinutes: 60, thereFor: null),
            Order(null, detectMinutes: 60, thereFor: null),
        ];

        var card = Assert.Single(Scorecards.Of(orders));

        Assert.Equal(("vacant-water", "W2", 5), (card.Rule, card.Detector, card.Orders));
        Assert.Equal((2, 1, 2, 0.667), (card.Real, card.False, card.Unknown, card.Precision!.Value));
        Assert.Equal(3600, card.DetectSeconds);
        Assert.Equal((2, 30), (card.Visits, card.VisitMinutes));
    }

    [Fact]
    public void Nobody_having_said_anything_is_no_precision_of_zero() =>
        Assert.Null(Assert.Single(Scorecards.Of([Order(null, 60, null)])).Precision);

    [Theory]
    [InlineData("use|e/w/water.volume|2026-11-03T09:00:00Z", true)]
    [InlineData("use|e/w/water.volume|2026-11-03T09:00:00Z|order", true)]
    [InlineData("summon|b1-lobby|press-1", false)]
    public void The_onset_stands_in_the_episodes_id(string id, bool hasOnset) =>
        Assert.Equal(hasOnset ? Some.T0 : null, Scorecards.OnsetOf(new AlarmId(id)));

    private static OrderOutcome Order(string? cause, double detectMinutes, double? thereFor)
    {
        var onset = Some.T0.AddMinutes(-detectMinutes);
        return new OrderOutcome(
            "2026-11-0001", "b1-e2-0301", "water", Some.T0, "vacant-water", "W2",
            new AlarmId($"vacant-water|e/w/water.volume|{onset:O}"), thereFor is null ? null : Some.At(10),
            thereFor is { } minutes ? Some.At(10 + minutes) : null, cause);
    }
}
