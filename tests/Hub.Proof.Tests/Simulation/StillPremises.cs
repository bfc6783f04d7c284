using Hub.Gateway.WorkOrders;
using Hub.Rules.Site;

namespace Hub.Proof.Tests.Simulation;

/// <summary>A site that nothing is asked of.</summary>
internal sealed class StillPremises : IPremises
{
    public SiteSnapshot Current => SiteSnapshot.Empty;

    public TimeZoneInfo Zone => TimeZoneInfo.Utc;

    public string Hotline => "";

    public ValueTask PlanAsync(PlannedWindow window, CancellationToken cancel) => ValueTask.CompletedTask;

    public ValueTask WithdrawAsync(PlannedWindow window, DateTimeOffset at, CancellationToken cancel) =>
        ValueTask.CompletedTask;
}
