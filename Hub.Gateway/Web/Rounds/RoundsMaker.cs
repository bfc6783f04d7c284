using Hub.Gateway.Inspections;
using Hub.Gateway.Units;
using Hub.Gateway.WorkOrders;

namespace Hub.Gateway.Web.Rounds;

/// <summary>Makes the rounds' pages out of the inspections, the findings and their orders.</summary>
public sealed class RoundsMaker(
    InspectionBook book, InspectionTeller teller, FindingDesk findings, UnitLedger ledger, OrderDesk desk)
{
    private const int RoundsMax = 12;

    public async Task<RoundsView> MakeAsync(string trouble, CancellationToken cancel)
    {
        await desk.LoadAsync(cancel);
        var open = desk.OpenOrders.Select(order => order.Id).ToHashSet();
        var rounds = await book.RoundsAsync(RoundsMax, cancel);
        var summaries = new List<RoundSummary>();
        var samples = new List<Inspection>();
        foreach (var round in rounds)
        {
            summaries.Add(await teller.SummaryAsync(round, cancel));
            samples.AddRange((await book.OfRoundAsync(round.Id, cancel))
                .Where(one => one is { IsSampled: true, Sample: null }));
        }

        return new RoundsView(
            summaries,
            [.. ledger.Site.Spaces.Values.Where(unit => unit.IsVacant && unit.Building.Length > 0)
                .Select(unit => unit.Building).Distinct().Order(StringComparer.Ordinal)],
            [.. (await findings.OpenAsync(cancel)).Select(finding => (
                finding, ledger.Site.Spaces.GetValueOrDefault(finding.Unit)?.Name ?? finding.Unit,
                finding.Order is { } order && !open.Contains(order)))],
            samples, trouble);
    }

    public async Task<RoundAnswer?> RoundAsync(string id, CancellationToken cancel) =>
        await book.FindRoundAsync(id, cancel) is { } round ? await teller.TellAsync(round, cancel) : null;
}
