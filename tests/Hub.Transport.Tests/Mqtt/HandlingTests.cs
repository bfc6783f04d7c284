using Hub.Transport.Mqtt;

namespace Hub.Transport.Tests.Mqtt;

/// <summary>Messages that come to a client: when they are acknowledged, held or not.</summary>
public sealed class HandlingTests : ScriptedClient
{
    [Fact]
    public async Task Acknowledges_a_message_after_its_handler_and_not_before()
    {
        var arrived = new TaskCompletionSource<MqttMessage>();
        var finish = new TaskCompletionSource();
        Start(handler: async (message, cancel) =>
        {
            arrived.TrySetResult(message);
            await finish.Task.WaitAsync(cancel);
        });
        var link = await Broker.AcceptAsync(Cancel);

        await link.SendAsync(
            new MqttPacket.Publish("cmd/1", new byte[] { 7 }) { QoS = MqttQoS.AtLeastOnce, PacketId = 9, Retain = true },
            Cancel);
        var message = await arrived.Task;
        Assert.Equal(("cmd/1", true), (message.Topic, message.Retain));

        // A publish is acknowledged meanwhile: reading goes on while the handler is busy.
        var answers = Publish(1);
        var publish = await link.ReceiveAsync<MqttPacket.Publish>(Cancel);
        await link.SendAsync(new MqttPacket.PubAck(publish.PacketId), Cancel);
        await answers[0];

        finish.SetResult();
        Assert.Equal(9, (await link.ReceiveAsync<MqttPacket.PubAck>(Cancel)).PacketId);
    }

    [Fact]
    public async Task A_message_whose_handling_the_cut_interrupted_is_not_acknowledged()
    {
        var arrived = new TaskCompletionSource();
        Start(handler: async (message, cancel) =>
        {
            if (!message.Dup)
            {
                arrived.TrySetResult();
                await Task.Delay(Timeout.InfiniteTimeSpan, cancel);
            }
        });
        var link = await Broker.AcceptAsync(Cancel);
        var publish = new MqttPacket.Publish("cmd/1", default) { QoS = MqttQoS.AtLeastOnce, PacketId = 9 };
        await link.SendAsync(publish, Cancel);
        await arrived.Task;
        link.Cut();

        link = await AcceptAgainAsync(sessionPresent: true);
        await link.SendAsync(publish with { Dup = true }, Cancel);

        Assert.Equal(9, (await link.ReceiveAsync<MqttPacket.PubAck>(Cancel)).PacketId);
    }

    [Fact]
    public async Task A_handlers_fault_ends_the_client()
    {
        Start(handler: (_, _) => throw new IOException("The pin is gone."));
        var link = await Broker.AcceptAsync(Cancel);

        await link.SendAsync(new MqttPacket.Publish("cmd/1", default), Cancel);

        var fault = await Assert.ThrowsAsync<IOException>(() => Running);
        Assert.Equal("The pin is gone.", fault.Message);
        Running = Task.CompletedTask;
    }

    [Fact]
    public async Task Held_messages_are_acknowledged_when_they_are_done_in_the_order_of_arrival()
    {
        var done = Enumerable.Range(0, 3).Select(_ => new TaskCompletionSource()).ToArray();
        var taken = 0;
        Start(held: (_, _) => ValueTask.FromResult(done[taken++].Task));
        var link = await Broker.AcceptAsync(Cancel);
        for (ushort id = 1; id <= 3; id++)
        {
            await link.SendAsync(
                new MqttPacket.Publish("t", default) { QoS = MqttQoS.AtLeastOnce, PacketId = id }, Cancel);
        }

        // The last ones are done first, and wait for the first; all else goes on.
        done[2].SetResult();
        done[1].SetResult();
        Publish(1);
        Assert.Equal("t/0", (await link.ReceiveAsync<MqttPacket.Publish>(Cancel)).Topic);
        done[0].SetResult();

        for (ushort id = 1; id <= 3; id++)
        {
            Assert.Equal(id, (await link.ReceiveAsync<MqttPacket.PubAck>(Cancel)).PacketId);
        }
    }

    [Fact]
    public async Task What_is_held_when_the_link_is_cut_is_not_acknowledged_on_the_next_one()
    {
        var taken = new SemaphoreSlim(0);
        var first = new TaskCompletionSource();
        Start(held: (message, _) =>
        {
            taken.Release();
            return ValueTask.FromResult(message.Dup ? Task.CompletedTask : first.Task);
        });
        var link = await Broker.AcceptAsync(Cancel);
        var publish = new MqttPacket.Publish("t", default) { QoS = MqttQoS.AtLeastOnce, PacketId = 9 };
        await link.SendAsync(publish, Cancel);
        await taken.WaitAsync(Cancel);
        link.Cut();

        link = await AcceptAgainAsync(sessionPresent: true);
        first.SetResult();
        Publish(1);
        Assert.Equal("t/0", (await link.ReceiveAsync<MqttPacket.Publish>(Cancel)).Topic);
        await link.SendAsync(publish with { Dup = true }, Cancel);

        Assert.Equal(9, (await link.ReceiveAsync<MqttPacket.PubAck>(Cancel)).PacketId);
    }

    [Fact]
    public async Task No_more_than_the_receive_maximum_is_held_twice_over()
    {
        var taken = 0;
        var never = new TaskCompletionSource();
        Start(options => options with { ReceiveMax = 2 }, held: (_, _) =>
        {
            Interlocked.Increment(ref taken);
            return ValueTask.FromResult(never.Task);
        });
        var link = await Broker.AcceptAsync(Cancel);

        // A server that doesn't mind the maximum is read no further than to what is held and what waits.
        for (ushort id = 1; id <= 20; id++)
        {
            await link.SendAsync(
                new MqttPacket.Publish("t", default) { QoS = MqttQoS.AtLeastOnce, PacketId = id }, Cancel);
        }

        Publish(1);
        await link.ReceiveAsync<MqttPacket.Publish>(Cancel);
        Assert.InRange(Volatile.Read(ref taken), 0, 4);
    }

    [Fact]
    public async Task A_held_messages_fault_ends_the_client()
    {
        Start(held: (_, _) => ValueTask.FromResult(Task.FromException(new IOException("The disk is gone."))));
        var link = await Broker.AcceptAsync(Cancel);

        await link.SendAsync(
            new MqttPacket.Publish("t", default) { QoS = MqttQoS.AtLeastOnce, PacketId = 1 }, Cancel);

        Assert.Equal("The disk is gone.", (await Assert.ThrowsAsync<IOException>(() => Running)).Message);
        Running = Task.CompletedTask;
    }
}
