using System.Globalization;
using System.Text;
using Hub.Edge.LocalMqtt;
using Hub.Edge.Outbox;
using Hub.Edge.Sampling;
using Hub.Edge.Setup;
using Hub.Edge.Tests.Forwarding;
using Hub.Edge.Tests.Sampling;
using Hub.Testing;
using Hub.Transport.Messages;

namespace Hub.Edge.Tests.LocalMqtt;

/// <summary>From a real Mosquitto beside the edge to a real one in the hub's place.</summary>
public sealed class LocalBridgeTests : IDisposable
{
    private const string Devices = "zigbee2mqtt/bridge/devices";

    private readonly TempFolder _folder = new();
    private readonly ToldValues _told = new();
    private readonly ScriptedUplink _uplink = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task With_the_hub_away_and_the_edge_restarted_nothing_is_lost_and_everything_is_in_order()
    {
        await using var local = await SiteBroker.StartAsync(Cancel);
        await using var hub = await Mosquitto.StartAsync(Cancel);
        var before = TimeProvider.System.GetUtcNow();
        await local.PublishAsync(Devices, "[]", true, Cancel);
        var edge = await StartAsync(local, hub);
        await hub.UntilAsync(() => Forwarded(hub, Devices).Any(), Cancel);

        await PublishAsync(local, 0, 100);
        await hub.UntilAsync(() => Numbers(hub).Count() >= 50, Cancel);
        edge.Cut();
        await PublishAsync(local, 100, 200);
        await edge.StopAsync(Cancel);
        await PublishAsync(local, 200, 250);
        edge = await StartAsync(local, hub);
        await PublishAsync(local, 250, 300);
        await hub.UntilAsync(() => Numbers(hub).Distinct().Count() == 300, Cancel);

        Assert.Equal(Enumerable.Range(0, 300), Numbers(hub).Distinct());
        var retained = await hub.RetainedAsync(Topics.Local("e1", Devices), Cancel);
        Assert.True(LocalMessage.TryRead(retained.Span, out var at, out var clock, out var payload));
        Assert.Equal((SenMlClock.Synced, "[]"), (clock, Encoding.UTF8.GetString(payload)));
        Assert.InRange(at, before.AddSeconds(-1), TimeProvider.System.GetUtcNow());
        await edge.StopAsync(Cancel);
    }

    [Fact]
    public async Task What_could_not_be_kept_is_not_acknowledged_and_comes_again()
    {
        await using var local = await SiteBroker.StartAsync(Cancel);
        await File.WriteAllTextAsync(_folder["nowhere"], "A file, and no folder.", Cancel);
        using (var noDisk = new LocalOutbox(_folder["nowhere/local.db"]))
        {
            await RunAsync(Broker(local), noDisk, async bridge =>
            {
                var failed = new TaskCompletionSource();
                bridge.Trouble += _ => failed.TrySetResult();
                await _told.UntilAsync(() => _told.Of("local-mqtt/device.online") is [1], Cancel);
                for (var i = 0; i < 600 && !failed.Task.IsCompleted; i++)
                {
                    // The subscription may be a moment behind the connection.
                    await local.PublishAsync("zigbee2mqtt/n", "7", false, Cancel);
                    await Task.WhenAny(failed.Task, Task.Delay(50, Cancel));
                }

                Assert.True(failed.Task.IsCompleted);
                Assert.Empty(_uplink.Publications);
            });
        }

        using var outbox = new LocalOutbox(_folder["local.db"]);
        await RunAsync(Broker(local), outbox, async _ =>
        {
            var publication = await _uplink.NextAsync(Cancel);
            Assert.Equal(Topics.Local("e1", "zigbee2mqtt/n"), publication.Topic);
            Assert.EndsWith(" unsynced\n7", Encoding.UTF8.GetString(publication.Payload), StringComparison.Ordinal);
        });
    }

    [Fact]
    public async Task A_broker_that_goes_away_is_a_device_that_is_away_until_it_is_back()
    {
        await using var local = await SiteBroker.StartAsync(Cancel);
        using var outbox = new LocalOutbox(_folder["local.db"]);
        await RunAsync(Broker(local), outbox, async _ =>
        {
            await _told.UntilAsync(() => _told.Of("local-mqtt/device.online") is [1], Cancel);
            await local.KillAsync();
            await _told.UntilAsync(() => _told.Of("local-mqtt/device.online") is [1, 0], Cancel);
            await local.RestartAsync(Cancel);
            await _told.UntilAsync(() => _told.Of("local-mqtt/device.online") is [1, 0, 1], Cancel);
        });

        Assert.Equal([1, 0, 1], _told.Of("local-mqtt/device.online")); // That the edge stops is no fault.
    }

