using Hub.Rules.Alarms;
using Hub.Rules.Engine;
using Hub.Rules.Packs;
using Hub.Rules.Readings;
using Hub.Rules.Site;

namespace Hub.Rules.Backtest;

/// <summary>
/// The rules in force and the same with one pack exchanged, side by side over the same entries: the live engine twice.
/// What the entries themselves activate is left out, or a journal would bring its own rules.
/// </summary>
/// <param name="inForce">The rules as they are.</param>
/// <param name="pack">The pack that is to take the place of the one of its id.</param>
/// <param name="terms">What is counted.</param>
public sealed class PackBacktest(RuleSet inForce, RulePack pack, BacktestTerms terms)
{
    private readonly BacktestSide _before = new(inForce, terms);
    private readonly BacktestSide _after = new(inForce.With(pack), terms);
    private long _firstTicks = long.MaxValue;
    private long _lastTicks;

    /// <summary>Readings taken so far.</summary>
    public long Readings { get; private set; }

    /// <summary>The newest reading's own time so far; null before the first.</summary>
    public DateTimeOffset? At => _lastTicks == 0 ? null : Instant(_lastTicks);

    public void Take(Entry entry)
    {
        if (entry is Entry.Changed { Change: SiteChange.RulesActivated })
        {
            return;
        }

        if (entry is Entry.Readings readings)
        {
            foreach (ref readonly var reading in readings.Items.Span)
            {
                Count(reading);
            }
        }

        _before.Take(entry);
        _after.Take(entry);
    }

    /// <summary>What has come of it.</summary>
    /// <param name="confirmed">Orders of which people have said what they were.</param>
    public BacktestReport Report(IReadOnlyList<ConfirmedCase> confirmed)
    {
        var from = Instant(Math.Max(_lastTicks == 0 ? 0 : _firstTicks, terms.From.UtcTicks));
        var to = Instant(Math.Max(from.UtcTicks, Math.Min(_lastTicks, terms.To.UtcTicks)));
        var days = (to - from).TotalDays;
        var cases = confirmed.Where(one => one.From >= from && one.From <= to && IsOfPack(one)).ToList();
        return new BacktestReport(
            pack.Id, inForce.Packs.GetValueOrDefault(pack.Id)?.Version ?? 0, pack.Version, from, to, Readings,
            _before.Tally(days), _after.Tally(days), Compare(days),
            cases.Count(one => one.IsReal),
            [.. cases.Where(one => one.IsReal && !IsFound(one)).Select(one => one.Order)],
            cases.Count(one => !one.IsReal),
            [.. cases.Where(one => !one.IsReal && IsFound(one)).Select(one => one.Order)],
            [.. Differences().OrderBy(one => one.At).Take(terms.DifferencesMax)]);
    }

    private List<RuleComparison> Compare(double days)
    {
        var before = _before.Rules.Rules.ToDictionary(bound => bound.Rule.Id, bound => bound.Rule);
        var after = _after.Rules.Rules.ToDictionary(bound => bound.Rule.Id, bound => bound.Rule);
        var own = pack.Rules.Concat(inForce.Packs.GetValueOrDefault(pack.Id)?.Rules ?? []).Select(rule => rule.Id);
        return
        [
            .. from id in before.Keys.Union(after.Keys).Order(StringComparer.Ordinal)
               let was = before.ContainsKey(id) ? _before.Tally(days, id) : null
               let willBe = after.ContainsKey(id) ? _after.Tally(days, id) : null
               where own.Contains(id) || was != willBe
               select new RuleComparison(id, (after.GetValueOrDefault(id) ?? before[id]).Detector, was, willBe),
        ];
    }

    private IEnumerable<BacktestDifference> Differences()
    {
        var before = _before.Raised.Where(one => one.IsOrder).Select(one => one.Raised).ToList();
        var after = _after.Raised.Where(one => one.IsOrder).Select(one => one.Raised).ToList();
        return after.ExceptBy(before.Select(Key), Key).Select(one => Of(one, isNew: true))
            .Concat(before.ExceptBy(after.Select(Key), Key).Select(one => Of(one, isNew: false)));

        static (string, string) Key(AlarmTransition.Raised one) => (one.RuleId, one.Id.Value);

        static BacktestDifference Of(AlarmTransition.Raised one, bool isNew) =>
            new(one.At, one.SpaceId, one.RuleId, isNew, one.Why);
    }

    private bool IsOfPack(ConfirmedCase one) => pack.Rules.Concat(inForce.Packs.GetValueOrDefault(pack.Id)?.Rules ?? [])
        .Any(rule => rule.Order?.Symptom == one.Symptom);

    /// <summary>Whether the rules to come raise something that would be that order.</summary>
    private bool IsFound(ConfirmedCase one) => _after.Raised.Exists(raised =>
        raised.Raised.SpaceId == one.SpaceId && raised.Raised.Order?.Symptom == one.Symptom
        && raised.Raised.At >= one.From - terms.Around && raised.Raised.At <= one.To + terms.Around);

    private void Count(in Reading reading)
    {
        Readings++;
        _firstTicks = Math.Min(_firstTicks, reading.AtTicks);
        _lastTicks = Math.Max(_lastTicks, reading.AtTicks);
    }

    private static DateTimeOffset Instant(long ticks) => new(ticks, TimeSpan.Zero);
}
