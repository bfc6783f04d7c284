namespace Hub.Gateway.Series;

/// <summary>Has full chunks rolled up, and old ones forgotten, from time to time.</summary>
internal sealed partial class HistoryUpkeep(
    HistoryKeeper keeper, SeriesDb db, HistoryOptions options, TimeProvider time, ILogger<HistoryUpkeep> logger)
    : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // By the machine's clock, not the site's, which the demo runs faster.
        using var timer = new PeriodicTimer(options.StoreEvery, options.Clock);
        var trimmedAt = time.GetUtcNow();
        var damaged = 0L;
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            while (await DiskPatience.DoAsync(keeper.RollUp, "rollups", options.Clock, logger, stoppingToken) > 0)
            {
                stoppingToken.ThrowIfCancellationRequested();
            }

            if (db.Damaged > damaged)
            {
                damaged = db.Damaged;
                ChunksDamaged(logger, damaged);
            }

            if (time.GetUtcNow() is var now && now - trimmedAt >= options.TrimEvery)
            {
                trimmedAt = now;
                await DiskPatience.DoAsync(
                    () =>
                    {
                        keeper.Trim(now);
                        return true;
                    },
                    "retention", options.Clock, logger, stoppingToken);
            }
        }
    }

    [LoggerMessage(
        3205, LogLevel.Error,
        "The history has parts that are not what was written; they were met {Times} times, and are shown as gaps.")]
    private static partial void ChunksDamaged(ILogger logger, long times);
}
