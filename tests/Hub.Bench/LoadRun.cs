using System.Diagnostics;

namespace Hub.Bench;

/// <summary>All clients against one port.</summary>
internal static class LoadRun
{
    private static readonly TimeSpan PatienceMax = TimeSpan.FromMinutes(2);

    public static async Task<LoadResult> RunAsync(string name, int port, LoadOptions options)
    {
        using var patience = new CancellationTokenSource(PatienceMax);
        var clients = Enumerable.Range(options.FirstNumber, options.Clients).Select(number => new LoadClient(number, options)).ToList();
        try
        {
            await Task.WhenAll(clients.Select(client => client.ConnectAsync(port, patience.Token)));
            var phase = new LoadPhase();
            var tasks = clients.Select(client => Task.Run(() => client.RunAsync(phase, patience.Token))).ToList();
            if (options.PerSecond > 0)
            {
                tasks.Add(Task.Run(() => LoadPace.RunAsync(clients, options, phase, patience.Token)));
            }

            var running = Task.WhenAll(tasks);
            await Task.WhenAny(running, Task.Delay(options.WarmUp, patience.Token));
            var watch = Stopwatch.StartNew();
            phase.IsMeasuring = true;
            await Task.WhenAny(running, Task.Delay(options.For, patience.Token));
            phase.IsMeasuring = false;
            var took = watch.Elapsed;
            phase.IsOver = true;
            await running;
            return ResultOf(name, clients, took);
        }
        finally
        {
            clients.ForEach(client => client.Dispose());
        }
    }

    private static LoadResult ResultOf(string name, List<LoadClient> clients, TimeSpan took)
    {
        var latencies = new long[clients[0].Latencies.Length];
        foreach (var client in clients)
        {
            for (var i = 0; i < latencies.Length; i++)
            {
                latencies[i] += client.Latencies[i];
            }
        }

        return new LoadResult(
            name, clients.Sum(client => client.Measured), took, Percentile(latencies, 0.5), Percentile(latencies, 0.99));
    }

    private static double Percentile(long[] latencies, double share)
    {
        var rank = (long)Math.Ceiling(latencies.Sum() * share);
        var step = 0;
        for (var seen = latencies[0]; seen < rank; seen += latencies[step])
        {
            step++;
        }

        return LoadClient.MillisecondsOf(step);
    }
}
