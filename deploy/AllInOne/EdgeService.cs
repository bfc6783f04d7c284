using Hub.Edge;

namespace Hub.AllInOne;

/// <summary>One edge in the hub's own process; its fault is the process's.</summary>
internal sealed class EdgeService(Func<CancellationToken, Task<EdgeHost>> open) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await using var edge = await open(stoppingToken);
        await edge.StartAsync(stoppingToken);
        await Task.WhenAny(edge.Completion, Task.Delay(Timeout.Infinite, stoppingToken));
        if (!stoppingToken.IsCancellationRequested)
        {
            await edge.Completion;
        }

        await edge.StopAsync(CancellationToken.None);
    }
}
