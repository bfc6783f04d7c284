using Hub.Gateway.Broker;
using Hub.Testing;
using Hub.Transport.Mqtt;

namespace Hub.Gateway.Tests.Broker;

/// <summary>What 5.0 lets a subscriber choose, and how messages come to it.</summary>
public sealed class SubscriptionTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Overlapping_subscriptions_bring_one_copy_with_all_identifiers()
    {
        await using var hub = await RunningHub.StartAsync(_folder);
        using var client = await WireClient.ConnectAsync(hub.Port, "one");
        await client.SubscribeAsync(new MqttSubscription("a/+", MqttQoS.AtMostOnce), 7);
        await client.SubscribeAsync(new MqttSubscription("a/#", MqttQoS.AtLeastOnce), 300);

        await client.PublishAsync("a/b", "x", 1);
        await client.ReadAsync<MqttPacket.PubAck>();
        var message = await client.ReadAsync<MqttPacket.Publish>();

        Assert.Equal(MqttQoS.AtLeastOnce, message.QoS);
        Assert.Equal([7u, 300u], message.Properties.SubscriptionIdentifiers.Order());
        Assert.True(await client.IsSilentAsync());
    }

    [Fact]
    public async Task No_local_keeps_ones_own_messages_away_and_others_come()
    {
        await using var hub = await RunningHub.StartAsync(_folder);
        using var client = await WireClient.ConnectAsync(hub.Port, "one");
        await client.SubscribeAsync(new MqttSubscription("a", MqttQoS.AtMostOnce, NoLocal: true));
        using var other = await WireClient.ConnectAsync(hub.Port, "other");

        await client.PublishAsync("a", "own", 0);
        Assert.True(await client.IsSilentAsync());
        await other.PublishAsync("a", "other", 0);

        Assert.Equal("other"u8.ToArray(), (await client.ReadAsync<MqttPacket.Publish>()).Payload.ToArray());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task The_retain_flag_passes_only_if_asked_for(bool asPublished)
    {
        await using var hub = await RunningHub.StartAsync(_folder);
        using var client = await WireClient.ConnectAsync(hub.Port, "one");
        await client.SubscribeAsync(
            new MqttSubscription("a", MqttQoS.AtMostOnce, RetainAsPublished: asPublished));

        await client.SendAsync(WireClient.Publish("a", "x", 0, retain: true));

        Assert.Equal(asPublished, (await client.ReadAsync<MqttPacket.Publish>()).Retain);
    }

    [Fact]
    public async Task Retained_messages_come_as_the_subscription_says()
    {
        await using var hub = await RunningHub.StartAsync(_folder);
        using var client = await WireClient.ConnectAsync(hub.Port, "one");
        await client.SendAsync(WireClient.Publish("a", "kept", 0, retain: true));
        MqttSubscription With(MqttRetainHandling handling) =>
            new("a", MqttQoS.AtMostOnce, RetainHandling: handling);

        await client.SubscribeAsync(With(MqttRetainHandling.DoNotSend));
        Assert.True(await client.IsSilentAsync());
        await client.SubscribeAsync(With(MqttRetainHandling.SendIfNew));
        Assert.True(await client.IsSilentAsync());
        await client.SubscribeAsync(With(MqttRetainHandling.Send));
        Assert.True((await client.ReadAsync<MqttPacket.Publish>()).Retain);
        await client.SubscribeAsync("$share/g/a", MqttQoS.AtMostOnce);
        Assert.True(await client.IsSilentAsync());
    }

    [Fact]
    public async Task A_share_gets_each_message_once_and_passes_over_who_is_away()
    {
        await using var hub = await RunningHub.StartAsync(_folder);
        using var first = await WireClient.ConnectAsync(hub.Port, "first", with: connect => connect with
        {
            Properties = new MqttProperties { SessionExpiry = 600 },
        });
        using var second = await WireClient.ConnectAsync(hub.Port, "second", MqttVersion.V311);
        await first.SubscribeAsync("$share/g/a/#", MqttQoS.AtMostOnce);
        await second.SubscribeAsync("$share/g/a/#", MqttQoS.AtMostOnce);
        using var sender = await WireClient.ConnectAsync(hub.Port, "sender");

        await sender.PublishAsync("a/1", "x", 0);
        await sender.PublishAsync("a/2", "x", 0);
        var (one, two) = (await first.ReadAsync<MqttPacket.Publish>(), await second.ReadAsync<MqttPacket.Publish>());
        Assert.Equal(["a/1", "a/2"], new[] { one.Topic, two.Topic }.Order());
        await first.SendAsync(new MqttPacket.Disconnect());
        Assert.Null(await first.ReadAsync());

        for (var i = 3; i < 6; i++)
        {
            await sender.PublishAsync($"a/{i}", "x", 0);
            Assert.Equal($"a/{i}", (await second.ReadAsync<MqttPacket.Publish>()).Topic);
        }
    }

    [Fact]
    public async Task Closed_filters_are_refused_and_others_granted()
    {
        await using var hub = await RunningHub.StartAsync(_folder, broker: new() { ClosedFilters = ["closed"] });
        using var client = await WireClient.ConnectAsync(hub.Port, "one");

        await client.SendAsync(new MqttPacket.Subscribe(
            4,
            [
                new MqttSubscription("closed", MqttQoS.AtMostOnce),
                new MqttSubscription("$share/g/closed", MqttQoS.AtMostOnce),
                new MqttSubscription("open", MqttQoS.AtMostOnce),
            ]));

        Assert.Equal(
            [MqttReason.UnspecifiedError, MqttReason.UnspecifiedError, MqttReason.Success],
            (await client.ReadAsync<MqttPacket.SubAck>()).Reasons);
    }

    [Fact]
    public async Task A_topic_alias_stands_for_its_topic_in_each_direction()
    {
        await using var hub = await RunningHub.StartAsync(_folder);
        using var client = await WireClient.ConnectAsync(hub.Port, "one", with: connect => connect with
        {
            Properties = new MqttProperties { TopicAliasMaximum = 1 },
        });
        await client.SubscribeAsync("+", MqttQoS.AtMostOnce);
        var alias = new MqttProperties { TopicAlias = 3 };

        await client.SendAsync(
            WireClient.Publish("a", "1", 0) with { Properties = alias },
            WireClient.Publish("", "2", 0) with { Properties = alias },
            WireClient.Publish("b", "3", 0) with { Properties = alias },
            WireClient.Publish("", "4", 0) with { Properties = alias });

        var messages = new List<(string, ushort?)>();
        for (var i = 0; i < 4; i++)
        {
            var message = await client.ReadAsync<MqttPacket.Publish>();
            messages.Add((message.Topic, message.Properties.TopicAlias));
        }

        Assert.Equal([("a", (ushort)1), ("", (ushort)1), ("b", null), ("b", null)], messages);
    }

    [Fact]
    public async Task A_message_carries_what_its_sender_said_about_it_and_what_is_left_of_its_time()
    {
        var time = new ManualTime();
        await using var hub = await RunningHub.StartAsync(_folder, broker: new() { NetworkTime = time });
        using var sender = await WireClient.ConnectAsync(hub.Port, "sender");
        var properties = new MqttProperties
        {
            PayloadFormat = 1,
            MessageExpiry = 60,
            ContentType = "text/plain",
            ResponseTopic = "answers",
            CorrelationData = "42"u8.ToArray(),
            UserProperties = [new("a", "2"), new("a", "3")],
        };
        await sender.SendAsync(
            WireClient.Publish("a", "x", 0, retain: true) with { Properties = properties },
            WireClient.Publish("b", "x", 1, retain: true) with { Properties = new MqttProperties { MessageExpiry = 5 } });
        await sender.ReadAsync<MqttPacket.PubAck>();
        time.Advance(TimeSpan.FromSeconds(10));
        using var client = await WireClient.ConnectAsync(hub.Port, "one");

        await client.SubscribeAsync("#", MqttQoS.AtMostOnce);

        var message = await client.ReadAsync<MqttPacket.Publish>();
        Assert.Equal("a", message.Topic);
        Assert.Equal(50u, message.Properties.MessageExpiry);
        Assert.Equal(("text/plain", "answers"), (message.Properties.ContentType, message.Properties.ResponseTopic));
        Assert.Equal("42"u8.ToArray(), message.Properties.CorrelationData?.ToArray());
        Assert.Equal(properties.UserProperties, message.Properties.UserProperties);
        Assert.True(await client.IsSilentAsync());
    }

    [Theory]
    [InlineData(0, 60)]
    [InlineData(61, 60)]
    [InlineData(60, null)]
    public async Task A_keep_alive_beyond_the_limit_is_replaced(int asked, int? told)
    {
        await using var hub = await RunningHub.StartAsync(_folder, broker: new BrokerOptions { KeepAliveSecondsMax = 60 });
        using var client = await WireClient.OpenAsync(hub.Port, MqttVersion.V500);

        await client.SendAsync(new MqttPacket.Connect(MqttVersion.V500, "one") { KeepAlive = (ushort)asked });

        Assert.Equal((ushort?)told, (await client.ReadAsync<MqttPacket.ConnAck>()).Properties.ServerKeepAlive);
    }
}
