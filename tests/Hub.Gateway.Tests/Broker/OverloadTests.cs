using Hub.Gateway.Tests.Journal;
using Hub.Rules.Engine;
using Hub.Testing;
using Hub.Transport.Mqtt;

namespace Hub.Gateway.Tests.Broker;

/// <summary>Whoever is too fast waits, alone.</summary>
public sealed class OverloadTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly ManualTime _time = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_storm_at_ten_times_its_limit_is_slowed_to_it_and_everybody_else_is_acknowledged()
    {
        const int limit = 40;
        await using var hub = await RunningHub.StartAsync(
            _folder, broker: new() { MessagesPerSecondMax = limit, NetworkTime = _time });
        using var storm = await WireClient.ConnectAsync(hub.Port, "load-9");
        await storm.SendAsync([.. Enumerable.Range(1, 10 * limit).Select(i => Reading("load-9", i))]);
        await RunningHub.EventuallyAsync(() => Task.FromResult(hub.Broker.Counters.Slowed == 1));

        var others = Enumerable.Range(1, 4).Select(async number =>
        {
            using var other = await WireClient.ConnectAsync(hub.Port, $"load-{number}");
            for (var i = 1; i <= limit / 2; i++)
            {
                await other.SendAsync(Reading($"load-{number}", i));
                Assert.Equal(i, (await other.ReadAsync<MqttPacket.PubAck>()).PacketId);
            }
        });
        await Task.WhenAll(others);

        // No time has passed: what it had for its first second, one turn of a twentieth, and no more.
        Assert.Equal(limit + (limit / 20) + (4 * limit / 2), hub.Broker.Counters.Received);
        var seconds = 0;
        await RunningHub.EventuallyAsync(() =>
        {
            _time.Advance(TimeSpan.FromSeconds(1));
            seconds++;
            return Task.FromResult(hub.Broker.Counters.Received == (10 * limit) + (4 * limit / 2));
        });
        for (var i = 1; i <= 10 * limit; i++)
        {
            Assert.Equal(i, (await storm.ReadAsync<MqttPacket.PubAck>()).PacketId);
        }

        // Each second brings it what it earns in one, and a twentieth.
        Assert.True(seconds >= 8);
        await LetGoAsync(hub, storm);
    }

    [Fact]
    public async Task A_client_with_too_many_bytes_a_second_is_read_later_and_so_are_requests()
    {
        await using var hub = await RunningHub.StartAsync(
            _folder, broker: new() { BytesPerSecondMax = 1_000, MessagesPerSecondMax = 2, NetworkTime = _time });
        using var large = await WireClient.ConnectAsync(hub.Port, "large");
        using var hasty = await WireClient.ConnectAsync(hub.Port, "hasty");

        await large.PublishAsync("a", new string('x', 2_000), 1);
        await large.ReadAsync<MqttPacket.PubAck>();
        await RunningHub.EventuallyAsync(() => Task.FromResult(hub.Broker.Counters.Slowed == 1));
        await large.PublishAsync("a", "short", 2);
        await hasty.SendAsync(Enumerable.Repeat(new MqttPacket.PingReq(), 5).ToArray());
        await RunningHub.EventuallyAsync(() => Task.FromResult(hub.Broker.Counters.Slowed == 2));
        Assert.Equal(1, hub.Broker.Counters.Received);

        await RunningHub.EventuallyAsync(() =>
        {
            _time.Advance(TimeSpan.FromSeconds(0.1));
            return Task.FromResult(hub.Broker.Counters.Received == 2);
        });
        Assert.Equal(2, (await large.ReadAsync<MqttPacket.PubAck>()).PacketId);
        await LetGoAsync(hub, large, hasty);
    }

    [Fact]
    public async Task Presses_do_not_wait_behind_the_readings_of_other_clients()
    {
        using var disk = new ScriptedRowLog();
        await using var hub = await RunningHub.StartAsync(_folder, log: disk, time: _time);
        using var first = await WireClient.ConnectAsync(hub.Port, "load-1");
        using var bulk = await WireClient.ConnectAsync(hub.Port, "load-2");
        using var button = await WireClient.ConnectAsync(hub.Port, "load-3");
        foreach (var (client, edge) in new[] { (first, "load-1"), (bulk, "load-2"), (button, "load-3") })
        {
            await client.SendAsync(Reading(edge, 1));
            await client.ReadAsync<MqttPacket.PubAck>();
        }

        while (await disk.AppendBegun.WaitAsync(0, Cancel))
        {
        }

        disk.Hang();
        await first.SendAsync(Reading("load-1", 2));
        await disk.AppendBegun.WaitAsync(Cancel);
        await bulk.SendAsync(Reading("load-2", 2));
        Assert.True(await bulk.IsSilentAsync());
        await button.SendAsync(Reading("load-3", 2));
        Assert.True(await button.IsSilentAsync());
        using var other = await WireClient.ConnectAsync(hub.Port, "load-4");
        await other.SendAsync(Reading("load-1", 3, "events"));
        Assert.True(await other.IsSilentAsync());
        // No press goes before what its own edge has sent earlier.
        await button.SendAsync(Reading("load-3", 3, "events"));
        Assert.True(await button.IsSilentAsync());
        disk.Resume();
        Assert.Equal(3, (await other.ReadAsync<MqttPacket.PubAck>()).PacketId);
        Assert.Equal(2, (await button.ReadAsync<MqttPacket.PubAck>()).PacketId);
        Assert.Equal(3, (await button.ReadAsync<MqttPacket.PubAck>()).PacketId);
        Assert.Equal(2, (await bulk.ReadAsync<MqttPacket.PubAck>()).PacketId);

        var order = (await hub.EntriesAsync()).OfType<Entry.Readings>()
            .Select(one => (one.Source, one.Sequence)).Where(one => one.Sequence > 1).ToList();
        Assert.Equal([("load-1", 2L), ("load-1", 3), ("load-2", 2), ("load-3", 2), ("load-3", 3)], order);
    }

    [Fact]
    public async Task A_stampede_is_admitted_at_a_rate_and_who_would_wait_too_long_is_told_to_come_again()
    {
        await using var hub = await RunningHub.StartAsync(
            _folder, broker: new() { ConnectsPerSecondMax = 2, ConnectTimeMax = TimeSpan.FromSeconds(0.6), NetworkTime = _time });
        using var first = await WireClient.ConnectAsync(hub.Port, "first");
        using var second = await WireClient.ConnectAsync(hub.Port, "second");
        using var third = await WireClient.OpenAsync(hub.Port, MqttVersion.V500);
        await third.SendAsync(new MqttPacket.Connect(MqttVersion.V500, "third"));
        await RunningHub.EventuallyAsync(() => Task.FromResult(hub.Broker.Counters.Slowed == 1));
        using var fourth = await WireClient.OpenAsync(hub.Port, MqttVersion.V500);
        await fourth.SendAsync(new MqttPacket.Connect(MqttVersion.V500, "fourth"));

        Assert.Equal(MqttReason.ConnectionRateExceeded, (await fourth.ReadAsync<MqttPacket.ConnAck>()).Reason);
        Assert.Equal(2, hub.Broker.SessionCount);
        await RunningHub.EventuallyAsync(() =>
        {
            _time.Advance(TimeSpan.FromSeconds(0.05));
            return Task.FromResult(hub.Broker.SessionCount == 3);
        });
        Assert.Equal(MqttReason.Success, (await third.ReadAsync<MqttPacket.ConnAck>()).Reason);
    }

    [Fact]
    public async Task Connections_of_one_address_beyond_its_limit_are_closed_until_one_of_them_goes()
    {
        await using var hub = await RunningHub.StartAsync(_folder, broker: new() { ConnectionsPerAddressMax = 1 });
        var first = await WireClient.ConnectAsync(hub.Port, "first");
        using var second = await WireClient.OpenAsync(hub.Port, MqttVersion.V500);
        Assert.Null(await second.ReadAsync());

        await first.SendAsync(new MqttPacket.Disconnect());
        Assert.Null(await first.ReadAsync());
        await RunningHub.EventuallyAsync(() => Task.FromResult(hub.Broker.ConnectionCount == 0));

        using var third = await WireClient.ConnectAsync(hub.Port, "third");
        Assert.True(await third.IsSilentAsync());
    }

    [Fact]
    public async Task Beyond_the_bytes_of_what_is_retained_a_message_only_passes_through()
    {
        await using var hub = await RunningHub.StartAsync(_folder, broker: new() { RetainedBytesMax = 10 });
        using var client = await WireClient.ConnectAsync(hub.Port, "one");
        await client.SubscribeAsync("#", MqttQoS.AtMostOnce);

        await client.PublishAsync("a", "12345678", 0, retain: true);
        await client.PublishAsync("b", "12345678", 0, retain: true);
        await client.ReadAsync<MqttPacket.Publish>();
        Assert.Equal("b", (await client.ReadAsync<MqttPacket.Publish>()).Topic);

        using var later = await WireClient.ConnectAsync(hub.Port, "later");
        await later.SubscribeAsync("#", MqttQoS.AtMostOnce);
        Assert.Equal("a", (await later.ReadAsync<MqttPacket.Publish>()).Topic);
        Assert.True(await later.IsSilentAsync());
        Assert.Equal(1, hub.Broker.Counters.NotRetained);
    }

    /// <summary>What still rests by the hand-moved clock would keep the hub from stopping.</summary>
    private async Task LetGoAsync(RunningHub hub, params WireClient[] clients)
    {
        foreach (var client in clients)
        {
            await client.SendAsync(new MqttPacket.Disconnect());
        }

        await RunningHub.EventuallyAsync(() =>
        {
            _time.Advance(TimeSpan.FromSeconds(1));
            return Task.FromResult(hub.Broker.ConnectionCount == 0);
        });
    }

    private static MqttPacket Reading(string edge, int sequence, string kind = "readings") => WireClient.Publish(
        $"hub/1/{edge}/{kind}",
        $$"""[{"bn":"{{edge}}/","n":"water.volume","u":"m3","v":{{sequence}},"bt":1767600000,"ep":"a","sq":{{sequence}}}]""",
        (ushort)sequence);
}
