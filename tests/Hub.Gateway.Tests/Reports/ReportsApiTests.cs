using System.Net;
using System.Net.Http.Json;
using Hub.Gateway.Tests.Inspections;
using Hub.Gateway.Tests.Units;

namespace Hub.Gateway.Tests.Reports;

[Collection(nameof(WholeHub))]
public class ReportsApiTests(WholeHub hub)
{
    [Theory]
    [InlineData("sla", "clocks")]
    [InlineData("care", "satisfaction")]
    [InlineData("workload", "workload")]
    [InlineData("custody", "custody")]
    [InlineData("meters", "meters")]
    public async Task Each_report_comes_as_json_as_a_spreadsheet_and_as_a_page(string name, string table)
    {
        var cancel = TestContext.Current.CancellationToken;
        await InspectAsync($"report-{name}");

        var report = await hub.GetAsync($"/api/v1/reports/{name}?month=2026-11");
        var csv = await hub.Client.GetByteArrayAsync($"/api/v1/reports/{name}?month=2026-11&format=csv", cancel);
        var page = await hub.Client.GetStringAsync($"/reports?name={name}&month=2026-11&lang=en", cancel);

        Assert.Equal(table, report.GetProperty("tables")[0].GetProperty("id").GetString());
        Assert.Equal([0xEF, 0xBB, 0xBF], csv[..3]);
        Assert.Contains("<table", page, StringComparison.Ordinal);
        Assert.DoesNotContain("column.", page, StringComparison.Ordinal);
        Assert.DoesNotContain("table.", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_meter_that_was_never_heard_is_empty_and_not_zero()
    {
        var report = await hub.GetAsync("/api/v1/reports/meters?month=2026-11");

        var row = report.GetProperty("tables")[0].GetProperty("rows").EnumerateArray()
            .First(row => row[0].GetString() == "b1-e1-0301");
        Assert.Equal(System.Text.Json.JsonValueKind.Null, row[5].ValueKind);
    }

    [Fact]
    public async Task What_there_is_not_is_said()
    {
        Assert.Equal(HttpStatusCode.NotFound, (await hub.SendAsync(HttpMethod.Get, "/api/v1/reports/gossip")).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await hub.SendAsync(HttpMethod.Get, "/api/v1/reports/sla?month=May")).Status);
        Assert.Equal(
            HttpStatusCode.NotFound, (await hub.SendAsync(HttpMethod.Get, "/api/v1/reports/sla?format=csv&table=x")).Status);
    }

    /// <summary>Work of this month, so that everybody's is no empty table.</summary>
    private async Task InspectAsync(string id)
    {
        var round = (await hub.PostAsync("/api/v1/rounds", new { })).GetProperty("round").GetProperty("id").GetString()!;
        var report = InspectionReports.Of(round, "b1-e1-0501", hub.Time.GetUtcNow());
        var (status, _) = await hub.SendAsync(HttpMethod.Put, $"/api/v1/inspections/{id}", JsonContent.Create(report));
        Assert.Equal(HttpStatusCode.OK, status);
    }
}
