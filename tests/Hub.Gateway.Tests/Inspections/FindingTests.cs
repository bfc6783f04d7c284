using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Hub.Gateway.Inspections;
using Hub.Gateway.Journal;
using Hub.Gateway.Series;
using Hub.Gateway.Site;
using Hub.Gateway.Tests.Units;
using Hub.Gateway.WorkOrders;
using Hub.Rules.Engine;
using Hub.Rules.Readings;
using Microsoft.Extensions.DependencyInjection;

namespace Hub.Gateway.Tests.Inspections;

[Collection(nameof(WholeHub))]
public class FindingTests(WholeHub hub)
{
    private const string Unit = "b1-e1-0401";
    private static readonly Actor Wang = new("butler-07", ActorRole.Butler, "管家 07");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_finding_is_open_until_somebody_else_has_seen_that_it_is_good()
    {
        var finding = await FindAsync("f-1", "windows");
        var desk = hub.Services.GetRequiredService<OrderDesk>();
        var order = finding.GetProperty("order").GetInt64();

        Assert.Equal(HttpStatusCode.Conflict, (await RecheckAsync(finding, true, "")).Status);
        await desk.DoAsync(order, new OrderCommand.Resolve("repair", "", Wang), Cancel);
        Assert.Equal(HttpStatusCode.OK, (await RecheckAsync(finding, false, "still loose")).Status);
        Assert.True((await desk.FindAsync(order, Cancel))!.IsOpen);
        await desk.DoAsync(order, new OrderCommand.Resolve("repair", "", Wang), Cancel);
        Assert.Equal(HttpStatusCode.OK, (await RecheckAsync(finding, true, "closes well")).Status);

        var record = (await hub.GetAsync("/api/v1/inspections/f-1")).GetProperty("findings")[0];
        Assert.False(record.GetProperty("isOpen").GetBoolean());
        Assert.Equal(
            ["still loose", "closes well"],
            record.GetProperty("rechecks").EnumerateArray().Select(one => one.GetProperty("words").GetString()));
        Assert.Equal(HttpStatusCode.Conflict, (await RecheckAsync(finding, true, "")).Status);
    }

    [Theory]
    [InlineData("f-5", "walls", 5)]
    [InlineData("f-6", "doors", -40 * 24 * 60)]
    public async Task A_phone_that_is_late_or_ahead_gets_its_order_and_both_times_stay(string id, string item, int minutes)
    {
        var finding = await FindAsync(id, item, minutes);

        var order = await hub.Services.GetRequiredService<OrderDesk>().FindAsync(finding.GetProperty("order").GetInt64(), Cancel);
        Assert.True(order!.IsOpen);
        Assert.Equal(hub.Time.GetUtcNow().AddMinutes(minutes), finding.GetProperty("foundAt").GetDateTimeOffset());
        Assert.Equal(hub.Time.GetUtcNow(), order.StartedAt);
    }

    [Fact]
    public async Task Whoever_solved_it_does_not_judge_it()
    {
        var finding = await FindAsync("f-2", "drains");
        var chief = new Actor("chief", ActorRole.Chief, "大管家");
        await hub.Services.GetRequiredService<OrderDesk>().DoAsync(
            finding.GetProperty("order").GetInt64(), new OrderCommand.Resolve("repair", "", chief), Cancel);

        var (status, problem) = await RecheckAsync(finding, true, "");

        Assert.Equal(HttpStatusCode.Conflict, status);
        Assert.Equal("same-person", problem.GetProperty("reason").GetString());
    }

    [Fact]
    public async Task Another_report_under_an_id_that_was_used_changes_nothing()
    {
        await FindAsync("f-3", "floor");
        var round = (await hub.PostAsync("/api/v1/rounds", new { })).GetProperty("round").GetProperty("id").GetString()!;

        var (status, problem) = await hub.SendAsync(
            HttpMethod.Put, "/api/v1/inspections/f-3", JsonContent.Create(InspectionReports.Of(round, Unit, hub.Time.GetUtcNow())));

        Assert.Equal(HttpStatusCode.Conflict, status);
        Assert.Equal("another-report", problem.GetProperty("reason").GetString());
        Assert.False((await hub.GetAsync("/api/v1/inspections/f-3")).GetProperty("isPassed").GetBoolean());
    }

