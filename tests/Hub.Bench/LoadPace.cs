using System.Diagnostics;

namespace Hub.Bench;

/// <summary>
/// So many messages a second of all clients together, whatever has been answered: each turn of a millisecond sends what has
/// come due, spread over the clients.
/// </summary>
internal static class LoadPace
{
    private static readonly TimeSpan Turn = TimeSpan.FromMilliseconds(1);

    public static async Task RunAsync(List<LoadClient> clients, int perSecond, LoadPhase phase, CancellationToken cancel)
    {
        using var turns = new PeriodicTimer(Turn);
        var watch = Stopwatch.StartNew();
        var (sent, next) = (0L, 0);
        while (!phase.IsOver)
        {
            await turns.WaitForNextTickAsync(cancel);
            var now = Stopwatch.GetTimestamp();
            var due = (long)(watch.Elapsed.TotalSeconds * perSecond);
            var share = (int)((due - sent + clients.Count - 1) / clients.Count);
            for (; sent < due; next = (next + 1) % clients.Count)
            {
                var count = (int)Math.Min(share, due - sent);
                await clients[next].SendAsync(count, now, cancel);
                sent += count;
            }
        }

        // Each reader sits and waits for an answer; that of one more message tells it that all is over.
        foreach (var client in clients)
        {
            await client.SendAsync(1, Stopwatch.GetTimestamp(), cancel);
        }
    }
}
