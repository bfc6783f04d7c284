using Hub.Gateway.Ingest;
using Hub.Gateway.Journal;
using Hub.Gateway.Site;
using Hub.Gateway.Storage;
using Hub.Rules.Engine;
using Hub.Rules.Readings;
using Hub.Testing;
using Hub.Transport.Log;
using Microsoft.AspNetCore.Builder;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Hub.Gateway.Tests.Ingest;

public sealed class WatermarkKeeperTests : IDisposable
{
    private const int PageBytes = 4096;

    private readonly TempFolder _folder = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        _folder.Dispose();
    }

    [Fact]
    public async Task What_was_in_rows_that_damage_has_taken_is_a_gap_and_not_seen_any_more()
    {
        await using (var hub = await OpenAsync())
        {
            // The first rows were trimmed in their time: what was in them is nobody's loss.
            for (var row = 3; row < 40; row++)
            {
                var readings = Enumerable.Repeat(new Reading(new PointNumber(1), 1, Math.PI), 300).ToArray();
                var pack = new Entry.Readings("edge-b1", "7", 1 + (row * 300), DateTimeOffset.UnixEpoch, readings);
                await hub.GetRequiredService<JournalLog>().AppendAsync(pack, Cancel);
            }

            await KeeperOf(hub).RestoreAsync(Cancel);
            var gap = Assert.Single(hub.GetRequiredService<LossLedger>().Gaps());
            Assert.Equal((1L, 900L), (gap.From, gap.To));
        }

        using (var file = File.OpenHandle(_folder["journal.db"], FileMode.Open, FileAccess.Write))
        {
            RandomAccess.Write(file, Enumerable.Repeat((byte)0xFF, 4 * PageBytes).ToArray(), 20 * PageBytes);
        }

        await using var again = await OpenAsync();
        await KeeperOf(again).RestoreAsync(Cancel);

        var lost = Assert.Single(again.GetRequiredService<LossLedger>().Gaps());
        var recovery = again.GetRequiredService<JournalLog>().Recovery!;
        Assert.True(recovery.RowsLost > 0);
        Assert.Equal(recovery.RowsLost * 300, lost.Missing);
        Assert.InRange(lost.From, 901, 39 * 300);
        Assert.Equal(lost.Missing, again.GetRequiredService<IngestService>().Count(0).Missing);
    }

    private static WatermarkKeeper KeeperOf(ServiceProvider hub) => ActivatorUtilities.CreateInstance<WatermarkKeeper>(hub);

    private async Task<ServiceProvider> OpenAsync()
    {
        var options = new HubOptions { DataFolder = _folder.Path };
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton(options);
        builder.Services.AddSingleton<TimeProvider>(new ManualTime());
        builder.AddStorage(options).AddJournal(options, new JournalOptions { Log = new DurableLogOptions() }).AddSite().AddIngest();
        var services = builder.Services.BuildServiceProvider();
        await using var db = await services.GetRequiredService<IDbContextFactory<HubDb>>().CreateDbContextAsync(Cancel);
        StorageSetup.CreateTables(db);
        return services;
    }
}
