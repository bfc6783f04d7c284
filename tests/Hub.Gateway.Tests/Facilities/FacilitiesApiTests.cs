using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Hub.Gateway.Tests.Units;

namespace Hub.Gateway.Tests.Facilities;

[Collection(nameof(WholeHub))]
public sealed class FacilitiesApiTests(WholeHub hub)
{
    private const string Facilities = "/api/v1/facilities";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_register_is_what_the_site_file_says_and_what_people_add_page_by_page()
    {
        await PutAsync($"{Facilities}/lift-1", new { name = "Lift 1", building = "b1", type = "lift", maker = "Otis" });
        await PutAsync($"{Facilities}/lift-2", new { name = "Lift 2", type = "lift" });

        var first = await hub.GetAsync($"{Facilities}?limit=1&type=lift");
        var rest = await hub.GetAsync($"{Facilities}?after={first.GetProperty("next").GetString()}");

        var lift = Assert.Single(first.GetProperty("items").EnumerateArray());
        Assert.Equal("Otis", lift.GetProperty("maker").GetString());
        Assert.Equal(["lift-2", "pump-a"], Ids(rest).Where(id => id is "lift-1" or "lift-2" or "pump-a"));
        Assert.Equal("b1", (await hub.GetAsync($"{Facilities}/lift-1")).GetProperty("building").GetString());
    }

    [Fact]
    public async Task A_card_is_changed_on_the_version_that_was_read_and_sent_again_it_is_no_change()
    {
        var made = await PutAsync($"{Facilities}/tank-1", new { type = "tank" });
        using var changed = await SendAsync(new { type = "tank", maker = "Grundfos" }, "\"1\"");
        using var again = await SendAsync(new { type = "tank", maker = "Grundfos" }, "\"1\"");
        using var other = await SendAsync(new { type = "tank", maker = "Wilo" }, "\"1\"");

        Assert.Equal(1, made.GetProperty("version").GetInt32());
        Assert.Equal("\"2\"", changed.Headers.ETag?.Tag);
        Assert.Equal((HttpStatusCode.OK, "\"2\""), (again.StatusCode, again.Headers.ETag?.Tag));
        Assert.Equal(HttpStatusCode.PreconditionFailed, other.StatusCode);

        async Task<HttpResponseMessage> SendAsync(object body, string tag)
        {
            using var request = new HttpRequestMessage(HttpMethod.Put, $"{Facilities}/tank-1")
            {
                Content = JsonContent.Create(body),
            };
            request.Headers.IfMatch.ParseAdd(tag);
            return await hub.Client.SendAsync(request, Cancel);
        }
    }

    [Fact]
    public async Task What_will_not_do_is_refused_with_its_reason()
    {
        (string Path, object Body, HttpStatusCode Status, string Reason)[] wrong =
        [
            ("b1-e1-lobby", new { type = "tank" }, HttpStatusCode.BadRequest, "invalid"),
            ("tank-2", new { type = "rocket" }, HttpStatusCode.BadRequest, "invalid"),
            ("tank-2", new { vendor = "nobody" }, HttpStatusCode.NotFound, "unknown-vendor"),
            ("pump-a/plans/oil", new { name = "Oil", every = "often" }, HttpStatusCode.BadRequest, "invalid"),
            ("pump-a/plans/oil", new { name = "Oil" }, HttpStatusCode.BadRequest, "invalid"),
            ("attic/plans/oil", new { name = "Oil", every = "1 year" }, HttpStatusCode.NotFound, "unknown-facility"),
        ];
        foreach (var (path, body, status, reason) in wrong)
        {
            var (said, answer) = await hub.SendAsync(HttpMethod.Put, $"{Facilities}/{path}", JsonContent.Create(body));
            Assert.Equal((status, reason), (said, answer.GetProperty("reason").GetString()));
        }
    }

    [Fact]
    public async Task A_plan_that_is_due_has_its_order_at_once()
    {
        await PutAsync("/api/v1/vendors/wilo", new { name = "Wilo Service", phone = "400-1" });
        await PutAsync($"{Facilities}/pump-p", new { type = "pump-house", vendor = "wilo" });

        var plan = await PutAsync(
            $"{Facilities}/pump-p/plans/seal", new { name = "Seals", every = "1 year", from = "2025-11-21" });

        var orders = await hub.GetAsync("/api/v1/orders?space=pump-p");
        var order = Assert.Single(orders.GetProperty("items").EnumerateArray());
        Assert.Equal(order.GetProperty("number").GetString(), plan.GetProperty("order").GetString());
        var whole = await hub.GetAsync($"/api/v1/orders/{plan.GetProperty("order").GetString()}");
        Assert.Contains("Wilo Service 400-1", whole.GetRawText());
        var (ended, _) = await hub.SendAsync(HttpMethod.Delete, $"{Facilities}/pump-p/plans/seal");
        Assert.Equal(HttpStatusCode.NoContent, ended);
    }

