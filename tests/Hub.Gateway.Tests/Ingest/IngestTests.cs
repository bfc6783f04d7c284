using System.Globalization;
using Hub.Gateway.Tests.Broker;
using Hub.Gateway.Tests.Journal;
using Hub.Rules.Engine;
using Hub.Rules.Readings;
using Hub.Testing;
using Hub.Transport.Log;
using Hub.Transport.Mqtt;

namespace Hub.Gateway.Tests.Ingest;

public sealed class IngestTests : IDisposable
{
    private static readonly DateTimeOffset Noon = new(2026, 5, 3, 12, 0, 0, TimeSpan.Zero);

    private readonly TempFolder _folder = new();
    private readonly ManualTime _time = new(Noon);

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(WireClient.Versions), MemberType = typeof(WireClient))]
    public async Task A_reading_is_acknowledged_when_it_is_in_the_journal_in_its_signal_s_unit(MqttVersion version)
    {
        await using var hub = await RunningHub.StartAsync(_folder, time: _time);
        using var edge = await WireClient.ConnectAsync(hub.Port, "load-7", version);

        await edge.PublishAsync(
            "hub/1/load-7/readings",
            """[{"bn":"load-7/","n":"water.volume","v":1234.5,"u":"L","bt":1777809600,"ep":"a","sq":5,"ct":"estimated"}]""", 11);
        Assert.Equal(11, (await edge.ReadAsync<MqttPacket.PubAck>()).PacketId);

        var readings = Assert.Single((await hub.EntriesAsync()).OfType<Entry.Readings>());
        Assert.Equal(("load-7", "a", 5L, Noon), (readings.Source, readings.Epoch, readings.Sequence, readings.ReceivedAt));
        var reading = Assert.Single(readings.Items.ToArray());
        Assert.Equal((Noon, Quality.Uncertain), (reading.At, reading.Quality));
        Assert.Equal(1.2345, reading.Value, 12);
        Assert.Equal((1, 0), (hub.Counters.Accepted, hub.Counters.Duplicate));
        Assert.Equal(4, hub.Counters.Missing);
    }

    [Fact]
    public async Task No_puback_goes_out_before_the_commit_and_other_packets_are_not_held_up()
    {
        using var disk = new ScriptedRowLog();
        await using var hub = await RunningHub.StartAsync(_folder, log: disk, time: _time);
        using var edge = await WireClient.ConnectAsync(hub.Port, "load-1");
        await edge.PublishAsync("hub/1/load-1/readings", Pack(1, 1), 1);
        await edge.ReadAsync<MqttPacket.PubAck>();

        disk.Hang();
        await edge.PublishAsync("hub/1/load-1/readings", Pack(2, 3), 2);
        await edge.PublishAsync("elsewhere", "x", 3);
        Assert.True(await edge.IsSilentAsync());
        disk.Resume();

        // In the order of their publishes, although the second one needed no commit (4.6).
        Assert.Equal(2, (await edge.ReadAsync<MqttPacket.PubAck>()).PacketId);
        Assert.Equal(3, (await edge.ReadAsync<MqttPacket.PubAck>()).PacketId);
    }

    [Fact]
    public async Task When_the_commit_fails_no_puback_ever_goes_out_and_the_hub_stops()
    {
        using var disk = new ScriptedRowLog();
        await using var hub = await RunningHub.StartAsync(_folder, log: disk, time: _time);
        using var edge = await WireClient.ConnectAsync(hub.Port, "load-1");
        await edge.PublishAsync("hub/1/load-1/readings", Pack(1, 1), 1);
        await edge.ReadAsync<MqttPacket.PubAck>();

        disk.FailWith = new LogFailedException("I/O error", 1034);
        await edge.PublishAsync("hub/1/load-1/readings", Pack(2, 1), 2);

        for (var packet = await edge.ReadAsync(); packet is not null; packet = await edge.ReadAsync())
        {
            Assert.IsNotType<MqttPacket.PubAck>(packet);
        }

        Assert.NotNull(hub.Journal.Failure);
        await RunningHub.EventuallyAsync(() => Task.FromResult(hub.IsStopping));
    }

    [Fact]
    public async Task Thousands_in_flight_cut_anywhere_come_through_once_and_are_acknowledged_in_order()
    {
        const int Count = 3000;
        await using var hub = await RunningHub.StartAsync(_folder, time: _time);
        using var edge = await WireClient.ConnectAsync(hub.Port, "load-2", MqttVersion.V311);
        var bytes = edge.Bytes([.. Enumerable.Range(1, Count)
            .Select(i => WireClient.Publish("hub/1/load-2/readings", Pack(i, 1), (ushort)i))]);
        var random = new Random(3);

        var sending = Task.Run(
            async () =>
            {
                for (var at = 0; at < bytes.Length;)
                {
                    var length = Math.Min(random.Next(1, 9000), bytes.Length - at);
                    await edge.SendAsync(bytes.AsMemory(at, length));
                    at += length;
                }
            },
            TestContext.Current.CancellationToken);
        for (var i = 1; i <= Count; i++)
        {
            Assert.Equal(i, (await edge.ReadAsync<MqttPacket.PubAck>()).PacketId);
        }

        await sending;
        Assert.Equal(
            Enumerable.Range(1, Count).Select(i => (long)i),
            (await hub.EntriesAsync()).OfType<Entry.Readings>().Select(readings => readings.Sequence));
        Assert.Equal((Count, Count), (hub.Counters.Accepted, hub.Counters.Acknowledged));
    }

    [Fact]
    public async Task A_pack_sent_again_is_a_duplicate_after_a_restart_too_and_one_sent_in_part_is_taken_in_part()
    {
        await using (var hub = await RunningHub.StartAsync(_folder, time: _time))
        {
            using var edge = await WireClient.ConnectAsync(hub.Port, "load-1");
            await edge.PublishAsync("hub/1/load-1/readings", Pack(1, 5), 1);
            await edge.PublishAsync("hub/1/load-1/readings", Pack(1, 5), 2);
            await edge.ReadAsync<MqttPacket.PubAck>();
            await edge.ReadAsync<MqttPacket.PubAck>();
            Assert.Equal((5, 5), (hub.Counters.Accepted, hub.Counters.Duplicate));
        }

        await using var again = await RunningHub.StartAsync(_folder, time: _time);
        using var back = await WireClient.ConnectAsync(again.Port, "load-1");
        await back.PublishAsync("hub/1/load-1/readings", Pack(3, 5), 1);
        await back.PublishAsync("hub/1/load-1/readings", Pack(1, 1, epoch: "new"), 2);
        await back.ReadAsync<MqttPacket.PubAck>();
        await back.ReadAsync<MqttPacket.PubAck>();

        Assert.Equal((3, 3), (again.Counters.Accepted, again.Counters.Duplicate));
        Assert.Equal(
            [("e", 1L, 5), ("e", 6L, 2), ("new", 1L, 1)],
            (await again.EntriesAsync()).OfType<Entry.Readings>().Select(r => (r.Epoch, r.Sequence, r.Items.Length)));
    }

    [Fact]
    public async Task One_impossible_record_is_set_aside_and_its_fellows_are_kept_under_their_own_numbers()
    {
        await using (var hub = await RunningHub.StartAsync(_folder, time: _time))
        {
            using var edge = await WireClient.ConnectAsync(hub.Port, "load-1");
            await edge.PublishAsync(
                "hub/1/load-1/readings",
                """
                [{"bn":"load-1/","n":"climate.humidity","u":"%RH","v":40,"bt":1777809600,"ep":"e","sq":1},
                 {"n":"climate.humidity","u":"%RH","v":140},
                 {"n":"climate.humidity","u":"%RH","v":41,"t":1200},
                 {"n":"climate.humidity","u":"m3","v":42},
                 {"n":"climate.humidity","vs":"wet"},
                 {"n":"climate.temperature","u":"degF","v":212}]
                """, 1);
            await edge.ReadAsync<MqttPacket.PubAck>();

            var entries = await hub.EntriesAsync();
            Assert.Equal(
                [(1L, 40.0), (6L, 100.0)],
                entries.OfType<Entry.Readings>().Select(r => (r.Sequence, Math.Round(r.Items.Span[0].Value, 9))));
            var aside = Assert.Single(entries.OfType<Entry.SetAside>());
            Assert.Equal(SetAsideKind.Impossible, aside.Kind);
            Assert.Contains("140 %RH", aside.Reason);
            Assert.Contains("and 1 more", aside.Reason);
            Assert.Equal((2, 4), (hub.Counters.Accepted, hub.Counters.Rejected));
        }

        // The numbers of what was set aside are spent: sent again, it is a duplicate, and nothing is missing.
        await using var again = await RunningHub.StartAsync(_folder, time: _time);
        using var back = await WireClient.ConnectAsync(again.Port, "load-1");
        await back.PublishAsync("hub/1/load-1/readings", Pack(2, 3), 1);
        await back.ReadAsync<MqttPacket.PubAck>();
        Assert.Equal((0, 3, 0), (again.Counters.Accepted, again.Counters.Duplicate, again.Counters.Missing));
    }

    [Fact]
    public async Task Unreadable_and_unknown_messages_are_kept_with_their_reason_up_to_a_limit_and_acknowledged()
    {
        await using var hub = await RunningHub.StartAsync(_folder, time: _time, ingest: new() { SetAsidePerMinuteMax = 3 });
        using var edge = await WireClient.ConnectAsync(hub.Port, "stranger");
        await edge.PublishAsync("hub/1/stranger/readings", "not json", 1);
        await edge.PublishAsync("hub/1/stranger/readings", Pack(1, 2, name: "w1/water.volume"), 2);
        await edge.PublishAsync("hub/1/stranger/status", "{", 3);
        await edge.PublishAsync("hub/1/stranger/readings", Pack(3, 2, name: "w1/water.volume"), 4);
        await edge.PublishAsync("hub/1/st range/readings", Pack(3, 2), 5);
        for (var i = 1; i <= 5; i++)
        {
            Assert.Equal(i, (await edge.ReadAsync<MqttPacket.PubAck>()).PacketId);
        }

        var asides = (await hub.EntriesAsync()).OfType<Entry.SetAside>().ToList();
        Assert.Equal(
            [SetAsideKind.Unreadable, SetAsideKind.Unknown, SetAsideKind.Unreadable, SetAsideKind.UnknownTopic],
            asides.Select(aside => aside.Kind));
        Assert.Equal("not json", System.Text.Encoding.UTF8.GetString(asides[0].Payload.Span));
        Assert.Contains("w1/water.volume has not been commissioned", asides[1].Reason);
        Assert.Equal((4, 3, 1), (hub.Counters.Quarantined, hub.Counters.Rejected, hub.Counters.SetAsideDropped));
    }

    [Fact]
    public async Task A_press_keeps_its_id_and_comes_by_the_events_topic()
    {
        await using var hub = await RunningHub.StartAsync(_folder, time: _time);
        using var edge = await WireClient.ConnectAsync(hub.Port, "load-1");

        await edge.PublishAsync("hub/1/load-1/events", """[{"n":"lobby/button.press","v":1,"id":"p-1"}]""", 1);
        await edge.ReadAsync<MqttPacket.PubAck>();

        var readings = Assert.Single((await hub.EntriesAsync()).OfType<Entry.Readings>());
        Assert.Equal(("p-1", Noon, 0L), (readings.Items.Span[0].PressId, readings.Items.Span[0].At, readings.Sequence));
    }

    [Fact]
    public async Task Presence_follows_status_will_and_the_end_of_the_connection()
    {
        await using var hub = await RunningHub.StartAsync(_folder, time: _time);
        var edge = await WireClient.ConnectAsync(
            hub.Port, "load-1", with: connect => connect with
            {
                Will = new MqttWill("hub/1/load-1/status", """{"state":"offline"}"""u8.ToArray(), Retain: true),
            });
        await edge.PublishAsync("hub/1/load-1/status", """{"state":"online","epoch":"e"}""", 1, retain: true);
        await edge.ReadAsync<MqttPacket.PubAck>();
        edge.Cut();
        await RunningHub.EventuallyAsync(async () => await PresenceAsync(hub) is [true, false]);

        // One without a status message: it sends, so it is there; its connection ends, so it is gone.
        using var plain = await WireClient.ConnectAsync(hub.Port, "load-2");
        await plain.PublishAsync("hub/1/load-2/readings", Pack(1, 1), 1);
        await plain.ReadAsync<MqttPacket.PubAck>();
        await plain.SendAsync(new MqttPacket.Disconnect());

        await RunningHub.EventuallyAsync(async () => await PresenceAsync(hub) is [true, false, true, false]);
        using var watcher = await WireClient.ConnectAsync(hub.Port, "watcher");
        await watcher.SubscribeAsync("hub/1/+/status");
        Assert.Contains("offline", System.Text.Encoding.UTF8.GetString(
            (await watcher.ReadAsync<MqttPacket.Publish>()).Payload.Span));
    }

    [Fact]
    public async Task Readings_go_to_subscribers_too()
    {
        await using var hub = await RunningHub.StartAsync(_folder, time: _time);
        using var watcher = await WireClient.ConnectAsync(hub.Port, "watcher");
        using var edge = await WireClient.ConnectAsync(hub.Port, "load-1");
        await edge.PublishAsync("hub/1/load-1/readings", Pack(1, 1), 1);
        await edge.ReadAsync<MqttPacket.PubAck>();
        await watcher.SubscribeAsync("hub/1/+/readings", MqttQoS.AtMostOnce);

        await edge.PublishAsync("hub/1/load-1/readings", Pack(2, 1), 2);

        Assert.Contains("\"sq\":2", System.Text.Encoding.UTF8.GetString(
            (await watcher.ReadAsync<MqttPacket.Publish>()).Payload.Span));
    }

    private static async Task<List<bool>> PresenceAsync(RunningHub hub) =>
        [.. (await hub.EntriesAsync()).OfType<Entry.Presence>().Select(presence => presence.IsOnline)];

    private static string Pack(long sequence, int count, string epoch = "e", string name = "electric.power") => "["
        + string.Join(',', Enumerable.Range(0, count).Select(i => string.Create(
            CultureInfo.InvariantCulture,
            $$"""{{{(i == 0 ? $"\"bt\":1777809600,\"ep\":\"{epoch}\",\"sq\":{sequence}," : "")}}"n":"{{name}}","u":"W","v":{{sequence + i}}}""")))
        + "]";
}
