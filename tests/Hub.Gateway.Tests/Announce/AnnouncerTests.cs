using System.Text;
using System.Text.Json;
using Hub.Gateway.Adapters.HomeAssistant;
using Hub.Gateway.Announce;
using Hub.Gateway.Broker;
using Hub.Gateway.Series;
using Hub.Gateway.Site;
using Hub.Gateway.Tests.Series;
using Hub.Rules.Engine;
using Hub.Rules.Readings;
using Hub.Rules.Site;
using Hub.Testing;

namespace Hub.Gateway.Tests.Announce;

/// <summary>What a Home Assistant of the site sees, and what it must not.</summary>
public sealed class AnnouncerTests : IAsyncLifetime, IDownlink
{
    private const string Yaml = """
        site: { id: garden.court }
        homeAssistant: { every: 10 s }
        spaces:
          - { id: pump, kind: facility, name: "Mr Smith's pump" }
          - { id: empty, kind: unit, occupancy: custody }
          - { id: home, kind: unit }
        edges:
          - id: e
            devices:
              - { id: p, space: pump, points: [ { signal: water.flow }, { signal: facility.run } ] }
              - { id: w, space: empty, points: [ { signal: water.volume } ] }
              - { id: h, space: home, points: [ { signal: water.volume }, { signal: door.open } ] }
              - { id: b, space: pump, points: [ { signal: button.press } ] }
        """;

    private const string FlowConfig = "homeassistant/sensor/buildinghub-garden-court/p1/config";

    private readonly Dictionary<string, string> _retained = [];
    private readonly ManualTime _clock = new();
    private HubRoom _room = null!;
    private Announcer _announcer = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _room = await HubRoom.StartAsync(Yaml, Cancel);
        _announcer = new Announcer(
            _room.Get<SiteBook>(), _room.Get<HistoryStore>(), this, new AnnounceOptions { Clock = _clock });
    }

    public ValueTask DisposeAsync() => _room.DisposeAsync();

    public ValueTask PublishAsync(string topic, ReadOnlyMemory<byte> payload, bool retain, CancellationToken cancel)
    {
        Assert.True(retain);
        _retained[topic] = Encoding.UTF8.GetString(payload.Span);
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task Points_of_plant_and_of_vacant_units_are_told_and_nothing_of_a_home_or_a_person()
    {
        await _announcer.LookAsync(Cancel);

        var told = _retained.Where(message => message.Value.Length > 0).ToList();
        Assert.Equal(
            [
                "homeassistant/binary_sensor/buildinghub-garden-court/p2/config", FlowConfig,
                "homeassistant/sensor/buildinghub-garden-court/p3/config",
            ],
            told.Select(message => message.Key).Order(StringComparer.Ordinal));
        Assert.DoesNotContain("Smith", string.Concat(told), StringComparison.Ordinal);
        var flow = JsonDocument.Parse(_retained[FlowConfig]).RootElement;
        Assert.Equal("volume_flow_rate", flow.GetProperty("device_class").GetString());
        Assert.Equal("m³/h", flow.GetProperty("unit_of_measurement").GetString());
        Assert.Equal("buildinghub/garden.court/p1", flow.GetProperty("state_topic").GetString());

        // The hub doesn't take itself for a stranger.
        Assert.False(new DiscoveryAdapter("homeassistant").Owns(FlowConfig));
    }

    [Fact]
    public async Task Values_are_told_when_they_are_due_and_have_changed()
    {
        await AppendAsync(1, 250.5);
        await _announcer.LookAsync(Cancel);
        Assert.Equal("250.5", _retained["buildinghub/garden.court/p1"]);

        await AppendAsync(1, 300);
        _clock.Advance(TimeSpan.FromSeconds(9));
        await _announcer.LookAsync(Cancel);
        Assert.Equal("250.5", _retained["buildinghub/garden.court/p1"]);

        _clock.Advance(TimeSpan.FromSeconds(1));
        await _announcer.LookAsync(Cancel);
        Assert.Equal("300", _retained["buildinghub/garden.court/p1"]);
        _retained.Clear();
        _clock.Advance(TimeSpan.FromSeconds(20));
        await _announcer.LookAsync(Cancel);
        Assert.Empty(_retained);
    }

    [Fact]
    public async Task When_somebody_moves_in_the_home_s_points_are_taken_back()
    {
        await AppendAsync(3, 12);
        await _announcer.LookAsync(Cancel);
        Assert.Equal("12", _retained["buildinghub/garden.court/p3"]);

        await _room.Get<SiteBook>().ChangeAsync(
            new SiteChange.OccupancyChanged("empty", Occupancy.Occupied, _room.Time.GetUtcNow()), Cancel);
        await _announcer.LookAsync(Cancel);

        Assert.Equal("", _retained["homeassistant/sensor/buildinghub-garden-court/p3/config"]);
        Assert.Equal("", _retained["buildinghub/garden.court/p3"]);
        Assert.NotEqual("", _retained[FlowConfig]);
    }

    private async Task AppendAsync(int point, double value)
    {
        _room.Time.Advance(TimeSpan.FromSeconds(1));
        var now = _room.Time.GetUtcNow();
        var row = await _room.Journal.AppendAsync(
            new Entry.Readings("e", "", 0, now, new[] { new Reading(new PointNumber(point), now.UtcTicks, value) }),
            Cancel);
        await _room.Get<HistoryStore>().CaughtUpAsync(row, Cancel);
    }
}
