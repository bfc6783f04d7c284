namespace Hub.Gateway.Storage;

/// <summary>
/// Has every page of the databases read from time to time: what has gone wrong on the disk is found while a backup
/// still has it.
/// </summary>
internal sealed class DatabaseInspector(DatabaseBook book, HubOptions options, StorageOptions limits)
    : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(limits.CheckEvery, limits.HousekeepingTime);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            await Task.Run(Inspect, stoppingToken);
        }
    }

    internal void Inspect()
    {
        foreach (var file in (string[])(options.Postgres is null ? ["hub.db", "series.db"] : ["series.db"]))
        {
            book.Check(Path.Combine(options.DataFolder, file));
        }
    }
}
