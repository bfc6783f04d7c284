using System.Text;
using Hub.Gateway.Broker;
using Hub.Testing;
using Hub.Transport.Mqtt;

namespace Hub.Gateway.Tests.Broker;

public sealed class BrokerTests : IDisposable
{
    private readonly TempFolder _folder = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(WireClient.Versions), MemberType = typeof(WireClient))]
    public async Task Without_leave_for_anonymous_clients_a_connection_is_refused(MqttVersion version)
    {
        await using var hub = await RunningHub.StartAsync(_folder, allowAnonymous: false);
        using var client = await WireClient.OpenAsync(hub.Port, version);

        await client.SendAsync(new MqttPacket.Connect(version, "load-1"));

        Assert.Equal(MqttReason.NotAuthorized, (await client.ReadAsync<MqttPacket.ConnAck>()).Reason);
        Assert.Null(await client.ReadAsync());
    }

    [Fact]
    public async Task A_5_0_client_is_told_the_limits_and_its_name()
    {
        await using var hub = await RunningHub.StartAsync(_folder);
        using var client = await WireClient.OpenAsync(hub.Port, MqttVersion.V500);

        await client.SendAsync(new MqttPacket.Connect(MqttVersion.V500, ""));
        var answer = await client.ReadAsync<MqttPacket.ConnAck>();

        Assert.Equal(MqttReason.Success, answer.Reason);
        Assert.StartsWith("auto-", answer.Properties.AssignedClientId);
        Assert.Null(answer.Properties.MaximumQoS);
        Assert.Equal(new BrokerOptions().ReceiveMax, answer.Properties.ReceiveMaximum);
    }

    [Theory]
    [MemberData(nameof(WireClient.Versions), MemberType = typeof(WireClient))]
    public async Task Messages_go_to_whoever_is_subscribed_with_wildcards_too(MqttVersion version)
    {
        await using var hub = await RunningHub.StartAsync(_folder);
        using var all = await WireClient.ConnectAsync(hub.Port, "all", version);
        using var one = await WireClient.ConnectAsync(hub.Port, "one", version);
        using var none = await WireClient.ConnectAsync(hub.Port, "none", version);
        await all.SubscribeAsync("house/#");
        await one.SubscribeAsync("house/+/door", MqttQoS.AtMostOnce);
        await none.SubscribeAsync("house/b2/#");
        using var sender = await WireClient.ConnectAsync(hub.Port, "sender", version);

        await sender.PublishAsync("house/b1/door", "open", 1);

        Assert.Equal(1, (await sender.ReadAsync<MqttPacket.PubAck>()).PacketId);
        var toAll = await all.ReadAsync<MqttPacket.Publish>();
        Assert.Equal(("house/b1/door", "open", MqttQoS.AtLeastOnce), (toAll.Topic, Text(toAll), toAll.QoS));
        Assert.Equal(MqttQoS.AtMostOnce, (await one.ReadAsync<MqttPacket.Publish>()).QoS);
        Assert.True(await none.IsSilentAsync());
    }

    [Fact]
    public async Task Unsubscribed_means_silence()
    {
        await using var hub = await RunningHub.StartAsync(_folder);
        using var client = await WireClient.ConnectAsync(hub.Port, "one");
        await client.SubscribeAsync("a/b");
        await client.SendAsync(new MqttPacket.Unsubscribe(3, ["a/b", "x"]));

        Assert.Equal(
            [MqttReason.Success, MqttReason.NoSubscriptionExisted], (await client.ReadAsync<MqttPacket.UnsubAck>()).Reasons);
        await client.PublishAsync("a/b", "1", 0);
        Assert.True(await client.IsSilentAsync());
    }

    [Fact]
    public async Task What_can_not_be_subscribed_is_refused_and_the_rest_granted()
    {
        await using var hub = await RunningHub.StartAsync(_folder, broker: new() { SubscriptionsPerSessionMax = 2 });
        using var client = await WireClient.ConnectAsync(hub.Port, "one");

        await client.SendAsync(new MqttPacket.Subscribe(
            4,
            [
                new MqttSubscription("a/#/b", MqttQoS.AtLeastOnce),
                new MqttSubscription("$share/g", MqttQoS.AtLeastOnce),
                new MqttSubscription("a", MqttQoS.ExactlyOnce),
                new MqttSubscription("b", MqttQoS.AtMostOnce),
                new MqttSubscription("c", MqttQoS.AtMostOnce),
            ]));

        Assert.Equal(
            [
                MqttReason.TopicFilterInvalid, MqttReason.TopicFilterInvalid, MqttReason.GrantedQoS2,
                MqttReason.Success, MqttReason.QuotaExceeded,
            ],
            (await client.ReadAsync<MqttPacket.SubAck>()).Reasons);
    }

    [Fact]
    public async Task A_retained_message_waits_for_later_subscribers_and_survives_a_restart_until_it_is_taken_back()
    {
        await using (var hub = await RunningHub.StartAsync(_folder))
        {
            await hub.Broker.PublishAsync("hub/1/load-1/kiosk/l1", "{\"state\":\"idle\"}"u8.ToArray(), true, Cancel);
            using var first = await WireClient.ConnectAsync(hub.Port, "first");
            await first.PublishAsync("gone", "x", 1, retain: true);
            await first.PublishAsync("gone", "", 2, retain: true);
            await first.ReadAsync<MqttPacket.PubAck>();
            await first.ReadAsync<MqttPacket.PubAck>();
            await first.SubscribeAsync("hub/1/+/kiosk/#");
            Assert.True((await first.ReadAsync<MqttPacket.Publish>()).Retain);
        }

        await using var again = await RunningHub.StartAsync(_folder);
        using var later = await WireClient.ConnectAsync(again.Port, "later");
        await later.SubscribeAsync("#");

        var kept = await later.ReadAsync<MqttPacket.Publish>();
        Assert.Equal(("hub/1/load-1/kiosk/l1", "{\"state\":\"idle\"}", true), (kept.Topic, Text(kept), kept.Retain));
        await later.SendAsync(new MqttPacket.PubAck(kept.PacketId));
        Assert.True(await later.IsSilentAsync());
    }

    [Fact]
    public async Task A_second_connection_under_one_name_takes_over_and_the_will_of_the_first_comes_before_it_speaks()
    {
        await using var hub = await RunningHub.StartAsync(_folder);
        using var watcher = await WireClient.ConnectAsync(hub.Port, "watcher");
        await watcher.SubscribeAsync("lost");
        using var first = await WireClient.ConnectAsync(
            hub.Port, "twin", with: connect => connect with { Will = new MqttWill("lost", "first"u8.ToArray()) });

        using var second = await WireClient.ConnectAsync(hub.Port, "twin");

        Assert.Equal(MqttReason.SessionTakenOver, (await first.ReadAsync<MqttPacket.Disconnect>()).Reason);
        Assert.Null(await first.ReadAsync());
        Assert.Equal("first", Text(await watcher.ReadAsync<MqttPacket.Publish>()));
        Assert.True(await second.IsSilentAsync());
    }

    [Theory]
    [MemberData(nameof(WireClient.Versions), MemberType = typeof(WireClient))]
    public async Task The_will_is_published_when_the_connection_is_lost_and_not_when_it_is_ended(MqttVersion version)
    {
        await using var hub = await RunningHub.StartAsync(_folder);
        using var watcher = await WireClient.ConnectAsync(hub.Port, "watcher", version);
        await watcher.SubscribeAsync("lost/#");
        MqttPacket.Connect WithWill(MqttPacket.Connect connect) =>
            connect with { Will = new MqttWill($"lost/{connect.ClientId}", "gone"u8.ToArray()) };
        var orderly = await WireClient.ConnectAsync(hub.Port, "orderly", version, WithWill);
        var dirty = await WireClient.ConnectAsync(hub.Port, "dirty", version, WithWill);

        await orderly.SendAsync(new MqttPacket.Disconnect());
        Assert.Null(await orderly.ReadAsync());
        dirty.Cut();

        Assert.Equal("lost/dirty", (await watcher.ReadAsync<MqttPacket.Publish>()).Topic);
        Assert.True(await watcher.IsSilentAsync());
    }

    [Fact]
    public async Task What_a_client_away_has_missed_waits_in_its_session()
    {
        await using var hub = await RunningHub.StartAsync(_folder);
        var away = await WireClient.ConnectAsync(hub.Port, "away", with: WireClient.Lasting);
        await away.SubscribeAsync("news");
        using var sender = await WireClient.ConnectAsync(hub.Port, "sender");
        await sender.PublishAsync("news", "1", 1);
        var unacknowledged = await away.ReadAsync<MqttPacket.Publish>();
        away.Cut();
        await RunningHub.EventuallyAsync(() => Task.FromResult(hub.Broker.ConnectionCount == 1));
        await sender.PublishAsync("news", "2", 2);

        using var back = await WireClient.OpenAsync(hub.Port, MqttVersion.V500);
        await back.SendAsync(WireClient.Lasting(new MqttPacket.Connect(MqttVersion.V500, "away")));

        Assert.True((await back.ReadAsync<MqttPacket.ConnAck>()).SessionPresent);
        var again = await back.ReadAsync<MqttPacket.Publish>();
        Assert.Equal((unacknowledged.PacketId, true, "1"), (again.PacketId, again.Dup, Text(again)));
        Assert.Equal("2", Text(await back.ReadAsync<MqttPacket.Publish>()));
    }

    [Fact]
    public async Task A_client_that_says_nothing_is_let_go_and_so_is_one_that_falls_silent()
    {
        var time = new ManualTime();
        await using var hub = await RunningHub.StartAsync(_folder, broker: new() { NetworkTime = time });
        using var mute = await WireClient.OpenAsync(hub.Port, MqttVersion.V500);
        using var silent = await WireClient.ConnectAsync(hub.Port, "silent", with: c => c with { KeepAlive = 20 });
        using var patient = await WireClient.ConnectAsync(hub.Port, "patient", with: c => c with { KeepAlive = 0 });
        await RunningHub.EventuallyAsync(() => Task.FromResult(hub.Broker.ConnectionCount == 3));

        time.Advance(TimeSpan.FromSeconds(12));
        Assert.Null(await mute.ReadAsync());
        Assert.True(await silent.IsSilentAsync());
        time.Advance(TimeSpan.FromSeconds(32));

        Assert.Equal(MqttReason.KeepAliveTimeout, (await silent.ReadAsync<MqttPacket.Disconnect>()).Reason);
        Assert.True(await patient.IsSilentAsync());
    }

    private static string Text(MqttPacket.Publish publish) => Encoding.UTF8.GetString(publish.Payload.Span);
}
