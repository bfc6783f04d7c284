using Hub.Gateway.Units;
using Hub.Rules.Readings;
using Hub.Rules.Site;

namespace Hub.Gateway.Inspections;

/// <summary>Puts rounds and inspections into words for programs and pages.</summary>
public sealed class InspectionTeller(
    UnitLedger ledger, InspectionBook book, LastInspections last, FindingDesk findings, DialBook dials,
    TimeProvider time)
{
    public async Task<RoundSummary> SummaryAsync(Round round, CancellationToken cancel)
    {
        var done = (await book.OfRoundAsync(round.Id, cancel)).Select(one => one.Report.Unit).ToHashSet();
        return new RoundSummary(round.Id, round.BegunAt, round.By, round.Stops.Count, round.Stops.Count(done.Contains));
    }

    /// <summary>A round with its units as they stand; a unit that is gone from the site is left out.</summary>
    public async Task<RoundAnswer> TellAsync(Round round, CancellationToken cancel)
    {
        var inspected = await last.ByUnitAsync(cancel);
        var come = (await book.OfRoundAsync(round.Id, cancel)).ToLookup(one => one.Report.Unit, one => one.Id);
        var points = ledger.Site.Points.Values.ToLookup(point => point.SpaceId);
        var stops = new List<StopAnswer>();
        foreach (var unit in round.Stops.Select(id => ledger.Site.Spaces.GetValueOrDefault(id)).OfType<Space>())
        {
            stops.Add(new StopAnswer(
                unit.Id, unit.Name, unit.Entrance, unit.Floor, UnitWords.Of(unit.Occupancy),
                inspected.TryGetValue(unit.Id, out var at) ? at : null,
                await RegistersAsync(points[unit.Id], cancel), [.. come[unit.Id]]));
        }

        return new RoundAnswer(
            await SummaryAsync(round, cancel), Checklist.Items, Checklist.Categories, stops);
    }

    public async Task<InspectionAnswer> TellAsync(Inspection inspection, CancellationToken cancel) => new(
        inspection.Id, inspection.By, inspection.NotedAt, inspection.Report, inspection.IsPassed, inspection.IsSampled,
        inspection.Sample,
        [
            .. inspection.Report.Photos.Select(photo =>
                new PhotoStanding(photo.Sha256, photo.Bytes, book.Offset(photo), photo.Item)),
        ],
        await findings.OfAsync(inspection.Id, cancel));

    /// <summary>The meters of a unit, each with what its dial should show now.</summary>
    public async Task<IReadOnlyList<RegisterAnswer>> RegistersAsync(
        IEnumerable<Point> points, CancellationToken cancel)
    {
        var registers = new List<RegisterAnswer>();
        foreach (var point in points.OrderBy(point => point.Number.Value))
        {
            if (Signal.Of(point.Signal) is { Kind: SignalKind.Register } signal)
            {
                var now = time.GetUtcNow();
                registers.Add(new RegisterAnswer(
                    point.Number.Value, point.Signal, signal.Unit, point.Meter?.Serial ?? "",
                    await dials.DialAtAsync(point, now, cancel) ?? dials.RegisterAt(point.Number, now)));
            }
        }

        return registers;
    }
}
