using Hub.Rules.Site;

namespace Hub.Gateway.WorkOrders;

/// <summary>What orders need to know of the site, and the one thing they tell it: when somebody is in there.</summary>
public interface IPremises
{
    SiteSnapshot Current { get; }

    TimeZoneInfo Zone { get; }

    /// <summary>The language of what the hub itself writes into an order.</summary>
    string Language => SiteInfo.Default.Language;

    /// <summary>The 24 hour hotline's number.</summary>
    string Hotline { get; }

    /// <summary>Announces that activity is expected there; journalled before it returns.</summary>
    ValueTask PlanAsync(PlannedWindow window, CancellationToken cancel);

    /// <summary>It ends at that instant, or does not begin; journalled before it returns.</summary>
    ValueTask WithdrawAsync(PlannedWindow window, DateTimeOffset at, CancellationToken cancel);
}
