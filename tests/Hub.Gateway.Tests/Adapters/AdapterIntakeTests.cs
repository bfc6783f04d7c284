using System.Text;
using Hub.Gateway.Fleet;
using Hub.Gateway.Tests.Broker;
using Hub.Rules.Engine;
using Hub.Rules.Readings;
using Hub.Testing;
using Hub.Transport.Mqtt;

namespace Hub.Gateway.Tests.Adapters;

/// <summary>Third-party messages on their way through a whole hub: decoded, journalled, acknowledged, proposed.</summary>
public sealed class AdapterIntakeTests : IDisposable
{
    private const string Adapters = """
        adapters:
          - { id: z2m, kind: zigbee2mqtt }
          - { id: load-z, kind: zigbee2mqtt, topic: other }
          - { id: load-ha, kind: home-assistant }
          - { id: load-sp, kind: sparkplug }
          - { id: load-t, kind: tasmota }
          - { id: many, kind: home-assistant, topic: discovery }
        """;

    private const string Devices = """
        [{"friendly_name":"Coordinator","type":"Coordinator","definition":null},
         {"friendly_name":"cellar/leak","type":"EndDevice","definition":{"vendor":"Aqara","model":"SJCGQ11LM",
          "exposes":[{"type":"binary","property":"water_leak"},{"type":"numeric","property":"battery","unit":"%"},
                     {"type":"numeric","property":"voltage","unit":"mV"}]}}]
        """;

    private static readonly DateTimeOffset Noon = new(2026, 5, 3, 12, 0, 0, TimeSpan.Zero);

