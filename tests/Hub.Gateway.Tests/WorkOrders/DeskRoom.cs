using Hub.Gateway.Live;
using Hub.Gateway.Storage;
using Hub.Gateway.Tests.Storage;
using Hub.Gateway.WorkOrders;
using Hub.Rules.Site;
using Hub.Testing;
using Microsoft.EntityFrameworkCore;

namespace Hub.Gateway.Tests.WorkOrders;

/// <summary>A desk over real tables of its own, which a test can close and open again.</summary>
internal sealed class DeskRoom : IDbContextFactory<HubDb>, IDuty, IDisposable
{
    private readonly Tables _tables;

    public DeskRoom(Tables? tables = null)
    {
        _tables = tables ?? new Tables();
        using (var db = CreateDbContext())
        {
            StorageSetup.CreateTables(db);
        }

        Desk = Open();
    }

    public ManualTime Time { get; } = new(Some.T0);

    public LiveFeed Feed { get; } = new();

    public FakePremises Premises { get; } = new();

    public OrderDesk Desk { get; private set; }

    /// <summary>Who is on shift; null without a roster.</summary>
    public IDutyTable? Now { get; set; }

    /// <summary>As after a crash: everything in memory is gone.</summary>
    public OrderDesk Reopen()
    {
        Desk.Dispose();
        return Desk = Open();
    }

    public HubDb CreateDbContext() => _tables.CreateDbContext();

    public void Dispose()
    {
        Desk.Dispose();
        _tables.Dispose();
    }

    private OrderDesk Open() => new(this, Feed, Time, Premises, OrderPolicy.Standard, this);
}

/// <summary>A site of which nothing is known but what a test says.</summary>
internal sealed class FakePremises : IPremises
{
    public SiteSnapshot Current { get; set; } = SiteSnapshot.Empty;

    public TimeZoneInfo Zone { get; set; } = TimeZoneInfo.Utc;

    public string Hotline => "400-000-5341";

    public ValueTask PlanAsync(PlannedWindow window, CancellationToken cancel)
    {
        Current = Current.With(new SiteChange.WindowPlanned(window));
        return ValueTask.CompletedTask;
    }

    public ValueTask WithdrawAsync(PlannedWindow window, DateTimeOffset at, CancellationToken cancel)
    {
        Current = Current.With(new SiteChange.WindowWithdrawn(window, at));
        return ValueTask.CompletedTask;
    }
}
