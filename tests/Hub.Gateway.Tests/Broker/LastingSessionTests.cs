using System.Text;
using Hub.Testing;
using Hub.Transport.Mqtt;

namespace Hub.Gateway.Tests.Broker;

/// <summary>Sessions outlive their connections and the hub.</summary>
public sealed class LastingSessionTests : IDisposable
{
    private readonly TempFolder _folder = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(WireClient.Versions), MemberType = typeof(WireClient))]
    public async Task A_session_is_the_same_after_the_hub_was_away(MqttVersion version)
    {
        ushort sent, received;
        await using (var hub = await RunningHub.StartAsync(_folder))
        {
            using var sender = await WireClient.ConnectAsync(hub.Port, "sender");
            using var client = await WireClient.ConnectAsync(hub.Port, "lasting", version, WireClient.Lasting);
            await client.SubscribeAsync("a/#", MqttQoS.ExactlyOnce);
            await sender.PublishExactlyOnceAsync("a/1", "received", 1);
            await sender.PublishAsync("a/2", "sent", 2);
            await sender.ReadAsync<MqttPacket.PubAck>();
            received = (await client.ReadAsync<MqttPacket.Publish>()).PacketId;
            sent = (await client.ReadAsync<MqttPacket.Publish>()).PacketId;
            await client.SendAsync(
                new MqttPacket.PubRec(received),
                WireClient.Publish("b", "taken", 9) with { QoS = MqttQoS.ExactlyOnce });
            await client.ReadAsync<MqttPacket.PubRel>();
            await client.ReadAsync<MqttPacket.PubRec>();
            client.Cut();
            await RunningHub.EventuallyAsync(() => Task.FromResult(hub.Broker.ConnectionCount == 1));
            await sender.PublishAsync("a/3", "waiting", 3);
            await sender.ReadAsync<MqttPacket.PubAck>();
        }

        await using var again = await RunningHub.StartAsync(_folder);
        using var other = await WireClient.ConnectAsync(again.Port, "sender");
        await other.SubscribeAsync("b");
        using var back = await WireClient.OpenAsync(again.Port, version);
        await back.SendAsync(WireClient.Lasting(new MqttPacket.Connect(version, "lasting")));

        Assert.True((await back.ReadAsync<MqttPacket.ConnAck>()).SessionPresent);
        Assert.Equal(received, (await back.ReadAsync<MqttPacket.PubRel>()).PacketId);
        var second = await back.ReadAsync<MqttPacket.Publish>();
        Assert.Equal((sent, true, "sent"), (second.PacketId, second.Dup, Text(second)));
        var third = await back.ReadAsync<MqttPacket.Publish>();
        Assert.Equal((false, "waiting"), (third.Dup, Text(third)));

        // Taken before: it isn't routed a second time.
        await back.SendAsync(WireClient.Publish("b", "taken", 9) with { QoS = MqttQoS.ExactlyOnce, Dup = true });
        await back.ReadAsync<MqttPacket.PubRec>();
        Assert.True(await other.IsSilentAsync());

        // Not said to be sent before, it is another message: its release may have been lost with a crash.
        await back.SendAsync(WireClient.Publish("b", "another", 9) with { QoS = MqttQoS.ExactlyOnce });
        await back.ReadAsync<MqttPacket.PubRec>();
        Assert.Equal("another", Text(await other.ReadAsync<MqttPacket.Publish>()));

        // And its subscription holds.
        await other.PublishAsync("a/4", "new", 4);
        Assert.Equal("new", Text(await back.ReadAsync<MqttPacket.Publish>()));
    }

    [Fact]
    public async Task What_is_done_or_over_is_not_there_after_a_restart()
    {
        await using (var hub = await RunningHub.StartAsync(_folder))
        {
            using var client = await WireClient.ConnectAsync(hub.Port, "lasting", with: WireClient.Lasting);
            await client.SubscribeAsync("a");
            await client.SubscribeAsync("b");
            await client.SendAsync(new MqttPacket.Unsubscribe(2, ["b"]));
            await client.ReadAsync<MqttPacket.UnsubAck>();
            await client.PublishAsync("a", "done", 1);
            await client.ReadAsync<MqttPacket.PubAck>();
            var message = await client.ReadAsync<MqttPacket.Publish>();
            await SavedAsync("select count(*) from session_message", 1);
            await client.SendAsync(new MqttPacket.PubAck(message.PacketId));
            await SavedAsync("select count(*) from session_message", 0);
            using var brief = await WireClient.ConnectAsync(hub.Port, "brief", with: WireClient.Lasting);
            await SavedAsync("select count(*) from session", 2);
            await brief.SendAsync(new MqttPacket.Disconnect
            {
                Properties = new MqttProperties { SessionExpiry = 0 },
            });
            await SavedAsync("select count(*) from session", 1);
        }

        await using var again = await RunningHub.StartAsync(_folder);
        Assert.Equal(1, again.Broker.SessionCount);
        using var back = await WireClient.ConnectAsync(again.Port, "lasting", with: WireClient.Lasting);
        await back.PublishAsync("b", "nobody's", 0);
        Assert.True(await back.IsSilentAsync());
    }

    [Fact]
    public async Task A_session_expires_while_the_hub_is_away_and_its_waiting_will_is_published()
    {
        var time = new ManualTime();
        await using (var hub = await RunningHub.StartAsync(_folder, broker: new() { NetworkTime = time }))
        {
            using var watcher = await WireClient.ConnectAsync(hub.Port, "watcher", with: WireClient.Lasting);
            await watcher.SubscribeAsync("lost");
            var client = await WireClient.ConnectAsync(hub.Port, "brief", with: connect => connect with
            {
                Properties = new MqttProperties { SessionExpiry = 60 },
                Will = new MqttWill("lost", "gone"u8.ToArray())
                {
                    Properties = new MqttProperties { WillDelay = 30 },
                },
            });
            client.Cut();
            await RunningHub.EventuallyAsync(() => Task.FromResult(hub.Broker.ConnectionCount == 1));
        }

        time.Advance(TimeSpan.FromSeconds(31));
        await using var again = await RunningHub.StartAsync(_folder, broker: new() { NetworkTime = time });
        using var back = await WireClient.ConnectAsync(again.Port, "watcher", with: WireClient.Lasting);
        time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal("gone", Text(await back.ReadAsync<MqttPacket.Publish>()));

        time.Advance(TimeSpan.FromSeconds(30));
        await RunningHub.EventuallyAsync(() => Task.FromResult(again.Broker.SessionCount == 1));
    }

    [Theory]
    [InlineData("a", "a/#", true)]
    [InlineData("b", "b/#", false)]
    [InlineData("a", "open", false)]
    public async Task After_a_restart_a_session_returns_to_the_name_that_had_it_with_the_same_rights(
        string owner, string filter, bool isPresent)
    {
        var access = new ScriptedAccess();
        static MqttPacket.Connect As(string user, MqttPacket.Connect connect) =>
            WireClient.Lasting(connect) with { UserName = user };
        await using (var hub = await RunningHub.StartAsync(_folder, access: access))
        {
            using var client = await WireClient.ConnectAsync(hub.Port, "lasting", with: connect => As(owner, connect));
            await client.SubscribeAsync(filter);
        }

        access = new ScriptedAccess { IsOpenToAll = false };
        await using var again = await RunningHub.StartAsync(_folder, access: access);
        using var back = await WireClient.OpenAsync(again.Port, MqttVersion.V500);
        await back.SendAsync(As("a", new MqttPacket.Connect(MqttVersion.V500, "lasting")));

        var answer = await back.ReadAsync<MqttPacket.ConnAck>();
        Assert.Equal(
            owner == "a" ? MqttReason.Success : MqttReason.ClientIdentifierNotValid, answer.Reason);
        Assert.Equal(isPresent, answer.SessionPresent);
    }

    [Fact]
    public async Task A_name_that_is_revoked_after_a_restart_loses_the_sessions_it_had_before()
    {
        const string Password = "0123456789abcdefghijABCDEFGHIJ-_";
        static MqttPacket.Connect Enrolled(MqttPacket.Connect connect) =>
            WireClient.Lasting(connect) with { UserName = "load-1", Password = Encoding.UTF8.GetBytes(Password) };
        await using (var hub = await RunningHub.StartAsync(_folder, allowAnonymous: false))
        {
            var (_, token, _) = await hub.Access.MakeTokenAsync("load-1", Cancel);
            await hub.Access.ClaimAsync("load-1", token, Password, Cancel);
            using var client = await WireClient.ConnectAsync(hub.Port, "load-1", with: Enrolled);
        }

        await using var again = await RunningHub.StartAsync(_folder, allowAnonymous: false);
        Assert.Equal(1, again.Broker.SessionCount);

        await again.Access.RevokeAsync("load-1", Cancel);

        await RunningHub.EventuallyAsync(() => Task.FromResult(again.Broker.SessionCount == 0));
        await SavedAsync("select count(*) from session", 0);
    }

    [Fact]
    public async Task What_was_sent_once_goes_again_although_it_has_expired_and_what_waited_does_not()
    {
        var time = new ManualTime();
        await using var hub = await RunningHub.StartAsync(_folder, broker: new() { NetworkTime = time });
        using var sender = await WireClient.ConnectAsync(hub.Port, "sender");
        var client = await WireClient.ConnectAsync(hub.Port, "lasting", with: WireClient.Lasting);
        await client.SubscribeAsync("a", MqttQoS.ExactlyOnce);
        var brief = new MqttProperties { MessageExpiry = 5 };
        await sender.SendAsync(WireClient.Publish("a", "sent", 1) with { Properties = brief });
        await sender.ReadAsync<MqttPacket.PubAck>();
        var sent = await client.ReadAsync<MqttPacket.Publish>();
        client.Cut();
        await RunningHub.EventuallyAsync(() => Task.FromResult(hub.Broker.ConnectionCount == 1));
        await sender.SendAsync(WireClient.Publish("a", "waiting", 2) with { Properties = brief });
        await sender.ReadAsync<MqttPacket.PubAck>();
        time.Advance(TimeSpan.FromSeconds(10));

        using var back = await WireClient.ConnectAsync(hub.Port, "lasting", with: WireClient.Lasting);

        var again = await back.ReadAsync<MqttPacket.Publish>();
        Assert.Equal((sent.PacketId, true, "sent"), (again.PacketId, again.Dup, Text(again)));
        Assert.True(await back.IsSilentAsync());
    }

    [Fact]
    public async Task A_client_that_is_away_is_owed_no_more_than_the_limits()
    {
        await using var hub = await RunningHub.StartAsync(
            _folder, broker: new() { QueuedPerSessionMax = 3, QueuedBytesPerSessionMax = 100 });
        foreach (var client in new[] { "many", "large" })
        {
            using var away = await WireClient.ConnectAsync(hub.Port, client, with: WireClient.Lasting);
            await away.SubscribeAsync(client);
            await away.SendAsync(new MqttPacket.Disconnect());
            Assert.Null(await away.ReadAsync());
        }

        using var sender = await WireClient.ConnectAsync(hub.Port, "sender");
        for (ushort i = 1; i <= 4; i++)
        {
            await sender.PublishAsync("many", $"{i}", i);
            await sender.PublishAsync("large", new string('x', 60), i);
            await sender.ReadAsync<MqttPacket.PubAck>();
            await sender.ReadAsync<MqttPacket.PubAck>();
        }

        Assert.Equal(1 + 3, hub.Broker.Counters.Dropped);
    }

    [Fact]
    public async Task A_clean_start_ends_the_session_before_and_brings_its_waiting_will_at_once()
    {
        await using var hub = await RunningHub.StartAsync(_folder);
        using var watcher = await WireClient.ConnectAsync(hub.Port, "watcher");
        await watcher.SubscribeAsync("lost", MqttQoS.AtMostOnce);
        MqttPacket.Connect WithWill(MqttPacket.Connect connect) => WireClient.Lasting(connect) with
        {
            Will = new MqttWill("lost", "gone"u8.ToArray())
            {
                Properties = new MqttProperties { WillDelay = 300 },
            },
        };
        var first = await WireClient.ConnectAsync(hub.Port, "one", with: WithWill);
        first.Cut();
        await RunningHub.EventuallyAsync(() => Task.FromResult(hub.Broker.ConnectionCount == 1));

        // The same session comes back in time: no will, whatever became of the connection.
        using var second = await WireClient.ConnectAsync(hub.Port, "one", with: WithWill);
        Assert.True(await watcher.IsSilentAsync());
        second.Cut();
        await RunningHub.EventuallyAsync(() => Task.FromResult(hub.Broker.ConnectionCount == 1));
        using var third = await WireClient.ConnectAsync(hub.Port, "one");

        Assert.Equal("gone", Text(await watcher.ReadAsync<MqttPacket.Publish>()));
    }

    private static string Text(MqttPacket.Publish publish) => Encoding.UTF8.GetString(publish.Payload.Span);

    private Task SavedAsync(string query, long expected) =>
        RunningHub.EventuallyAsync(async () => await QueryAsync(query) == expected);

    private Task<long> QueryAsync(string query) => RunningHub.QueryAsync(_folder, query);
}
