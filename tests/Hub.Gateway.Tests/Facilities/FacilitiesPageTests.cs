using System.Net;
using System.Net.Http.Json;
using Hub.Gateway.Facilities;
using Hub.Gateway.Tests.Units;
using Hub.Gateway.Tests.Web;
using Microsoft.Extensions.DependencyInjection;

namespace Hub.Gateway.Tests.Facilities;

[Collection(nameof(WholeHub))]
public sealed class FacilitiesPageTests(WholeHub hub)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_engineer_writes_a_facility_its_vendor_and_its_plan_without_script()
    {
        await DoAsync(
            "/facilities/do", "/facilities", ("action", "vendor"), ("vendor", "kone"), ("name", "Kone <Service>"),
            ("trade", "lifts"), ("phone", "400 2"), ("until", "2026-01-31"));
        await DoAsync(
            "/facilities/do", "/facilities/lift-p", ("action", "add"), ("id", "lift-p"), ("name", "Lift P"), ("type", "lift"));
        await DoAsync(
            "/facilities/lift-p/do", "/facilities/lift-p", ("action", "card"), ("version", "1"), ("type", "lift"),
            ("maker", "Kone"), ("inspection", "2026-10-01"), ("vendor", "kone"));
        await DoAsync(
            "/facilities/lift-p/do", "/facilities/lift-p", ("action", "plan"), ("plan", "yearly"), ("name", "Yearly service"),
            ("count", "1"), ("unit", "Years"), ("from", "2025-10-01"), ("lead", "14"), ("checklist", "Brake\r\nRopes"));

        var list = await hub.Client.GetStringAsync("/facilities?lang=en", Cancel);
        var page = await hub.Client.GetStringAsync("/facilities/lift-p?lang=en", Cancel);
        Assert.Contains("href=\"/facilities/lift-p\"", list);
        Assert.Contains("Kone &lt;Service&gt;", list);
        Assert.Contains("contract ran out on 2026-01-31", page);
        Assert.Contains("tel:4002", page);
        Assert.Contains("every 1 year(s)", page);
        Assert.Contains("2026-10-01", page);
        Assert.Contains("overdue", page);
        Assert.Contains("Brake&#xA;Ropes", page);
        Assert.Contains("href=\"/o/", page);
    }

    [Fact]
    public async Task What_will_not_do_comes_back_with_its_reason_and_every_word()
    {
        var refused = await PagesHub.PostAsync(
            hub.Client, "/facilities/pump-a?lang=en", "/facilities/pump-a/do", ("action", "plan"), ("plan", "p"),
            ("name", "Nothing"), ("from", "2026-11-01"), ("checklist", "all I had typed"));

        Assert.Equal(HttpStatusCode.Conflict, refused.StatusCode);
        var page = await refused.Content.ReadAsStringAsync(Cancel);
        Assert.Contains("Something will not do", page);
        Assert.Contains(">all I had typed</textarea>", page);
        Assert.Equal(HttpStatusCode.NotFound, (await hub.Client.GetAsync("/facilities/attic", Cancel)).StatusCode);
    }

    [Fact]
    public async Task A_table_is_shown_against_the_register_before_it_is_applied()
    {
        const string Table = "facility,type,name\ngate-p,gate,Gate P\n";
        var shown = await PagesHub.PostAsync(hub.Client, "/facilities/import?lang=en", "/facilities/import", ("text", Table));
        Assert.Contains("gate-p", await shown.Content.ReadAsStringAsync(Cancel));

        var book = hub.Services.GetRequiredService<FacilityBook>();
        var seen = (await book.CompareAsync("t", Table, Cancel)).Value!.Fingerprint;
        var stale = await PagesHub.PostAsync(
            hub.Client, "/facilities/import", "/facilities/import", ("text", Table), ("seen", "other"));
        var applied = await PagesHub.PostAsync(
            hub.Client, "/facilities/import", "/facilities/import", ("text", Table), ("seen", seen));

        Assert.Equal((HttpStatusCode.Conflict, HttpStatusCode.SeeOther), (stale.StatusCode, applied.StatusCode));
        Assert.Contains(await book.ListAsync(Cancel), facility => facility.Card is { Id: "gate-p", Type: "gate" });
    }

    [Fact]
    public async Task An_order_is_handed_over_to_a_vendor_of_the_list_the_one_in_charge_first()
    {
        await hub.Client.PutAsJsonAsync(
            "/api/v1/vendors/grundfos", new { name = "Grundfos Care", contractUntil = "2026-02-01" }, Cancel);
        await hub.Client.PutAsJsonAsync("/api/v1/facilities/tank-p", new { type = "tank", vendor = "grundfos" }, Cancel);
        await hub.Client.PutAsJsonAsync(
            "/api/v1/facilities/tank-p/plans/clean", new { name = "Clean", every = "6 months", from = "2026-01-01" }, Cancel);
        var order = (await hub.GetAsync("/api/v1/orders?space=tank-p")).GetProperty("items")[0].GetProperty("id").GetInt64();
        await hub.PostAsync($"/api/v1/orders/{order}/accept", new { });

        var page = await hub.Client.GetStringAsync($"/o/{order}?lang=en", Cancel);

        Assert.Contains("<option value=\"Grundfos Care\" label=\"contract ran out on 2026-02-01\">", page);
        Assert.Contains("name=\"vendor\" value=\"Grundfos Care\"", page);
    }

    private async Task DoAsync(string target, string next, params (string Name, string Value)[] fields)
    {
        var answer = await PagesHub.PostAsync(hub.Client, "/facilities?lang=en", target, fields);
        Assert.True(answer.StatusCode == HttpStatusCode.SeeOther, await answer.Content.ReadAsStringAsync(Cancel));
        Assert.Equal(next, answer.Headers.Location?.ToString());
    }
}
