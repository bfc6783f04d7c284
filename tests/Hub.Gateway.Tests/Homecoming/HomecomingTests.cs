using System.Net;
using System.Net.Http.Json;
using Hub.Gateway.Homecoming;
using Hub.Gateway.Site;
using Hub.Gateway.Storage;
using Hub.Gateway.Tests.Units;
using Hub.Gateway.WorkOrders;
using Hub.Rules.Site;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Hub.Gateway.Tests.Homecoming;

/// <summary>With a hub of its own: days pass here.</summary>
[Collection(nameof(HomecomingTests))]
public class HomecomingTests(WholeHub hub)
{
    private static readonly DateTimeOffset Now = new(2026, 11, 21, 4, 0, 0, TimeSpan.Zero);
    private static readonly HomecomingPolicy Policy = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public void Each_step_has_its_time_before_the_arrival()
    {
        var plan = HomecomingPlan.Make("u", Now.AddDays(10), "chief", Now, Policy);

        Assert.Equal(["air", "clean", "flush", "check"], plan.Steps.Select(step => step.What));
        Assert.Equal([48, 30, 20, 6], plan.Steps.Select(step => (plan.ArrivesAt - step.DueAt).TotalHours));
        Assert.Empty(plan.Due(Now));
        Assert.Equal(["air", "clean"], plan.Due(plan.ArrivesAt.AddHours(-30)).Select(step => step.What));
    }

    [Fact]
    public void An_owner_who_comes_soon_gets_everything_at_once_that_would_be_late()
    {
        var plan = HomecomingPlan.Make("u", Now.AddHours(10), "chief", Now, Policy);

        Assert.Equal([Now, Now, Now, Now.AddHours(4)], plan.Steps.Select(step => step.DueAt));
        Assert.Equal(Now, plan.Window.From);
    }

    [Fact]
    public async Task The_chain_is_ordered_step_by_step_and_the_unit_is_lived_in_on_arrival()
    {
        const string Unit = "h1-0101";
        await AddAsync(Unit);
        var homecoming = hub.Services.GetRequiredService<HomecomingService>();
        var site = hub.Services.GetRequiredService<SiteBook>();
        var arrives = hub.Time.GetUtcNow().AddDays(4);
        await hub.PostAsync($"/api/v1/units/{Unit}/homecoming", new { arrivesAt = arrives.AddDays(9) });
        await hub.PostAsync($"/api/v1/units/{Unit}/homecoming", new { arrivesAt = arrives });

        var window = Assert.Single(site.Current.Windows[Unit]);
        Assert.Equal((arrives.AddHours(-48), arrives, "homecoming"), (window.From, window.To, window.Reason));
        Assert.Empty(Orders(Unit));
        hub.Time.Advance(TimeSpan.FromHours(96 - 30));
        await homecoming.DoDueAsync(Cancel);
        await homecoming.DoDueAsync(Cancel);
        Assert.Equal(["homecoming.air", "homecoming.clean"], Orders(Unit));
        hub.Time.Advance(TimeSpan.FromHours(30));
        await homecoming.DoDueAsync(Cancel);

        Assert.Equal(4, Orders(Unit).Count());
        Assert.Equal(Occupancy.Occupied, site.Current.Spaces[Unit].Occupancy);
        Assert.DoesNotContain(await homecoming.ListAsync(Cancel), plan => plan.Unit == Unit);
    }

    [Fact]
    public async Task A_return_that_is_called_off_orders_nothing_and_the_rules_judge_as_before()
    {
        const string Unit = "h1-0102";
        await AddAsync(Unit);
        await hub.PostAsync($"/api/v1/units/{Unit}/homecoming", new { arrivesAt = hub.Time.GetUtcNow().AddDays(20) });

        var (called, _) = await hub.SendAsync(HttpMethod.Delete, $"/api/v1/units/{Unit}/homecoming");
        var (again, _) = await hub.SendAsync(HttpMethod.Delete, $"/api/v1/units/{Unit}/homecoming");
        var (past, _) = await hub.SendAsync(
            HttpMethod.Post, $"/api/v1/units/{Unit}/homecoming",
            JsonContent.Create(new { arrivesAt = hub.Time.GetUtcNow().AddHours(-1) }));

        Assert.Equal((HttpStatusCode.NoContent, HttpStatusCode.NotFound, HttpStatusCode.BadRequest), (called, again, past));
        Assert.Empty(hub.Services.GetRequiredService<SiteBook>().Current.Windows[Unit]);
    }

