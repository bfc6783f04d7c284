using System.Net;
using System.Net.Http.Json;
using Hub.Gateway.Fleet;
using Hub.Gateway.Tests.Series;
using Hub.Rules.Engine;
using Hub.Transport.Log;

namespace Hub.Gateway.Tests.Fleet;

/// <summary>Messages that were set aside, tried again after what was wrong has been put right.</summary>
public sealed class ReplayTests : IAsyncLifetime
{
    private const string Mapped = """

        commissioning:
          - { device: "box/cellar", space: b1, auto: true }
        adapters:
          - id: box
            kind: json
            topic: box/{device}
            values:
              - { path: $.litres, signal: water.volume, unit: L }
        """;

    private static readonly DateTimeOffset Start = new(2026, 1, 5, 7, 0, 0, TimeSpan.Zero);

    private HubRoom _room = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _room = await HubRoom.StartAsync(HubRoom.OneMeter, Cancel);

    public ValueTask DisposeAsync() => _room.DisposeAsync();

    [Fact]
    public async Task A_message_that_no_mapping_could_read_gives_its_readings_once_after_the_mapping_is_corrected()
    {
        await SetAsideAsync("someone", "box/cellar", SetAsideKind.Unreadable, """{"litres":1750}""");
        Assert.Equal(new ReplayResult(1, 0, 0), await ReplayAsync(new { }));

        await _room.RestartAsync(HubRoom.OneMeter + Mapped, Cancel);

        Assert.Equal(new ReplayResult(1, 1, 1), await ReplayAsync(new { kind = "unreadable" }));
        Assert.Equal(new ReplayResult(1, 0, 0), await ReplayAsync(new { }));
        var items = await UntilReadAsync("box/cellar");
        Assert.Equal("""[{"time":"2026-01-05T07:00:00Z","value":1.75}]""", items);
        await _room.RestartAsync(Cancel);
        Assert.Equal(new ReplayResult(1, 0, 0), await ReplayAsync(new { }));
        var page = await _room.GetAsync("api/v1/set-aside", Cancel);
        Assert.Equal(1, page.GetProperty("items")[0].GetProperty("released").GetInt32());
    }

    [Fact]
    public async Task Only_what_is_asked_for_is_tried_again()
    {
        const string pack = """[{"n":"w-1/water.volume","u":"m3","v":1.5,"bt":1767596460}]""";
        await SetAsideAsync("edge-b1", "hub/1/edge-b1/readings", SetAsideKind.Impossible, pack);
        await SetAsideAsync("edge-b2", "hub/1/edge-b2/readings", SetAsideKind.Impossible, pack);

        Assert.Equal(new ReplayResult(0, 0, 0), await ReplayAsync(new { source = "edge-b3" }));
        Assert.Equal(new ReplayResult(1, 0, 0), await ReplayAsync(new { number = 2 }));
        Assert.Equal(new ReplayResult(1, 1, 1), await ReplayAsync(new { source = "edge-b1" }));
        using var refused = await _room.Http.PostAsJsonAsync("api/v1/set-aside/replay", new { kind = "odd" }, Cancel);
        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
    }

    [Fact]
    public async Task What_was_set_aside_a_moment_ago_is_among_what_is_tried_again_however_far_behind_the_follower_is()
    {
        using var replays = new Replays(_room.Journal, _room.Time);
        var before = _room.Journal.Tail;
        await SetAsideAsync("someone", "box/cellar", SetAsideKind.Unreadable, "{}");

        var asked = replays.RunAsync(new ReplayRequest(), Cancel);

        Assert.Null(replays.Take(before));
        var waiting = replays.Take(new LogPosition(before.Value + 1));
        Assert.NotNull(waiting);
        Assert.Null(replays.Take(_room.Journal.Tail));
        waiting.Done.SetResult(new ReplayResult(1, 0, 0));
        Assert.Equal(1, (await asked).Messages);
    }

    [Fact]
    public async Task What_was_refused_as_of_the_future_is_taken_by_itself_when_the_hub_s_clock_is_put_right()
    {
        const string pack = """[{"n":"w-1/water.volume","u":"m3","v":1.5,"bt":1767603600}]""";
        await SetAsideAsync("edge-b1", "hub/1/edge-b1/readings", SetAsideKind.Impossible, pack);
        Assert.Equal(new ReplayResult(1, 0, 0), await ReplayAsync(new { }));

        _room.Time.Advance(TimeSpan.FromHours(3));
        await _room.AppendAsync(new Entry.Tick(_room.Time.GetUtcNow()), Cancel);

        Assert.Equal("""[{"time":"2026-01-05T09:00:00Z","value":1.5}]""", await UntilReadAsync("edge-b1/w-1"));
    }

    private async Task SetAsideAsync(string source, string topic, SetAsideKind kind, string payload) =>
        await _room.AppendAsync(
            new Entry.SetAside(source, topic, kind, "why", Start, System.Text.Encoding.UTF8.GetBytes(payload)), Cancel);

    private async Task<ReplayResult> ReplayAsync(object which)
    {
        using var answer = await _room.Http.PostAsJsonAsync("api/v1/set-aside/replay", which, Cancel);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return (await answer.Content.ReadFromJsonAsync<ReplayResult>(Cancel))!;
    }

    private async Task<string> UntilReadAsync(string device)
    {
        while (true)
        {
            var (_, body) = await _room.AskAsync($"api/v1/readings?device={device}&signal=water.volume", Cancel);
            if (body.TryGetProperty("items", out var items) && items.GetArrayLength() > 0)
            {
                return items.GetRawText();
            }

            await Task.Delay(20, Cancel);
        }
    }
}
