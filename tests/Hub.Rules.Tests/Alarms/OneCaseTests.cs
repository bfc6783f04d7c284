using Hub.Rules.Alarms;
using Hub.Rules.Engine;
using Hub.Rules.Tests.Engine;

namespace Hub.Rules.Tests.Alarms;

public class OneCaseTests
{
    private static readonly DateTimeOffset Begun = RandomDay.Start.AddHours(9);

    [Theory]
    [InlineData("leak", "intrusion", 60, true)]
    [InlineData("electricity", "leak", -60, true)]
    [InlineData("leak", "intrusion", 61, false)]
    [InlineData("leak", "intrusion", -61, false)]
    [InlineData("inspection", "intrusion", 0, false)]
    [InlineData("leak", "device", 0, false)]
    [InlineData("facility", "facility", 0, false)]
    [InlineData("summon", "intrusion", 0, false)]
    public void An_alarm_joins_a_case_of_its_kinds_within_an_hour(string kind, string ofCase, int minutes, bool joins)
    {
        var raised = Raised().First(one => one.IsVacant) with
        {
            At = Begun.AddMinutes(minutes),
            Order = new OrderRequest(kind, "any", OrderPriority.Normal, "butler"),
        };

        Assert.Equal(joins, OneCase.Takes(raised, ofCase, Begun));
        Assert.False(OneCase.Takes(raised with { IsVacant = false }, ofCase, Begun));
        Assert.False(OneCase.Takes(raised with { Order = null }, ofCase, Begun));
    }

    [Fact]
    public void An_alarm_knows_whether_anybody_lived_where_it_was_raised()
    {
        var raised = Raised();

        Assert.Equal(
            [("empty", true), ("lived", false)],
            raised.Where(one => one.Device != "edge" && one.SpaceId is "empty" or "lived")
                .Select(one => (one.SpaceId, one.IsVacant)).Distinct().Order());
    }

    private static List<AlarmTransition.Raised> Raised()
    {
        var engine = new RulesEngine(RandomDay.Rules);
        var entries = RandomDay.Site().Concat(new RandomDay(1).Arriving(reading => reading.AtTicks));
        return [.. entries.SelectMany(engine.Step).OfType<AlarmTransition.Raised>()];
    }
}
