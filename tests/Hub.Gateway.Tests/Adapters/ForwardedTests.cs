using System.Text;
using Hub.Gateway.Tests.Broker;
using Hub.Rules.Engine;
using Hub.Rules.Readings;
using Hub.Testing;
using Hub.Transport.Messages;
using Hub.Transport.Mqtt;

namespace Hub.Gateway.Tests.Adapters;

/// <summary>What an edge forwards from a broker beside it, through a whole hub.</summary>
public sealed class ForwardedTests : IDisposable
{
    private const string Site = """
        adapters:
          - { id: z2m, kind: zigbee2mqtt }
          - { id: load-b1, kind: zigbee2mqtt, edge: b1 }
          - { id: load-b2, kind: home-assistant, edge: b2 }
          - { id: cellar, kind: zigbee2mqtt, topic: cellar, edge: b1 }
        """;

    private const string Announcement =
        """{"stat_t":"my/air","dev_cla":"temperature","unit_of_meas":"°C","dev":{"ids":"x"}}""";

    private const string Devices = """
        [{"friendly_name":"leak","type":"EndDevice","definition":{"vendor":"Aqara","model":"SJCGQ11LM",
          "exposes":[{"type":"binary","property":"water_leak"}]}}]
        """;

    private static readonly DateTimeOffset Noon = new(2026, 5, 3, 12, 0, 0, TimeSpan.Zero);

    private readonly TempFolder _folder = new();
    private readonly ManualTime _time = new(Noon);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_reading_that_waited_for_hours_has_the_time_at_which_it_came_to_the_edge()
    {
        await using var hub = await RunningHub.StartAsync(_folder, time: _time, site: Site);
        using var edge = await WireClient.ConnectAsync(hub.Port, "b1");

        const string Door = "zigbee2mqtt/door";
        await SendAsync(edge, 1, "b1", Door, """{"contact":false}""", Noon.AddHours(-3), SenMlClock.Synced);
        await SendAsync(edge, 2, "b1", Door, """{"contact":true}""", Noon.AddHours(-9), SenMlClock.Unsynced);
        await SendAsync(edge, 3, "b2", Door, """{"contact":true}""", Noon, SenMlClock.Synced);

        var readings = (await hub.EntriesAsync()).OfType<Entry.Readings>()
            .SelectMany(entry => entry.Items.ToArray().Select(item => (entry.Source, item))).ToList();
        Assert.Equal([("load-b1", 1, Noon.AddHours(-3)), ("load-b1", 0, Noon)],
            readings.Select(reading => (reading.Source, reading.item.Value, reading.item.At)));
        Assert.Equal([Quality.Good, Quality.Uncertain], readings.Select(reading => reading.item.Quality));
    }

    [Fact]
    public async Task A_device_behind_an_edge_is_proposed_with_what_it_says_about_itself()
    {
        await using var hub = await RunningHub.StartAsync(_folder, time: _time, site: Site);
        using var edge = await WireClient.ConnectAsync(hub.Port, "b1");

        await SendAsync(edge, 1, "b1", "cellar/bridge/devices", Devices, Noon, SenMlClock.Synced);

        var aside = Assert.Single((await hub.EntriesAsync()).OfType<Entry.SetAside>());
        var proposed = new Hub.Gateway.Fleet.QuarantineReader().Proposed("cellar", aside.Payload.Span, Noon);
        Assert.Contains(proposed, signal => (signal.Device, signal.Model) == ("leak", "Aqara SJCGQ11LM"));
    }

    [Fact]
    public async Task What_was_announced_through_an_edge_is_known_after_a_restart_of_the_hub()
    {
        await using (var hub = await RunningHub.StartAsync(_folder, time: _time, site: Site))
        {
            using var edge = await WireClient.ConnectAsync(hub.Port, "b2");
            await SendAsync(
                edge, 1, "b2", "homeassistant/sensor/x/config", Announcement, Noon, SenMlClock.Synced, retain: true);
        }

        await using var again = await RunningHub.StartAsync(_folder, time: _time, site: Site);
        using var back = await WireClient.ConnectAsync(again.Port, "b2");
        await SendAsync(back, 1, "b2", "my/air", "21.5", Noon, SenMlClock.Synced);

        var readings = Assert.Single((await again.EntriesAsync()).OfType<Entry.Readings>());
        Assert.Equal(("load-b2", 21.5), (readings.Source, readings.Items.Span[0].Value));
    }

    [Fact]
    public async Task What_an_edge_can_not_have_sent_so_is_kept_with_the_reason()
    {
        await using var hub = await RunningHub.StartAsync(_folder, time: _time, site: Site);
        using var edge = await WireClient.ConnectAsync(hub.Port, "b1");

        await edge.PublishAsync(Topics.Local("b1", "zigbee2mqtt/door"), """{"contact":true}""", 1);
        await edge.ReadAsync<MqttPacket.PubAck>();

        var aside = Assert.Single((await hub.EntriesAsync()).OfType<Entry.SetAside>());
        Assert.Equal(SetAsideKind.Unreadable, aside.Kind);
        Assert.Contains("no time in front", aside.Reason, StringComparison.Ordinal);
    }

    private static async Task SendAsync(
        WireClient client, ushort id, string edge, string topic, string payload, DateTimeOffset at, SenMlClock clock,
        bool retain = false)
    {
        var forwarded = LocalMessage.Write(at, clock, Encoding.UTF8.GetBytes(payload));
        await client.PublishAsync(Topics.Local(edge, topic), Encoding.UTF8.GetString(forwarded), id, retain: retain);
        await client.ReadAsync<MqttPacket.PubAck>();
    }
}
