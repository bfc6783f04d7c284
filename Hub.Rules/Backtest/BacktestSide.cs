using Hub.Rules.Alarms;
using Hub.Rules.Engine;

namespace Hub.Rules.Backtest;

/// <summary>One of the two rule sets: its engine, and the orders that its alarms would have opened.</summary>
internal sealed class BacktestSide(RuleSet rules, BacktestTerms terms)
{
    private readonly RulesEngine _engine = new(rules);
    private readonly Dictionary<(string Space, string Symptom), OpenCase> _open = [];
    private readonly Dictionary<AlarmId, OpenCase> _cases = [];

    public RuleSet Rules => rules;

    /// <summary>Everything raised, with whether it opened an order of its own.</summary>
    public List<(AlarmTransition.Raised Raised, bool IsOrder)> Raised { get; } = [];

    public void Take(Entry entry)
    {
        foreach (var transition in _engine.Step(entry))
        {
            switch (transition)
            {
                case AlarmTransition.Raised raised:
                    Take(raised);
                    break;
                case AlarmTransition.Cleared or AlarmTransition.Withdrawn
                    when _cases.Remove(transition.Id, out var held):
                    held.Alarms.Remove(transition.Id);
                    break;
            }
        }
    }

    public RuleTally Tally(double days, string? ruleId = null)
    {
        var raised = Raised.Where(one => ruleId is null || one.Raised.RuleId == ruleId).ToList();
        var orders = raised.Where(one => one.IsOrder).Select(one => one.Raised.At).ToList();
        var nights = orders.Select(NightOf).OfType<DateOnly>().ToList();
        return new RuleTally(
            raised.Count, orders.Count, nights.Count, nights.Distinct().Count(),
            days <= 0 ? 0 : Math.Round(orders.Count / days, 3), orders.Count * terms.MinutesAnOrder);
    }

    private void Take(AlarmTransition.Raised raised)
    {
        var isOrder = false;
        if (raised.Order is { } order)
        {
            var matter = (raised.SpaceId, order.Symptom);
            if (_open.GetValueOrDefault(matter) is not { Alarms.Count: > 0 } held)
            {
                var joined = _open.Where(pair => pair.Key.Space == raised.SpaceId).Select(pair => pair.Value)
                    .FirstOrDefault(one => one.Alarms.Count > 0 && OneCase.Takes(raised, one.Kind, one.BegunAt));
                isOrder = joined is null;
                _open[matter] = held = joined ?? new OpenCase(order.Kind, raised.At, []);
            }

            // A press has no end of its own: what joins it is for the desk to say.
            if (raised.Detector != "K1" && held.Alarms.Add(raised.Id))
            {
                _cases[raised.Id] = held;
            }
        }

        if (raised.At >= terms.From && raised.At < terms.To)
        {
            Raised.Add((raised, isOrder));
        }
    }

    /// <summary>The evening that a night began on; null by day.</summary>
    private DateOnly? NightOf(DateTimeOffset at)
    {
        var local = TimeZoneInfo.ConvertTime(at, terms.Zone);
        var clock = TimeOnly.FromTimeSpan(local.TimeOfDay);
        return clock.IsBetween(terms.NightFrom, terms.NightTo)
            ? DateOnly.FromDateTime(local.DateTime.AddHours(-terms.NightTo.Hour))
            : null;
    }

    /// <summary>An order that would be open, on whichever symptoms, and what of it still fires.</summary>
    private sealed record OpenCase(string Kind, DateTimeOffset BegunAt, HashSet<AlarmId> Alarms);
}