    private readonly TempFolder _folder = new();
    private readonly ManualTime _time = new(Noon);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_device_that_the_site_lets_in_is_journalled_before_its_acknowledgement()
    {
        await using var hub = await RunningHub.StartAsync(_folder, time: _time, site: Adapters);
        using var bridge = await WireClient.ConnectAsync(hub.Port, "mqttjs_1");

        await bridge.PublishAsync("other/door", """{"contact":false,"battery":80,"linkquality":7}""", 1);
        await bridge.ReadAsync<MqttPacket.PubAck>();

        var entries = await hub.EntriesAsync();
        var readings = Assert.Single(entries.OfType<Entry.Readings>());
        Assert.Equal(("load-z", 0L), (readings.Source, readings.Sequence));
        Assert.Equal([1, 80, 7], readings.Items.ToArray().Select(reading => reading.Value));
        Assert.All(readings.Items.ToArray(), reading => Assert.Equal(Noon, reading.At));
        Assert.Equal(
            ["load-z/door/door.open", "load-z/door/device.battery", "load-z/door/device.linkquality"],
            entries.OfType<Entry.Changed>().Select(changed => changed.Change)
                .OfType<Hub.Rules.Site.SiteChange.PointCommissioned>().Select(change => change.Point.Id.Value)
                .Where(id => id.StartsWith("load-z", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task An_unknown_device_is_quarantined_with_what_it_says_about_itself()
    {
        await using var hub = await RunningHub.StartAsync(_folder, time: _time, site: Adapters);
        using var bridge = await WireClient.ConnectAsync(hub.Port, "mqttjs_1");

        await bridge.PublishAsync("zigbee2mqtt/bridge/devices", Devices, 1, retain: true);
        await bridge.PublishAsync("zigbee2mqtt/bridge/devices", Devices, 2, retain: true);
        await bridge.PublishAsync("zigbee2mqtt/cellar/leak", """{"water_leak":true,"voltage":2995}""", 3);
        for (var i = 1; i <= 3; i++)
        {
            Assert.Equal(i, (await bridge.ReadAsync<MqttPacket.PubAck>()).PacketId);
        }

        // Announced once, however often it is said.
        var asides = (await hub.EntriesAsync()).OfType<Entry.SetAside>().ToList();
        Assert.Equal([("z2m", SetAsideKind.Unknown), ("z2m", SetAsideKind.Unknown)], asides.Select(a => (a.Source, a.Kind)));
        var announced = new QuarantineReader().Proposed("z2m", asides[0].Payload.Span, Noon);
        Assert.Equal(
            [
                new("cellar/leak", Signal.LeakWet, "", "cellar/leak", "Aqara SJCGQ11LM", "water_leak", false),
                new("cellar/leak", Signal.Battery, "%EL", "cellar/leak", "Aqara SJCGQ11LM", "battery", false),
                new("cellar/leak", "device.battery.voltage", "mV", "cellar/leak", "Aqara SJCGQ11LM", "voltage", false),
                new("cellar/leak", Signal.LinkQuality, "", "cellar/leak", "Aqara SJCGQ11LM", "linkquality", false),
            ],
            announced);
        var held = new QuarantineReader().Read("z2m", asides[1].Payload.Span, Noon);
        Assert.Equal([(Signal.LeakWet, 1.0), ("device.battery.voltage", 2995.0)], held.Select(h => (h.Signal, h.Value)));
        Assert.Equal(2, hub.Counters.Quarantined);
    }

    [Fact]
    public async Task What_can_t_be_decoded_is_kept_whole_with_its_reason_and_what_no_adapter_claims_is_not_looked_at()
    {
        await using var hub = await RunningHub.StartAsync(_folder, time: _time, site: Adapters);
        using var bridge = await WireClient.ConnectAsync(hub.Port, "mqttjs_1");

        await bridge.PublishAsync("zigbee2mqtt/leak", "{\"water_leak\":", 1);
        await bridge.PublishAsync("shellies/plug/online", "{", 2);
        await bridge.PublishAsync("zigbee2mqtt/leak/set", "{", 3);
        for (var i = 1; i <= 3; i++)
        {
            await bridge.ReadAsync<MqttPacket.PubAck>();
        }

        var aside = Assert.Single((await hub.EntriesAsync()).OfType<Entry.SetAside>());
        Assert.Equal(("mqttjs_1", "zigbee2mqtt/leak", SetAsideKind.Unreadable), (aside.Source, aside.Topic, aside.Kind));
        Assert.Equal("{\"water_leak\":", Encoding.UTF8.GetString(aside.Payload.Span));
        Assert.Contains("is no JSON", aside.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_bridge_s_own_state_is_its_presence()
    {
        await using var hub = await RunningHub.StartAsync(_folder, time: _time, site: Adapters);
        using var bridge = await WireClient.ConnectAsync(hub.Port, "mqttjs_1");

        await bridge.PublishAsync("zigbee2mqtt/bridge/state", """{"state":"online"}""", 1);
        await bridge.PublishAsync("zigbee2mqtt/bridge/state", """{"state":"online"}""", 2);
        await bridge.PublishAsync("zigbee2mqtt/bridge/state", "offline", 3);
        for (var i = 1; i <= 3; i++)
        {
            await bridge.ReadAsync<MqttPacket.PubAck>();
        }

        Assert.Equal(
            [("z2m", true), ("z2m", false)],
            (await hub.EntriesAsync()).OfType<Entry.Presence>().Select(presence => (presence.Source, presence.IsOnline)));
    }

    [Fact]
    public async Task A_topic_that_is_announced_later_is_read_on_connections_that_used_it_before_and_after_a_restart()
    {
        const string Announcement = """{"stat_t":"my/air","dev_cla":"temperature","unit_of_meas":"°C","dev":{"ids":"x"}}""";
        await using (var hub = await RunningHub.StartAsync(_folder, time: _time, site: Adapters))
        {
            using var sensor = await WireClient.ConnectAsync(hub.Port, "sensor");
            using var helper = await WireClient.ConnectAsync(hub.Port, "helper");
            await sensor.PublishAsync("my/air", "20", 1);
            await sensor.ReadAsync<MqttPacket.PubAck>();
            await helper.PublishAsync("homeassistant/sensor/x/config", Announcement, 1, retain: true);
            await helper.ReadAsync<MqttPacket.PubAck>();

            await sensor.PublishAsync("my/air", "21", 2);
            await sensor.ReadAsync<MqttPacket.PubAck>();
            Assert.Equal([21.0], await ValuesAsync(hub));
        }

        await using var again = await RunningHub.StartAsync(_folder, time: _time, site: Adapters);
        using var back = await WireClient.ConnectAsync(again.Port, "sensor");
        await back.PublishAsync("my/air", "22", 1);
        await back.ReadAsync<MqttPacket.PubAck>();
        Assert.Equal([21.0, 22.0], await ValuesAsync(again));
    }

    [Fact]
    public async Task A_bridge_that_announces_all_its_devices_at_once_has_each_of_them_proposed()
    {
        const int Count = 150;
        await using var hub = await RunningHub.StartAsync(_folder, time: _time, site: Adapters);
        using var bridge = await WireClient.ConnectAsync(hub.Port, "bridge");

        for (var i = 1; i <= Count; i++)
        {
            await bridge.PublishAsync(
                $"discovery/sensor/s{i}/config",
                $$"""{"stat_t":"s/{{i}}","dev_cla":"temperature","dev":{"ids":"d{{i / 2}}"} }""", (ushort)i);
        }

        for (var i = 1; i <= Count; i++)
        {
            await bridge.ReadAsync<MqttPacket.PubAck>();
        }

        var reader = new QuarantineReader();
        var proposed = (await hub.EntriesAsync()).OfType<Entry.SetAside>()
            .SelectMany(aside => reader.Proposed("many", aside.Payload.Span, Noon)).ToList();
        Assert.Equal((Count / 2) + 1, proposed.Select(signal => signal.Device).Distinct().Count());
    }

    [Fact]
    public async Task A_device_s_will_is_a_reading_of_its_absence()
    {
        await using var hub = await RunningHub.StartAsync(_folder, time: _time, site: Adapters);
        var plug = await WireClient.ConnectAsync(
            hub.Port, "DVES_1", with: connect => connect with
            {
                Will = new MqttWill("tele/plug/LWT", "Offline"u8.ToArray(), Retain: true),
            });
        await plug.PublishAsync("tele/plug/LWT", "Online", 1, retain: true);
        await plug.ReadAsync<MqttPacket.PubAck>();

        plug.Cut();

        await RunningHub.EventuallyAsync(async () => (await ValuesAsync(hub)).SequenceEqual([1, 0]));
    }

    [Fact]
    public async Task A_sparkplug_node_that_nobody_knows_is_asked_for_its_birth()
    {
        await using var hub = await RunningHub.StartAsync(_folder, time: _time, site: Adapters);
        using var node = await WireClient.ConnectAsync(hub.Port, "node");
        await node.SubscribeAsync("spBv1.0/group/NCMD/edge1", MqttQoS.AtMostOnce);

        var data = SampleFile.Read("sparkplugb-ndata-v1").Messages[0];
        await node.SendAsync(new MqttPacket.Publish(data.Topic, data.Bytes));

        Assert.Equal("spBv1.0/group/NCMD/edge1", (await node.ReadAsync<MqttPacket.Publish>()).Topic);
    }

    private static async Task<IEnumerable<double>> ValuesAsync(RunningHub hub) =>
        (await hub.EntriesAsync()).OfType<Entry.Readings>()
            .SelectMany(readings => readings.Items.ToArray().Select(reading => reading.Value));
}
