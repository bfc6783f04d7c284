using System.Diagnostics;

namespace Hub.Bench;

/// <summary>
/// So many messages a second of all clients together, whatever has been answered: the clients take turns, and each sends
/// a window at once, as an outbox does. So the load has the shape of one that keeps its windows full, and another pace.
/// </summary>
internal static class LoadPace
{
    private static readonly TimeSpan Turn = TimeSpan.FromMilliseconds(1);

    public static async Task RunAsync(
        List<LoadClient> clients, LoadOptions options, LoadPhase phase, CancellationToken cancel)
    {
        using var turns = new PeriodicTimer(Turn);
        var watch = Stopwatch.StartNew();
        for (var (sent, next) = (0L, 0); !phase.IsOver;)
        {
            await turns.WaitForNextTickAsync(cancel);
            var now = Stopwatch.GetTimestamp();
            var due = (long)(watch.Elapsed.TotalSeconds * options.PerSecond);
            for (; sent + options.Window <= due; sent += options.Window, next = (next + 1) % clients.Count)
            {
                if (clients[next].HasRoom)
                {
                    await clients[next].SendAsync(options.Window, now, cancel);
                }
            }
        }

        // Each reader sits and waits for an answer; that of one more message tells it that all is over.
        foreach (var client in clients)
        {
            await client.SendAsync(1, Stopwatch.GetTimestamp(), cancel);
        }
    }
}
