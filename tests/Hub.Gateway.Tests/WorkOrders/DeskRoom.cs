using System.Data.Common;
using Hub.Gateway.Live;
using Hub.Gateway.Storage;
using Hub.Gateway.WorkOrders;
using Hub.Rules.Site;
using Hub.Testing;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Hub.Gateway.Tests.WorkOrders;

/// <summary>A desk over a real hub.db in a folder of its own, which a test can close and open again.</summary>
internal sealed class DeskRoom : IDbContextFactory<HubDb>, IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly DbContextOptions<HubDb> _options;

    public DeskRoom()
    {
        var builder = new DbContextOptionsBuilder<HubDb>();
        StorageSetup.Use(builder, _folder["hub.db"]);
        _options = builder.AddInterceptors(new NoSync()).Options;
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

    /// <summary>As after a crash: everything in memory is gone.</summary>
    public OrderDesk Reopen()
    {
        Desk.Dispose();
        return Desk = Open();
    }

    public HubDb CreateDbContext() => new(_options);

    public void Dispose()
    {
        Desk.Dispose();
        using (var connection = new SqliteConnection(CreateDbContext().Database.GetConnectionString()))
        {
            SqliteConnection.ClearPool(connection);
        }

        _folder.Dispose();
    }

    private OrderDesk Open() => new(this, Feed, Time, Premises, OrderPolicy.Standard);
}

/// <summary>The process is not really killed in these tests, and waiting for a busy disk tells them nothing.</summary>
internal sealed class NoSync : DbConnectionInterceptor
{
    public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData) => Quicken(connection);

    public override Task ConnectionOpenedAsync(
        DbConnection connection, ConnectionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        Quicken(connection);
        return Task.CompletedTask;
    }

    private static void Quicken(DbConnection connection)
    {
        using var command = connection.CreateCommand();
        command.CommandText = "PRAGMA synchronous=OFF";
        command.ExecuteNonQuery();
    }
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
}