    [Fact]
    public async Task Another_dates_window_is_planned_before_the_one_before_is_withdrawn()
    {
        const string Unit = "h1-0103";
        await AddAsync(Unit);
        var (first, second) = (hub.Time.GetUtcNow().AddDays(10), hub.Time.GetUtcNow().AddDays(12));
        await hub.PostAsync($"/api/v1/units/{Unit}/homecoming", new { arrivesAt = first });
        await hub.PostAsync($"/api/v1/units/{Unit}/homecoming", new { arrivesAt = second });

        var book = hub.Services.GetRequiredService<SiteBook>();
        var changes = (await book.ChangesAsync(Cancel)).Select(one => one.Change switch
        {
            SiteChange.WindowPlanned { Window: { SpaceId: Unit } window } => ("+", window.To),
            SiteChange.WindowWithdrawn { Window: { SpaceId: Unit } window } => ("-", window.To),
            _ => default,
        }).Where(change => change != default);
        Assert.Equal([("+", first), ("+", second), ("-", first)], changes);
    }

    [Fact]
    public async Task A_window_that_a_crash_has_left_of_the_date_before_is_withdrawn_at_the_next_look()
    {
        const string Unit = "h1-0104";
        await AddAsync(Unit);
        var now = hub.Time.GetUtcNow();
        await hub.PostAsync($"/api/v1/units/{Unit}/homecoming", new { arrivesAt = now.AddDays(12) });
        var left = HomecomingPlan.Make(Unit, now.AddDays(10), "chief", now, Policy).Window;
        await hub.Services.GetRequiredService<IPremises>().PlanAsync(left, Cancel);
        await using (var db = await hub.Services.GetRequiredService<IDbContextFactory<HubDb>>().CreateDbContextAsync(Cancel))
        {
            var row = await db.Set<HomecomingRow>().SingleAsync(row => row.SpaceId == Unit, Cancel);
            row.Plan = HomecomingRow.Write(row.Read() with { Replaces = left });
            await db.SaveChangesAsync(Cancel);
        }

        await hub.Services.GetRequiredService<HomecomingService>().DoDueAsync(Cancel);

        var window = Assert.Single(hub.Services.GetRequiredService<SiteBook>().Current.Windows[Unit]);
        Assert.Equal(now.AddDays(12), window.To);
    }

    [Fact]
    public async Task An_order_says_what_is_to_be_done_in_the_sites_language()
    {
        const string Unit = "h1-0105";
        await AddAsync(Unit);
        // Later than any other test here comes, and no later: a whole hub lives each of these days.
        var arrives = new DateTimeOffset(2026, 11, 27, 9, 30, 0, TimeSpan.Zero);
        hub.Time.Advance(arrives.AddHours(-40) - hub.Time.GetUtcNow());
        await hub.PostAsync($"/api/v1/units/{Unit}/homecoming", new { arrivesAt = arrives });

        var order = Assert.Single(
            hub.Services.GetRequiredService<OrderDesk>().OpenOrders, order => order.SpaceId == Unit);
        Assert.Equal("开窗通风；业主 11月27日 17:30 到家", order.Words);
    }

    private async Task AddAsync(string unit) => await hub.Services.GetRequiredService<SiteBook>().ChangeAsync(
        new SiteChange.SpaceDefined(new Space(unit, SpaceKind.Unit, unit, "h1", "h1-e1", 1, Occupancy.Custody)), Cancel);

    private IEnumerable<string> Orders(string unit) => hub.Services.GetRequiredService<OrderDesk>().OpenOrders
        .Where(order => order.SpaceId == unit).OrderBy(order => order.Id).Select(order => order.Symptom);
}
