using Hub.Transport.Mqtt;

namespace Hub.Transport.Tests.Mqtt;

/// <summary>What a client has on its way at once, and what becomes of it when the link is cut.</summary>
public sealed class PublishWindowTests : ScriptedClient
{
    [Fact]
    public async Task Publishes_up_to_its_window_and_goes_on_as_acknowledgements_come()
    {
        Start(options => options with { WindowMax = 3 });
        var link = await Broker.AcceptAsync(Cancel);

        var answers = Publish(7);
        var ids = new List<ushort>();
        for (var i = 0; i < 3; i++)
        {
            var publish = await link.ReceiveAsync<MqttPacket.Publish>(Cancel);
            Assert.Equal(($"t/{i}", MqttQoS.AtLeastOnce, false), (publish.Topic, publish.QoS, publish.Dup));
            ids.Add(publish.PacketId);
        }

        await AssertSendsNothingMoreAsync(link);
        Assert.Equal(3, ids.Distinct().Count());

        for (var i = 0; i < 7; i++)
        {
            Assert.False(answers[i].IsCompleted);
            await link.SendAsync(new MqttPacket.PubAck(ids[i]), Cancel);
            Assert.True((await answers[i]).IsAccepted);
            if (i + 3 < 7)
            {
                var next = await link.ReceiveAsync<MqttPacket.Publish>(Cancel);
                Assert.Equal($"t/{i + 3}", next.Topic);
                ids.Add(next.PacketId);
            }
        }
    }

    [Fact]
    public async Task The_servers_receive_maximum_lowers_the_window()
    {
        Start(options => options with { WindowMax = 10 });
        var link = await Broker.AcceptAsync(Cancel, properties: new MqttProperties { ReceiveMaximum = 1 });

        Publish(2);

        await link.ReceiveAsync<MqttPacket.Publish>(Cancel);
        await AssertSendsNothingMoreAsync(link);
    }

    [Fact]
    public async Task Resends_in_order_with_the_same_ids_and_DUP_after_a_cut()
    {
        Start(options => options with { WindowMax = 3 });
        var link = await Broker.AcceptAsync(Cancel);
        var answers = Publish(5);
        var first = await ReceivePublishesAsync(link, 3);

        // Out of order: the second is done, the first and the third are not.
        await link.SendAsync(new MqttPacket.PubAck(first[1].PacketId), Cancel);
        await answers[1];
        var fourth = await link.ReceiveAsync<MqttPacket.Publish>(Cancel);
        link.Cut();
        link = await AcceptAgainAsync(sessionPresent: true);

        var again = await ReceivePublishesAsync(link, 3);

        Assert.Equal(["t/0", "t/2", "t/3"], again.Select(publish => publish.Topic));
        Assert.Equal(
            [first[0].PacketId, first[2].PacketId, fourth.PacketId], again.Select(publish => publish.PacketId));
        Assert.All(again, publish => Assert.True(publish.Dup));

        foreach (var publish in again)
        {
            await link.SendAsync(new MqttPacket.PubAck(publish.PacketId), Cancel);
        }

        var last = await link.ReceiveAsync<MqttPacket.Publish>(Cancel);
        Assert.Equal(("t/4", false), (last.Topic, last.Dup));
        await link.SendAsync(new MqttPacket.PubAck(last.PacketId), Cancel);
        Assert.All(await Task.WhenAll(answers), answer => Assert.True(answer.IsAccepted));
    }

    [Fact]
    public async Task A_second_cut_in_the_middle_of_resending_keeps_the_order()
    {
        Start(options => options with { WindowMax = 4 });
        var link = await Broker.AcceptAsync(Cancel);
        var answers = Publish(4);
        await ReceivePublishesAsync(link, 4);
        link.Cut();
        link = await AcceptAgainAsync(sessionPresent: true, new MqttProperties { ReceiveMaximum = 2 });
        await ReceivePublishesAsync(link, 2);
        link.Cut();
        link = await AcceptAgainAsync(sessionPresent: true);

        var again = await ReceivePublishesAsync(link, 4);

        Assert.Equal(["t/0", "t/1", "t/2", "t/3"], again.Select(publish => publish.Topic));
        foreach (var publish in again)
        {
            await link.SendAsync(new MqttPacket.PubAck(publish.PacketId), Cancel);
        }

        await Task.WhenAll(answers);
    }

