using Hub.Gateway.Storage;
using Hub.Gateway.Waiting;
using Hub.Gateway.WorkOrders;

namespace Hub.Gateway.Facilities;

/// <summary>Makes the orders of plans when they fall due, and tells the rules while maintenance is on.</summary>
public sealed class MaintenanceService(
    PlanBook plans, OrderDesk desk, IPremises premises, FacilityPolicy policy, TimeProvider time) : BackgroundService
{
    /// <summary>A plan is made in days and hours.</summary>
    private static readonly TimeSpan LookEvery = TimeSpan.FromMinutes(1);

    /// <summary>Brings the site's windows to what the open orders say.</summary>
    public async Task TellAsync(CancellationToken cancel)
    {
        var (open, site, now) = (desk.OpenOrders, premises.Current, time.GetUtcNow());
        foreach (var window in MaintenanceWindows.Missing(open, site, policy).Distinct().ToList())
        {
            await premises.PlanAsync(window, cancel);
        }

        foreach (var window in MaintenanceWindows.Over(open, site, policy, now).ToList())
        {
            await premises.WithdrawAsync(window, now, cancel);
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await desk.LoadAsync(stoppingToken);
        long? looked = null;
        while (true)
        {
            var change = desk.NextChange;
            await Patience.UntilDoneAsync(() => TellAsync(stoppingToken), stoppingToken);
            if (looked is null || time.GetElapsedTime(looked.Value) >= LookEvery)
            {
                looked = time.GetTimestamp();
                await Patience.UntilDoneAsync(() => plans.DoDueAsync(stoppingToken), stoppingToken);
            }

            await Pause.UntilAsync(change, LookEvery, time, stoppingToken);
        }
    }
}
