using Hub.Rules.Engine;
using Hub.Rules.Packs;

namespace Hub.Rules.Backtest;

/// <summary>The catalogue as it stands, one rule a detector, for when no pack is given.</summary>
public static class PlainRules
{
    private const double TwoHours = 7200;

    public static RuleSet Set { get; } = RuleSet.From(new RulePack("plain", 1,
    [
        Rule.Of("vacant-water-any", "W1"),
        Rule.Of("vacant-water-continuous", "W2", OccupancyScope.Vacant, ("lasting", TwoHours)),
        Rule.Of("water-continuous", "W2", OccupancyScope.Occupied),
        Rule.Of("water-burst", "W3"),
        Rule.Of("vacant-power-step", "E1"),
        Rule.Of("vacant-power-use", "E2"),
        Rule.Of("power-dead", "E3"),
        Rule.Of("power-left-on", "E4"),
        Rule.Of("impossible-value", "Q1"),
        Rule.Of("frozen-value", "Q2"),
        Rule.Of("meter-stuck", "M1"),
        Rule.Of("meter-reverse", "M2"),
        Rule.Of("vacant-door", "D1"),
        Rule.Of("intrusion", "X1"),
        Rule.Of("silent", "H1"),
        Rule.Of("summon", "K1"),
    ]));
}
