using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Hub.Gateway.Site;
using Hub.Gateway.Tests.Series;
using Hub.Rules.Engine;
using Hub.Rules.Readings;

namespace Hub.Gateway.Tests.Fleet;

/// <summary>The fleet of a whole hub: set aside, commissioned, released, and the same after a restart.</summary>
public sealed class FleetTests : IAsyncLifetime
{
    private static readonly DateTimeOffset Start = new(2026, 1, 5, 7, 0, 0, TimeSpan.Zero);

    private HubRoom _room = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _room = await HubRoom.StartAsync(HubRoom.OneMeter, Cancel);

    public ValueTask DisposeAsync() => _room.DisposeAsync();

    [Fact]
    public async Task Quarantined_readings_are_released_once_with_their_own_times()
    {
        await SetAsideAsync(minute: 1, """[{"n":"meter/water.volume","u":"m3","v":1.5,"bt":1767596460}]""");
        await SetAsideAsync(minute: 2, """[{"bn":"new-7/","n":"meter/water.volume","u":"L","v":1750,"bt":1767596520}]""");
        await UntilAsync(devices => devices.GetProperty("proposals").GetArrayLength() == 1);

        using var answer = await _room.Http.PostAsJsonAsync(
            "api/v1/devices/new-7%2Fmeter/commission", new { space = "b1" }, Cancel);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        const string expected =
            """[{"time":"2026-01-05T07:01:00Z","value":1.5},{"time":"2026-01-05T07:02:00Z","value":1.75}]""";
        await UntilReadAsync(expected);
        Assert.Equal(0, (await DevicesAsync()).GetProperty("proposals").GetArrayLength());

        // A restart looks at the quarantine again, and another commissioning too.
        await _room.RestartAsync(Cancel);
        await _room.Get<SiteBook>().CommissionAsync("new-7", "meter", "device.battery", "b1", Cancel);
        var tail = _room.Journal.Tail;
        await Task.Delay(300, Cancel);
        await UntilReadAsync(expected);
        Assert.Equal(tail, _room.Journal.Tail);
    }

    [Fact]
    public async Task A_device_that_announces_itself_is_proposed_with_its_words_and_commissioned_before_its_first_reading()
    {
        await SetAsideAsync(
            minute: 1,
            """
            [{"n":"cellar/leak.wet","vs":"","u":"","dn":"Cellar","dm":"Aqara SJCGQ11LM","dc":"water_leak"},
             {"n":"cellar/electric.voltage","vs":"","u":"mV","dn":"Cellar","dm":"Aqara SJCGQ11LM","dc":"voltage"}]
            """);
        await UntilAsync(devices => devices.GetProperty("proposals").GetArrayLength() == 2);

        var proposal = (await DevicesAsync()).GetProperty("proposals").EnumerateArray()
            .Single(one => one.GetProperty("signal").GetString() == "electric.voltage");
        Assert.Equal(
            ["mV", "Cellar", "Aqara SJCGQ11LM", "voltage", "0"],
            new[] { "unit", "name", "model", "class", "messages" }.Select(key => proposal.GetProperty(key).ToString()));

        using var answer = await _room.Http.PostAsJsonAsync(
            "api/v1/devices/new-7%2Fcellar/commission", new { space = "b1" }, Cancel);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        await UntilAsync(devices => devices.GetProperty("proposals").GetArrayLength() == 0);
        Assert.NotNull(_room.Get<SiteBook>().Current.Find(new PointId("new-7/cellar/leak.wet")));
    }

