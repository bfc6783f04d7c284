namespace Hub.Gateway.Journal;

/// <summary>Trims the journal from time to time.</summary>
internal sealed class JournalKeeper(JournalLog journal, JournalOptions options) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(options.TrimEvery, options.HousekeepingTime);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            journal.Trim();
        }
    }
}
