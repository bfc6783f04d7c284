using Hub.Rules.Engine;
using Hub.Testing;
using Hub.Transport.Mqtt;

namespace Hub.Gateway.Tests.Broker;

/// <summary>QoS 2 in both directions (4.3.3).</summary>
public sealed class ExactlyOnceTests : IDisposable
{
    private const string Readings = "hub/1/load-1/readings";

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(WireClient.Versions), MemberType = typeof(WireClient))]
    public async Task A_message_goes_through_all_steps_to_a_subscriber_of_qos_2(MqttVersion version)
    {
        await using var hub = await RunningHub.StartAsync(_folder);
        using var subscriber = await WireClient.ConnectAsync(hub.Port, "subscriber", version);
        await subscriber.SubscribeAsync("a", MqttQoS.ExactlyOnce);
        using var sender = await WireClient.ConnectAsync(hub.Port, "sender", version);

        await sender.PublishExactlyOnceAsync("a", "once", 7);

        var message = await subscriber.ReadAsync<MqttPacket.Publish>();
        Assert.Equal(MqttQoS.ExactlyOnce, message.QoS);
        await subscriber.SendAsync(new MqttPacket.PubRec(message.PacketId));
        Assert.Equal(message.PacketId, (await subscriber.ReadAsync<MqttPacket.PubRel>()).PacketId);
        await subscriber.SendAsync(new MqttPacket.PubComp(message.PacketId));
        Assert.True(await subscriber.IsSilentAsync());
    }

    [Fact]
    public async Task A_reading_sent_again_before_its_release_is_journalled_once_and_answered_each_time()
    {
        await using var hub = await RunningHub.StartAsync(_folder);
        using var sender = await WireClient.ConnectAsync(hub.Port, "load-1");
        var publish = Pack(3.5, 7);

        await sender.SendAsync(publish, publish with { Dup = true });
        Assert.Equal(7, (await sender.ReadAsync<MqttPacket.PubRec>()).PacketId);
        Assert.Single((await hub.EntriesAsync()).OfType<Entry.Readings>());
        Assert.Equal(7, (await sender.ReadAsync<MqttPacket.PubRec>()).PacketId);
        await sender.SendAsync(new MqttPacket.PubRel(7));
        Assert.Equal(MqttReason.Success, (await sender.ReadAsync<MqttPacket.PubComp>()).Reason);

        // Released, the id stands for another message.
        await sender.SendAsync(Pack(4.5, 7));
        await sender.ReadAsync<MqttPacket.PubRec>();
        Assert.Equal(
            [3.5, 4.5], (await hub.EntriesAsync()).OfType<Entry.Readings>().Select(entry => entry.Items.Span[0].Value));
    }

    [Fact]
    public async Task A_reconnected_client_finds_both_directions_where_they_were()
    {
        await using var hub = await RunningHub.StartAsync(_folder);
        using var sender = await WireClient.ConnectAsync(hub.Port, "sender");
        using var first = await WireClient.ConnectAsync(hub.Port, "load-1", with: WireClient.Lasting);
        await first.SubscribeAsync("a", MqttQoS.ExactlyOnce);
        await sender.PublishExactlyOnceAsync("a", "received", 1);
        await sender.PublishExactlyOnceAsync("a", "only sent", 2);
        var received = await first.ReadAsync<MqttPacket.Publish>();
        var onlySent = await first.ReadAsync<MqttPacket.Publish>();
        await first.SendAsync(new MqttPacket.PubRec(received.PacketId));
        await first.ReadAsync<MqttPacket.PubRel>();
        await first.SendAsync(Pack(3.5, 9));
        await first.ReadAsync<MqttPacket.PubRec>();
        first.Cut();

        using var second = await WireClient.ConnectAsync(hub.Port, "load-1", with: WireClient.Lasting);

        Assert.Equal(received.PacketId, (await second.ReadAsync<MqttPacket.PubRel>()).PacketId);
        var again = await second.ReadAsync<MqttPacket.Publish>();
        Assert.Equal((onlySent.PacketId, true), (again.PacketId, again.Dup));
        await second.SendAsync(Pack(3.5, 9) with { Dup = true });
        await second.ReadAsync<MqttPacket.PubRec>();
        Assert.Single((await hub.EntriesAsync()).OfType<Entry.Readings>());
    }

    [Fact]
    public async Task After_a_crash_a_reading_that_was_taken_is_known_by_its_id_and_one_that_was_released_is_not()
    {
        // The network's time stands still: the session is saved once, and nothing that comes after it.
        var time = new ManualTime();
        await using var hub = await RunningHub.StartAsync(_folder, broker: new() { NetworkTime = time });
        using var client = await WireClient.ConnectAsync(hub.Port, "load-1", with: WireClient.Lasting);
        await RunningHub.EventuallyAsync(async () =>
        {
            time.Advance(TimeSpan.FromMilliseconds(100));
            return await RunningHub.QueryAsync(_folder, "select count(*) from session") == 1;
        });
        await client.SendAsync(Pack(1, 7), Pack(2, 8));
        await client.ReadAsync<MqttPacket.PubRec>();
        await client.ReadAsync<MqttPacket.PubRec>();
        await client.SendAsync(new MqttPacket.PubRel(8));
        Assert.Equal(MqttReason.Success, (await client.ReadAsync<MqttPacket.PubComp>()).Reason);

        using var image = _folder.Copy();
        await using var again = await RunningHub.StartAsync(image);
        using var back = await WireClient.OpenAsync(again.Port, MqttVersion.V500);
        await back.SendAsync(WireClient.Lasting(new MqttPacket.Connect(MqttVersion.V500, "load-1")));
        Assert.True((await back.ReadAsync<MqttPacket.ConnAck>()).SessionPresent);
        // The second is another message, whose first copy was lost with the crash.
        await back.SendAsync(Pack(1, 7) with { Dup = true }, Pack(3, 8) with { Dup = true });
        await back.ReadAsync<MqttPacket.PubRec>();
        await back.ReadAsync<MqttPacket.PubRec>();
        await back.SendAsync(new MqttPacket.PubRel(7));
        Assert.Equal(MqttReason.Success, (await back.ReadAsync<MqttPacket.PubComp>()).Reason);

        Assert.Equal(
            [1, 2, 3], (await again.EntriesAsync()).OfType<Entry.Readings>().Select(entry => entry.Items.Span[0].Value));
    }

    [Fact]
    public async Task A_release_of_nothing_and_a_receipt_of_nothing_are_told_so()
    {
        await using var hub = await RunningHub.StartAsync(_folder);
        using var client = await WireClient.ConnectAsync(hub.Port, "one");

        await client.SendAsync(new MqttPacket.PubRel(5), new MqttPacket.PubRec(6), new MqttPacket.PubComp(7));

        Assert.Equal(
            new MqttPacket.PubComp(5, MqttReason.PacketIdentifierNotFound), await client.ReadAsync<MqttPacket.PubComp>());
        Assert.Equal(
            new MqttPacket.PubRel(6, MqttReason.PacketIdentifierNotFound), await client.ReadAsync<MqttPacket.PubRel>());
        Assert.True(await client.IsSilentAsync());
    }

    [Theory]
    [InlineData(MqttPacketType.PubAck)]
    [InlineData(MqttPacketType.PubComp)]
    public async Task An_answer_out_of_its_turn_ends_the_connection(MqttPacketType type)
    {
        await using var hub = await RunningHub.StartAsync(_folder);
        using var client = await WireClient.ConnectAsync(hub.Port, "one");
        await client.SubscribeAsync("a", MqttQoS.ExactlyOnce);
        using var sender = await WireClient.ConnectAsync(hub.Port, "sender");
        await sender.PublishExactlyOnceAsync("a", "x", 1);
        var id = (await client.ReadAsync<MqttPacket.Publish>()).PacketId;

        await client.SendAsync(type == MqttPacketType.PubAck ? new MqttPacket.PubAck(id) : new MqttPacket.PubComp(id));

        Assert.Equal(MqttReason.ProtocolError, (await client.ReadAsync<MqttPacket.Disconnect>()).Reason);
    }

    [Fact]
    public async Task More_unreleased_messages_than_announced_end_the_connection()
    {
        await using var hub = await RunningHub.StartAsync(_folder, broker: new() { ReceiveMax = 3 });
        using var client = await WireClient.ConnectAsync(hub.Port, "one");
        for (ushort id = 1; id <= 3; id++)
        {
            await client.SendAsync(WireClient.Publish("a", "x", id) with { QoS = MqttQoS.ExactlyOnce });
            await client.ReadAsync<MqttPacket.PubRec>();
        }

        await client.SendAsync(WireClient.Publish("a", "x", 4) with { QoS = MqttQoS.ExactlyOnce });

        Assert.Equal(MqttReason.ReceiveMaximumExceeded, (await client.ReadAsync<MqttPacket.Disconnect>()).Reason);
    }

    private static MqttPacket.Publish Pack(double value, ushort packetId) => WireClient.Publish(
        Readings, $$"""[{"n":"water.volume","u":"m3","v":{{value.ToString(System.Globalization.CultureInfo.InvariantCulture)}}}]""",
        packetId) with
    { QoS = MqttQoS.ExactlyOnce };
}
