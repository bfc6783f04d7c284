using Hub.Testing;
using Hub.Transport.Mqtt;

namespace Hub.Transport.Tests.Mqtt;

/// <summary>How a client comes to its server, comes back, and goes.</summary>
public sealed class ConnectingTests : ScriptedClient
{
    [Fact]
    public async Task A_server_that_forgot_the_session_gets_the_messages_as_new_and_the_subscriptions_again()
    {
        Start();
        var link = await Broker.AcceptAsync(Cancel);
        var subscribing = Client.SubscribeAsync("cmd/#", MqttQoS.AtLeastOnce, Cancel);
        var subscribe = await link.ReceiveAsync<MqttPacket.Subscribe>(Cancel);
        await link.SendAsync(new MqttPacket.SubAck(subscribe.PacketId, [MqttReason.GrantedQoS1]), Cancel);
        Assert.Equal(MqttReason.GrantedQoS1, await subscribing);
        Publish(1);
        await link.ReceiveAsync<MqttPacket.Publish>(Cancel);
        link.Cut();

        link = await AcceptAgainAsync(sessionPresent: false);

        var again = await link.ReceiveAsync<MqttPacket.Subscribe>(Cancel);
        Assert.Equal("cmd/#", Assert.Single(again.Subscriptions).Filter);
        Assert.False((await link.ReceiveAsync<MqttPacket.Publish>(Cancel)).Dup);
    }

    [Fact]
    public async Task A_server_that_kept_the_session_is_not_asked_again()
    {
        Start();
        var link = await Broker.AcceptAsync(Cancel);
        var subscribing = Client.SubscribeAsync("cmd/#", MqttQoS.AtLeastOnce, Cancel);
        var subscribe = await link.ReceiveAsync<MqttPacket.Subscribe>(Cancel);
        await link.SendAsync(new MqttPacket.SubAck(subscribe.PacketId, [MqttReason.GrantedQoS1]), Cancel);
        await subscribing;
        link.Cut();

        link = await AcceptAgainAsync(sessionPresent: true);

        await AssertSendsNothingMoreAsync(link);
    }

    [Fact]
    public async Task A_subscription_asked_for_without_a_connection_is_made_on_the_next()
    {
        Broker.IsDown = true;
        Start();
        var subscribing = Client.SubscribeAsync("cmd/#", MqttQoS.AtLeastOnce, Cancel);
        Broker.IsDown = false;

        var link = await AcceptAgainAsync(sessionPresent: false);
        var subscribe = await link.ReceiveAsync<MqttPacket.Subscribe>(Cancel);
        link.Cut();
        link = await AcceptAgainAsync(sessionPresent: true);
        subscribe = await link.ReceiveAsync<MqttPacket.Subscribe>(Cancel);
        await link.SendAsync(new MqttPacket.SubAck(subscribe.PacketId, [MqttReason.NotAuthorized]), Cancel);

        Assert.Equal(MqttReason.NotAuthorized, await subscribing);
    }

    [Fact]
    public async Task Waits_longer_and_longer_with_jitter_and_never_beyond_the_maximum()
    {
        Broker.IsDown = true;
        Start(options => options with
        {
            BackoffFirst = TimeSpan.FromSeconds(1),
            BackoffMax = TimeSpan.FromSeconds(30),
        });
        var enough = Task.Run(
            async () =>
            {
                while (Ends.Count < 60)
                {
                    await Task.Delay(1, Cancel);
                }
            },
            Cancel);
        await Time.AdvanceUntilAsync(enough, Step);

        var waits = Ends.Select(end => end.RetryAfter!.Value.TotalSeconds).ToArray();
        Assert.All(Ends, end => Assert.Equal(MqttDisconnectKind.CannotConnect, end.Kind));
        for (var i = 0; i < waits.Length; i++)
        {
            Assert.InRange(waits[i], 0, Math.Min(Math.Pow(2, i), 30));
        }

        Assert.True(waits.Max() > 15, "the later waits are drawn from up to 30 s");
        Assert.True(waits.Distinct().Count() > 50, "each is drawn anew");
    }

    [Fact]
    public async Task A_refusal_and_a_servers_DISCONNECT_are_told_with_their_reasons()
    {
        Start();
        var link = await Broker.TakeLinkAsync(Cancel);
        await link.ReceiveAsync<MqttPacket.Connect>(Cancel);
        await link.SendAsync(new MqttPacket.ConnAck(false, MqttReason.NotAuthorized), Cancel);
        link = await AcceptAgainAsync(sessionPresent: false);
        await link.SendAsync(new MqttPacket.Disconnect(MqttReason.SessionTakenOver), Cancel);
        link = await AcceptAgainAsync(sessionPresent: false);

        Assert.Equal(
            [
                (MqttDisconnectKind.Refused, MqttReason.NotAuthorized),
                (MqttDisconnectKind.ClosedByServer, MqttReason.SessionTakenOver),
            ],
            Ends.Select(end => (end.Kind, end.Reason)));
    }