    [Fact]
    public async Task A_vendor_whose_contract_has_run_out_is_shown_so_and_one_in_charge_stays()
    {
        await PutAsync("/api/v1/vendors/otis", new { name = "Otis", trade = "lifts", contractUntil = "2026-11-20" });
        await PutAsync($"{Facilities}/lift-9", new { type = "lift", vendor = "otis" });

        var otis = await hub.GetAsync("/api/v1/vendors/otis");
        var (used, problem) = await hub.SendAsync(HttpMethod.Delete, "/api/v1/vendors/otis");

        Assert.True(otis.GetProperty("runOut").GetBoolean());
        Assert.Equal("lift-9", Assert.Single(otis.GetProperty("facilities").EnumerateArray()).GetString());
        Assert.Equal((HttpStatusCode.Conflict, "in-use"), (used, problem.GetProperty("reason").GetString()));
        await PutAsync($"{Facilities}/lift-9", new { type = "lift" });
        Assert.Equal(HttpStatusCode.NoContent, (await hub.SendAsync(HttpMethod.Delete, "/api/v1/vendors/otis")).Status);
    }

    [Fact]
    public async Task A_table_is_compared_first_applied_as_it_was_seen_and_read_again_nothing_differs()
    {
        const string Table = "facility;type;name;inservice\nhydrant-1;fire;Hydrant 1;2020-05-01\n";
        var seen = await ImportAsync(Table, "");
        Assert.Equal("hydrant-1", Assert.Single(seen.Answer.GetProperty("added").EnumerateArray()).GetString());
        Assert.DoesNotContain("hydrant-1", Ids(await hub.GetAsync(Facilities)));

        var fingerprint = seen.Answer.GetProperty("fingerprint").GetString();
        Assert.Equal(HttpStatusCode.PreconditionFailed, (await ImportAsync(Table, "?apply=true&seen=0")).Status);
        var (_, applied) = await ImportAsync(Table, $"?apply=true&seen={fingerprint}");
        Assert.True(applied.GetProperty("applied").GetBoolean());
        var after = await ImportAsync("facility,maker\nhydrant-1,AVK\n", "");
        var field = Assert.Single(Assert.Single(after.Answer.GetProperty("changed").EnumerateArray())
            .GetProperty("fields").EnumerateArray());
        Assert.Equal(
            ("maker", "", "AVK"),
            (Text(field, "field"), Text(field, "before"), Text(field, "after")));

        var export = await hub.Client.GetStringAsync($"{Facilities}/register.csv", Cancel);
        var (_, same) = await ImportAsync(export, "");
        Assert.Equal((0, 0), (same.GetProperty("added").GetArrayLength(), same.GetProperty("changed").GetArrayLength()));
    }

    [Fact]
    public async Task Everything_that_is_wrong_with_a_table_is_said_at_once()
    {
        var (status, answer) = await ImportAsync(
            "facility,type,inservice,vendor\nb1-e1-lobby,tank,,\nx,rocket,May,nobody\nx,tank,,\n", "?apply=true");

        Assert.Equal(HttpStatusCode.UnprocessableEntity, status);
        Assert.Equal(5, answer.GetProperty("lines").GetArrayLength());
    }

    private async Task<JsonElement> PutAsync(string path, object body)
    {
        var (status, answer) = await hub.SendAsync(HttpMethod.Put, path, JsonContent.Create(body));
        Assert.True(status == HttpStatusCode.OK, $"{status}: {answer}");
        return answer;
    }

    private Task<(HttpStatusCode Status, JsonElement Answer)> ImportAsync(string table, string query) => hub.SendAsync(
        HttpMethod.Post, $"{Facilities}/import{query}", new StringContent(table, Encoding.UTF8, "text/csv"));

    private static string? Text(JsonElement answer, string name) => answer.GetProperty(name).GetString();

    private static IEnumerable<string?> Ids(JsonElement page) =>
        page.GetProperty("items").EnumerateArray().Select(facility => facility.GetProperty("id").GetString());
}