    [Fact]
    public async Task What_can_t_be_right_is_refused_with_every_reason()
    {
        var (status, problem) = await hub.SendAsync(
            HttpMethod.Put, "/api/v1/inspections/f-4", JsonContent.Create(new { round = "2026-11", unit = "b9" }));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, status);
        Assert.Equal(12, problem.GetProperty("lines").GetArrayLength());
        Assert.Equal(HttpStatusCode.NotFound, (await hub.SendAsync(HttpMethod.Head, $"/api/v1/photos/{new string('a', 64)}")).Status);
    }

    [Fact]
    public async Task A_dial_that_rose_more_than_the_hub_has_counted_is_the_engineer_s()
    {
        const string Home = "b1-e1-0402";
        var meter = await CommissionAsync(Home);
        var round = (await hub.PostAsync("/api/v1/rounds", new { })).GetProperty("round").GetProperty("id").GetString()!;

        await ReadAsync(meter, 1, 3.2);
        await DialAsync("d-1", round, Home, meter, 812.4);
        await ReadAsync(meter, 2, 12.2);
        var stops = (await hub.GetAsync($"/api/v1/rounds/{round}")).GetProperty("stops").EnumerateArray();
        var expected = stops.Single(stop => stop.GetProperty("unit").GetString() == Home).GetProperty("registers")[0];
        var second = await DialAsync("d-2", round, Home, meter, 822.4);

        Assert.Equal(821.4, expected.GetProperty("expected").GetDouble(), 6);
        var finding = Assert.Single(second.GetProperty("findings").EnumerateArray());
        Assert.Equal("device", finding.GetProperty("category").GetString());
        Assert.Contains("1 m3 (10.0", finding.GetProperty("words").GetString(), StringComparison.Ordinal);
        var order = await hub.Services.GetRequiredService<OrderDesk>().FindAsync(finding.GetProperty("order").GetInt64(), Cancel);
        Assert.Equal("engineer", order!.Audience);
    }

    private async Task<JsonElement> FindAsync(string id, string item, int minutes = 0)
    {
        var round = (await hub.PostAsync("/api/v1/rounds", new { })).GetProperty("round").GetProperty("id").GetString()!;
        var report = InspectionReports.Of(
            round, Unit, hub.Time.GetUtcNow().AddMinutes(minutes), new CheckAnswer(item, Checklist.Fail, "repair", "loose"));
        var (_, answer) = await hub.SendAsync(HttpMethod.Put, $"/api/v1/inspections/{id}", JsonContent.Create(report));
        return answer.GetProperty("findings")[0];
    }

    private Task<(HttpStatusCode Status, JsonElement Answer)> RecheckAsync(JsonElement finding, bool good, string words) =>
        hub.SendAsync(
            HttpMethod.Post, $"/api/v1/findings/{finding.GetProperty("id").GetInt64()}/recheck",
            JsonContent.Create(new { good, words }));

    private async Task<JsonElement> DialAsync(string id, string round, string unit, PointNumber meter, double value)
    {
        var report = InspectionReports.Of(round, unit, hub.Time.GetUtcNow()) with { Registers = [new DialReading(meter.Value, value)] };
        var (status, answer) = await hub.SendAsync(HttpMethod.Put, $"/api/v1/inspections/{id}", JsonContent.Create(report));
        Assert.Equal(HttpStatusCode.OK, status);
        return answer;
    }

    private async Task<PointNumber> CommissionAsync(string unit)
    {
        var book = hub.Services.GetRequiredService<SiteBook>();
        await book.CommissionAsync("edge-b1", "w-0402", Signal.WaterVolume, unit, Cancel);
        return book.Current.Find(new PointId("edge-b1/w-0402/water.volume"))!.Number;
    }

    private async Task ReadAsync(PointNumber meter, long sequence, double value)
    {
        var now = hub.Time.GetUtcNow();
        var journal = hub.Services.GetRequiredService<JournalLog>();
        await journal.AppendAsync(
            new Entry.Readings("edge-b1", "e", sequence, now, new[] { new Reading(meter, now.UtcTicks, value) }), Cancel);
        await hub.Services.GetRequiredService<HistoryStore>().CaughtUpAsync(journal.Tail, Cancel);
        hub.Time.Advance(TimeSpan.FromMinutes(1));
    }
}