    [Fact]
    public async Task A_server_that_breaks_the_protocol_is_told_so_and_left()
    {
        Start();
        var link = await Broker.AcceptAsync(Cancel);

        await link.SendBytesAsync(new byte[] { 0xC1, 0x00 }, Cancel);

        var bye = await link.ReceiveAsync<MqttPacket.Disconnect>(Cancel);
        Assert.Equal(MqttReason.MalformedPacket, bye.Reason);
        await AcceptAgainAsync(sessionPresent: true);
        Assert.Equal(MqttDisconnectKind.ProtocolFault, Assert.Single(Ends).Kind);
    }

    [Fact]
    public async Task A_server_that_never_answers_CONNECT_is_given_up()
    {
        Start(options => options with { ConnectFor = TimeSpan.FromSeconds(15) });
        await Broker.TakeLinkAsync(Cancel);

        await Time.AdvanceUntilAsync(Broker.TakeLinkAsync(Cancel), Step);

        Assert.Equal("No connection within 15 s.", Assert.Single(Ends).Sentence);
    }

    [Fact]
    public async Task Connects_with_its_will_its_name_and_its_session()
    {
        Start(options => options with
        {
            UserName = "edge",
            Password = new byte[] { 1, 2 },
            Will = new MqttWill("status", new byte[] { 9 }, Retain: true),
            CleanStart = true,
            KeepAlive = TimeSpan.FromSeconds(30),
            SessionExpiry = TimeSpan.FromHours(1),
            ReceiveMax = 17,
        });
        var link = await Broker.TakeLinkAsync(Cancel);

        var first = await link.ReceiveAsync<MqttPacket.Connect>(Cancel);
        link.Close();
        var next = Broker.TakeLinkAsync(Cancel);
        await Time.AdvanceUntilAsync(next, Step);
        link = await next;
        await link.ReceiveAsync<MqttPacket.Connect>(Cancel);
        await link.SendAsync(new MqttPacket.ConnAck(false), Cancel);
        link.Close();
        var third = Broker.TakeLinkAsync(Cancel);
        await Time.AdvanceUntilAsync(third, Step);
        var resumed = await (await third).ReceiveAsync<MqttPacket.Connect>(Cancel);

        Assert.True(first.CleanStart);
        Assert.False(resumed.CleanStart);
        Packets.AssertSame(first, resumed with { CleanStart = true });
        Assert.Equal(("gate-7", "edge", (ushort)30), (first.ClientId, first.UserName, first.KeepAlive));
        Assert.Equal((3600u, (ushort)17), (first.Properties.SessionExpiry, first.Properties.ReceiveMaximum));
        Assert.True(first.Will!.Retain);
    }

    [Fact]
    public async Task A_birth_goes_first_on_every_connection_and_once()
    {
        Start(birth: new MqttMessage("status", new byte[] { 1 }) { Retain = true });
        Publish(1);
        var link = await Broker.AcceptAsync(Cancel);
        var publishes = await ReceivePublishesAsync(link, 2);
        Assert.Equal(["status", "t/0"], publishes.Select(publish => publish.Topic));
        link.Cut();

        link = await AcceptAgainAsync(sessionPresent: true);

        publishes = await ReceivePublishesAsync(link, 2);
        Assert.Equal([("status", false), ("t/0", true)], publishes.Select(publish => (publish.Topic, publish.Dup)));
        await AssertSendsNothingMoreAsync(link);
    }

    [Fact]
    public async Task Stops_with_a_DISCONNECT_and_cancels_what_has_no_answer()
    {
        Start();
        var link = await Broker.AcceptAsync(Cancel);
        var answer = Publish(1)[0];
        await link.ReceiveAsync<MqttPacket.Publish>(Cancel);

        await Stopping.CancelAsync();

        Assert.Equal(MqttReason.Success, (await link.ReceiveAsync<MqttPacket.Disconnect>(Cancel)).Reason);
        Assert.Null(await link.ReceiveAsync(Cancel));
        await Running;
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => answer);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Publish(1)[0]);
        Assert.Equal(MqttDisconnectKind.Stopped, Assert.Single(Ends).Kind);
        Assert.Equal(MqttClientState.Stopped, Client.State);
    }
}
