using Hub.Rules.Engine;

namespace Hub.Gateway.Journal;

/// <summary>Journals the passing of time. Nothing else moves time for those who follow the journal.</summary>
internal sealed class TickService(JournalLog journal, JournalOptions options, TimeProvider time) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(options.TickEvery, time);
        var hand = new SecondHand(DateTimeOffset.MinValue);
        var since = time.GetTimestamp();
        do
        {
            var timestamp = time.GetTimestamp();
            var at = hand.Next(time.GetUtcNow(), time.GetElapsedTime(since, timestamp));
            since = timestamp;
            await journal.AppendAsync(new Entry.Tick(at), stoppingToken);
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }
}
