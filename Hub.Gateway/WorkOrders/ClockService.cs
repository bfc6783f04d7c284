using Hub.Gateway.Storage;
using Hub.Gateway.Waiting;

namespace Hub.Gateway.WorkOrders;

/// <summary>
/// Wakes at the next due instant and has the desk write down what time has brought: breaches, warnings, rungs of the
/// ladder. What fell due while the hub was down is written at the start, with the instant at which it fell due.
/// </summary>
public sealed class ClockService(OrderDesk desk, TimeProvider time) : BackgroundService
{
    /// <summary>
    /// Looks again after this at the latest: a clock that was set is noticed, and a timer can't be too long.
    /// </summary>
    private static readonly TimeSpan SleepMax = TimeSpan.FromMinutes(1);

    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        await desk.LoadAsync(cancellationToken);
        await base.StartAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (true)
        {
            var change = desk.NextChange;
            DateTimeOffset? next = null;
            await Patience.UntilDoneAsync(async () => next = await desk.ElapseAsync(stoppingToken), stoppingToken);
            var sleep = Sleep(next);
            if (sleep > TimeSpan.Zero)
            {
                await Pause.UntilAsync(change, sleep, time, stoppingToken);
            }
        }
    }

    private TimeSpan Sleep(DateTimeOffset? next)
    {
        if (next is not { } due)
        {
            return SleepMax;
        }

        // Rounded up, because a timer that fires early would find nothing due.
        var wait = TimeSpan.FromMilliseconds(Math.Ceiling((due - time.GetUtcNow()).TotalMilliseconds));
        return wait < SleepMax ? wait : SleepMax;
    }
}
