using Hub.Gateway.Storage;
using Microsoft.EntityFrameworkCore;

namespace Hub.Gateway.EdgeConfig;

/// <summary>
/// Keeps what the edges say of their configuration, so that after a restart of the hub one that is away is not unknown.
/// Written when it is something else: an edge says the same with each connection.
/// </summary>
internal sealed class ReportKeeper(ConfigBook book, IDbContextFactory<HubDb> databases) : BackgroundService
{
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        foreach (var row in await db.Set<ReportRow>().AsNoTracking().ToListAsync(cancellationToken))
        {
            book.Recall(
                row.Edge, row.Version, row.At is { } at ? new DateTimeOffset(at, TimeSpan.Zero) : null,
                row.Faults.Split('\n', StringSplitOptions.RemoveEmptyEntries), row.Number);
        }

        await base.StartAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (true)
        {
            var change = book.WhenChanged();
            if (book.TakeUnkept() is { Count: > 0 } reports)
            {
                await Patience.UntilDoneAsync(() => WriteAsync(reports, stoppingToken), stoppingToken);
            }

            await change.WaitAsync(stoppingToken);
        }
    }

    private async Task WriteAsync(IReadOnlyList<(string Edge, ConfigLook Look)> reports, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        foreach (var (edge, look) in reports)
        {
            var row = await db.Set<ReportRow>().FindAsync([edge], cancel)
                ?? db.Add(new ReportRow { Edge = edge }).Entity;
            (row.Version, row.At) = (look.Reported, look.ReportedAt?.UtcDateTime);
            (row.Faults, row.Number) = (string.Join('\n', look.Faults), look.Wanted?.Number ?? 0);
        }

        await db.SaveChangesAsync(cancel);
    }
}
