using Hub.Gateway.Ingest;
using Hub.Gateway.Journal;
using Hub.Gateway.Site;
using Hub.Gateway.Storage;
using Hub.Rules.Engine;
using Hub.Rules.Readings;
using Hub.Rules.Site;

namespace Hub.Gateway.Health;

/// <summary>
/// Writes the hub's own readings into its journal, where the rules find them like anybody's. They are the hub's own
/// entries: they are kept when devices wait for room on the disk.
/// </summary>
internal sealed class HealthReporter(
    JournalLog journal, JournalOptions limits, DatabaseBook databases, IngestService ingest, SiteBook site,
    HubOptions options, HealthOptions health, TimeProvider time) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(health.Every, time);
        do
        {
            await ReportAsync(stoppingToken);
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    internal async Task ReportAsync(CancellationToken cancel)
    {
        var now = time.GetUtcNow();
        var readings = new List<Reading>();
        foreach (var (signal, value) in Look().Readings())
        {
            readings.Add(new Reading(await PointAsync(signal, cancel), now.UtcTicks, value, Quality.Good));
        }

        await journal.AppendAsync(new Entry.Readings(IngestService.OwnId, "", 0, now, readings.ToArray()), cancel);
    }

    internal HubCondition Look() => new()
    {
        KeptBytes = new DirectoryInfo(options.DataFolder).EnumerateFiles().Sum(file => file.Length),
        FreeBytes = journal.Room.FreeBytes,
        ReserveBytes = limits.HoldBelowBytes,
        IsHeld = journal.Room.IsHeld,
        IsDamaged = journal.IsDamaged || databases.IsDamaged,
        LagRows = journal.Followers.Select(follower => follower.Lag).DefaultIfEmpty().Max(),
        EventsLost = ingest.Count(0).SetAsideDropped,
        Behind = journal.Behind,
    };

    /// <summary>A point that nobody has put anywhere is at a space of the hub's own.</summary>
    private async ValueTask<PointNumber> PointAsync(string signal, CancellationToken cancel)
    {
        const string hub = IngestService.OwnId;
        var id = Point.IdOf(hub, hub, signal);
        if (site.Current.Find(id) is null)
        {
            await site.CommissionAsync(edge: hub, device: hub, signal, spaceId: hub, cancel);
        }

        return site.Current.Find(id)!.Number;
    }
}