    [Fact]
    public async Task Messages_set_aside_are_listed_with_their_reason_and_survive_a_restart()
    {
        await SetAsideAsync(1, "\u0001not json");
        await _room.AppendAsync(
            new Entry.SetAside("x", "hub/1/x/readings", SetAsideKind.Impossible, "value 9: at most 1", Start, "[]"u8.ToArray()),
            Cancel);
        await UntilSetAsideAsync(2);
        await _room.RestartAsync(Cancel);

        var page = await UntilSetAsideAsync(2);

        Assert.Equal("Impossible", page.GetProperty("items")[0].GetProperty("kind").GetString());
        Assert.Equal("value 9: at most 1", page.GetProperty("items")[0].GetProperty("reason").GetString());
        Assert.Equal(@"\x01not json", page.GetProperty("items")[1].GetProperty("preview").GetString());
        var older = await _room.GetAsync(
            $"api/v1/set-aside?limit=5&before={page.GetProperty("items")[0].GetProperty("number")}", Cancel);
        Assert.Equal(1, older.GetProperty("items").GetArrayLength());
    }

    [Fact]
    public async Task What_was_seen_is_known_after_a_restart()
    {
        var point = _room.Get<SiteBook>().Current.Find(new PointId("edge-b1/w-1/water.volume"))!;
        var at = _room.Time.GetUtcNow();
        await _room.AppendAsync(
            new Entry.Readings("edge-b1", "", 0, at, new[] { new Reading(point.Number, at.UtcTicks, 1) }), Cancel);
        await _room.AppendAsync(new Entry.Presence("edge-b1", false, at), Cancel);
        await UntilAsync(devices => Edge(devices).GetProperty("state").GetString() == "offline");

        await _room.RestartAsync(Cancel);

        await UntilAsync(devices => Edge(devices).GetProperty("state").GetString() == "offline"
            && Edge(devices).GetProperty("readings").GetInt64() == 1
            && Edge(devices).GetProperty("behind").GetInt32() == 1);
    }

    [Theory]
    [InlineData("nobody", "b1", HttpStatusCode.NotFound)]
    [InlineData("edge/nobody", "b1", HttpStatusCode.NotFound)]
    [InlineData("nobody", "nowhere", HttpStatusCode.BadRequest)]
    [InlineData("nobody", null, HttpStatusCode.BadRequest)]
    public async Task What_can_not_be_commissioned_says_why(string device, string? space, HttpStatusCode status)
    {
        using var answer = await _room.Http.PostAsJsonAsync($"api/v1/devices/{device}/commission", new { space }, Cancel);

        Assert.Equal(status, answer.StatusCode);
        Assert.Contains("detail", await answer.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
    }

    private static JsonElement Edge(JsonElement devices) => devices.GetProperty("items")[0];

    private Task<JsonElement> DevicesAsync() => _room.GetAsync("api/v1/devices", Cancel);

    private async Task SetAsideAsync(int minute, string payload) => await _room.AppendAsync(
        new Entry.SetAside(
            "new-7", "hub/1/new-7/readings", SetAsideKind.Unknown, "nobody has commissioned it", Start.AddMinutes(minute),
            System.Text.Encoding.UTF8.GetBytes(payload)),
        Cancel);

    private async Task UntilAsync(Func<JsonElement, bool> isSo)
    {
        while (!isSo(await DevicesAsync()))
        {
            await Task.Delay(20, Cancel);
        }
    }

    private async Task UntilReadAsync(string items)
    {
        var (_, body) = await _room.AskAsync("api/v1/readings?device=new-7/meter&signal=water.volume", Cancel);
        while (body.GetProperty("items").GetRawText() != items)
        {
            Assert.True(body.GetProperty("items").GetArrayLength() <= 2, body.GetRawText());
            await Task.Delay(20, Cancel);
            (_, body) = await _room.AskAsync("api/v1/readings?device=new-7/meter&signal=water.volume", Cancel);
        }
    }

    private async Task<JsonElement> UntilSetAsideAsync(int count)
    {
        var page = await _room.GetAsync("api/v1/set-aside", Cancel);
        while (page.GetProperty("count").GetInt32() != count)
        {
            await Task.Delay(20, Cancel);
            page = await _room.GetAsync("api/v1/set-aside", Cancel);
        }

        return page;
    }
}