    [Fact]
    public async Task Other_topics_cost_no_message_and_a_broker_that_is_taken_away_queues_nothing_any_more()
    {
        await using var local = await SiteBroker.StartAsync(Cancel);
        using var outbox = new LocalOutbox(_folder["local.db"]);
        var (all, some) = (Broker(local), Broker(local) with { Topics = ["zigbee2mqtt/n"] });
        List<string> got = [];
        await local.PublishAsync(Devices, "[]", true, Cancel);
        var publishing = Task.CompletedTask;
        await RunAsync(all, outbox, async _ =>
        {
            await TakeAsync(got, "[]"); // What is retained comes when it has subscribed.
            publishing = PublishAsync(local, 0, 100);
            await TakeAsync(got, "0");
        }, next: some);
        await local.PublishAsync("zigbee2mqtt/other", "unwanted", false, Cancel);
        await RunAsync(some, outbox, async _ =>
        {
            await publishing;
            await TakeAsync(got, "99");
        }, next: null);
        await PublishAsync(local, 400, 410);
        got.Remove("[]");
        await RunAsync(all, outbox, _ => TakeAsync(got, "[]"));

        Assert.Equal([.. Enumerable.Range(0, 100).Select(n => $"{n}"), "[]"], got.Distinct());
    }

    public void Dispose()
    {
        _folder.Dispose();
        _told.Dispose();
        _uplink.Dispose();
    }

    private static LocalBroker Broker(SiteBroker local) =>
        new() { Host = "127.0.0.1", Port = local.Port, Topics = ["zigbee2mqtt/#"] };

    private static async Task PublishAsync(SiteBroker local, int from, int to)
    {
        for (var i = from; i < to; i++)
        {
            await local.PublishAsync("zigbee2mqtt/n", i.ToString(CultureInfo.InvariantCulture), false, Cancel);
        }
    }

    private static IEnumerable<byte[]> Forwarded(Mosquitto hub, string topic) =>
        hub.Messages.Where(message => message.Topic == Topics.Local("e1", topic)).Select(message => message.Payload);

    private static IEnumerable<int> Numbers(Mosquitto hub) => Forwarded(hub, "zigbee2mqtt/n")
        .Select(payload => int.Parse(Encoding.UTF8.GetString(payload).Split('\n')[1], CultureInfo.InvariantCulture));

    private async Task<EdgeHost> StartAsync(SiteBroker local, Mosquitto hub)
    {
        var edge = new EdgeHost(new EdgeOptions
        {
            Edge = "e1",
            DataFolder = _folder.Path,
            IsClockTrusted = true,
            Hub = new HubEndpoint
            {
                Host = "127.0.0.1",
                Port = hub.Port,
                ReconnectWaitMax = TimeSpan.FromMilliseconds(200),
            },
            LocalMqtt = Broker(local),
        });
        await edge.StartAsync(Cancel);
        return edge;
    }

    /// <summary>Takes what is sent until it is this.</summary>
    private async Task TakeAsync(List<string> got, string last)
    {
        while (got.Count == 0 || got[^1] != last)
        {
            got.Add(Encoding.UTF8.GetString((await _uplink.NextAsync(Cancel)).Payload).Split('\n')[1]);
        }
    }

    private Task RunAsync(LocalBroker broker, LocalOutbox outbox, Func<LocalBridge, Task> act) =>
        RunAsync(broker, outbox, act, next: broker);

    private async Task RunAsync(
        LocalBroker broker, LocalOutbox outbox, Func<LocalBridge, Task> act, LocalBroker? next)
    {
        using var stop = new CancellationTokenSource();
        var time = TimeProvider.System;
        using var bridge = new LocalBridge(
            "e1", broker, outbox, new DeviceFaults(_told, time), () => default(ClockStamp), time, time);
        var running = bridge.RunAsync(() => next, stop.Token);
        var sending = new LocalSender("e1", outbox, _uplink, () => default(ClockStamp), time).RunAsync(stop.Token);
        await act(bridge);
        await stop.CancelAsync();
        await Task.WhenAll(running, sending);
    }
}
