using Hub.Gateway.Site;
using Hub.Rules.Site;

namespace Hub.Gateway.WorkOrders;

/// <summary>The site book as the order desk sees it.</summary>
public sealed class SitePremises(SiteBook book) : IPremises
{
    public SiteSnapshot Current => book.Current;

    public TimeZoneInfo Zone => book.Zone;

    public string Language => book.File.Info.Language;

    public string Hotline => book.Hotline;

    public async ValueTask PlanAsync(PlannedWindow window, CancellationToken cancel) =>
        await book.ChangeAsync(new SiteChange.WindowPlanned(window), cancel);

    public async ValueTask WithdrawAsync(PlannedWindow window, DateTimeOffset at, CancellationToken cancel) =>
        await book.ChangeAsync(new SiteChange.WindowWithdrawn(window, at), cancel);
}
