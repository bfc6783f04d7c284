using Hub.Testing;
using Hub.Transport.Mqtt;

namespace Hub.Gateway.Tests.Broker;

public sealed class SlowConsumerTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_client_that_does_not_acknowledge_gets_no_more_than_its_window_and_the_queue_has_an_end()
    {
        await using var hub = await RunningHub.StartAsync(_folder, broker: new() { QueuedPerSessionMax = 3 });
        using var slow = await WireClient.ConnectAsync(
            hub.Port, "slow", with: c => c with { Properties = new MqttProperties { ReceiveMaximum = 2 } });
        await slow.SubscribeAsync("a");
        using var sender = await WireClient.ConnectAsync(hub.Port, "sender");
        for (ushort i = 1; i <= 8; i++)
        {
            await sender.PublishAsync("a", $"{i}", i);
            await sender.ReadAsync<MqttPacket.PubAck>();
        }

        var first = await slow.ReadAsync<MqttPacket.Publish>();
        await slow.ReadAsync<MqttPacket.Publish>();
        Assert.True(await slow.IsSilentAsync());
        Assert.Equal(3, hub.Broker.Counters.Dropped);

        await slow.SendAsync(new MqttPacket.PubAck(first.PacketId));
        Assert.Equal("3"u8.ToArray(), (await slow.ReadAsync<MqttPacket.Publish>()).Payload.ToArray());
    }

    [Fact]
    public async Task A_message_longer_than_a_client_takes_is_not_sent_to_it()
    {
        await using var hub = await RunningHub.StartAsync(_folder);
        using var small = await WireClient.ConnectAsync(
            hub.Port, "small", with: c => c with { Properties = new MqttProperties { MaximumPacketSize = 50 } });
        await small.SubscribeAsync("a");
        using var sender = await WireClient.ConnectAsync(hub.Port, "sender");
        await sender.PublishAsync("a", new string('x', 100), 1);
        await sender.PublishAsync("a", "short", 2);
        await sender.ReadAsync<MqttPacket.PubAck>();
        await sender.ReadAsync<MqttPacket.PubAck>();

        Assert.Equal("short"u8.ToArray(), (await small.ReadAsync<MqttPacket.Publish>()).Payload.ToArray());
        Assert.Equal(1, hub.Broker.Counters.Dropped);
    }
}