    [Fact]
    public async Task A_PUBACK_that_refuses_is_an_answer_and_not_an_exception()
    {
        Start();
        var link = await Broker.AcceptAsync(Cancel);
        var answers = Publish(2);
        var publishes = await ReceivePublishesAsync(link, 2);

        await link.SendAsync(
            new MqttPacket.PubAck(publishes[0].PacketId, MqttReason.QuotaExceeded)
            {
                Properties = new MqttProperties { ReasonString = "The disk is full." },
            },
            Cancel);
        await link.SendAsync(new MqttPacket.PubAck(publishes[1].PacketId), Cancel);

        Assert.Equal(new MqttPublishResult(MqttReason.QuotaExceeded, "The disk is full."), await answers[0]);
        Assert.False((await answers[0]).IsAccepted);
        Assert.True((await answers[1]).IsAccepted);
    }

    [Fact]
    public async Task What_the_server_says_it_cannot_take_is_answered_without_sending_it()
    {
        Start();
        var link = await Broker.AcceptAsync(
            Cancel, properties: new MqttProperties { MaximumPacketSize = 40, RetainAvailable = 0 });

        var large = await Client.PublishAsync("t", new byte[100], retain: false, Cancel);
        var retained = await Client.PublishAsync("t", new byte[1], retain: true, Cancel);
        var small = Client.PublishAsync("t", new byte[1], retain: false, Cancel);

        Assert.Equal(MqttReason.PacketTooLarge, large.Reason);
        Assert.Equal(MqttReason.RetainNotSupported, retained.Reason);
        var publish = await link.ReceiveAsync<MqttPacket.Publish>(Cancel);
        await link.SendAsync(new MqttPacket.PubAck(publish.PacketId), Cancel);
        Assert.True((await small).IsAccepted);
    }

    [Fact]
    public async Task A_full_queue_makes_the_caller_wait()
    {
        Start(options => options with { WindowMax = 1, QueueMax = 2 });
        var link = await Broker.AcceptAsync(Cancel);
        var answers = Publish(3);
        var first = await link.ReceiveAsync<MqttPacket.Publish>(Cancel);
        using var impatience = new CancellationTokenSource();
        var fourth = Client.PublishAsync("t/3", default, retain: false, impatience.Token);

        await impatience.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => fourth);

        for (var i = 0; i < 3; i++)
        {
            await link.SendAsync(new MqttPacket.PubAck(first.PacketId), Cancel);
            await answers[i];
            if (i < 2)
            {
                first = await link.ReceiveAsync<MqttPacket.Publish>(Cancel);
                Assert.Equal($"t/{i + 1}", first.Topic);
            }
        }

        await AssertSendsNothingMoreAsync(link);
    }

    [Fact]
    public async Task What_no_server_could_take_is_the_callers_fault()
    {
        Start();

        await Assert.ThrowsAsync<ArgumentException>(() => Client.PublishAsync("a/+", default, false, Cancel));
        await Assert.ThrowsAsync<ArgumentException>(() => Client.PublishAsync(
            new MqttMessage("a", default) { Properties = new MqttProperties { WillDelay = 1 } }, Cancel));
        await Assert.ThrowsAsync<ArgumentException>(
            () => Client.SubscribeAsync("a/#/b", MqttQoS.AtMostOnce, Cancel));
        await Assert.ThrowsAsync<ArgumentException>(
            () => Client.SubscribeAsync("a", MqttQoS.ExactlyOnce, Cancel));
    }
}
