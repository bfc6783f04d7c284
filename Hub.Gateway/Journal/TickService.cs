using Hub.Rules.Engine;
using Hub.Transport.Log;

namespace Hub.Gateway.Journal;

/// <summary>Journals the passing of time. Nothing else moves time for those who follow the journal.</summary>
internal sealed class TickService(JournalLog journal, JournalOptions options, TimeProvider time) : BackgroundService
{
    /// <summary>How far back a tick is looked for; there is one in every ten seconds of rows.</summary>
    private const int RowsBackMax = 10_000;

    /// <summary>The hand where the last start left it: the clock may have been set back meanwhile.</summary>
    internal static SecondHand HandOf(JournalLog journal)
    {
        var oldest = Math.Max(journal.First.Value, journal.Tail.Value - RowsBackMax);
        for (var position = journal.Tail.Value; position >= oldest; position--)
        {
            var row = journal.Read(new LogPosition(position - 1), new LogPosition(position));
            if (row.SelectMany(each => each.Entries).OfType<Entry.Tick>().LastOrDefault() is { } tick)
            {
                return new SecondHand(tick.At);
            }
        }

        return new SecondHand(DateTimeOffset.MinValue);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(options.TickEvery, time);
        var hand = HandOf(journal);
        var since = time.GetTimestamp();
        do
        {
            var timestamp = time.GetTimestamp();
            var now = time.GetUtcNow();
            var at = hand.Next(now, time.GetElapsedTime(since, timestamp));
            journal.Behind = at - now;
            since = timestamp;
            await journal.AppendAsync(new Entry.Tick(at), stoppingToken);
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }
}
