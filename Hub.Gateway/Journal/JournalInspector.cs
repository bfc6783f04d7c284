using Hub.Transport.Log;

namespace Hub.Gateway.Journal;

/// <summary>
/// Reads every row of the journal again from time to time, slowly, and checks it: a bit that has turned over is found
/// while a backup still has it. Damaged rows stay where they are, for readers pass them over.
/// </summary>
internal sealed class JournalInspector(JournalLog journal, JournalOptions options) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(options.CheckEvery, options.HousekeepingTime);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            await InspectAsync(stoppingToken);
        }
    }

    public async Task InspectAsync(CancellationToken stopping)
    {
        var check = new JournalCheck();
        var (at, tail, pause) = (journal.First, journal.Tail, 0L);
        at = new LogPosition(at.Value - 1);
        while (journal.ReadRow(at, check) is { } next && next <= tail)
        {
            at = next;
            if (check.Bytes - pause >= options.CheckBytesPerSecondMax)
            {
                pause = check.Bytes;
                await Task.Delay(TimeSpan.FromSeconds(1), options.HousekeepingTime, stopping);
            }
        }

        journal.NoteChecked(check);
    }
}
