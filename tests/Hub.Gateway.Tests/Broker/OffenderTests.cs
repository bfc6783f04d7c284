using Hub.Testing;
using Hub.Transport.Mqtt;

namespace Hub.Gateway.Tests.Broker;

/// <summary>Hostile input closes the offender's connection and nothing else.</summary>
public sealed class OffenderTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("a second CONNECT", MqttReason.ProtocolError)]
    [InlineData("QoS 3", MqttReason.MalformedPacket)]
    [InlineData("a topic alias beyond the limit", MqttReason.TopicAliasInvalid)]
    [InlineData("a topic alias that stands for nothing", MqttReason.ProtocolError)]
    [InlineData("AUTH", MqttReason.ProtocolError)]
    [InlineData("CONNACK", MqttReason.ProtocolError)]
    [InlineData("type 0", MqttReason.ProtocolError)]
    [InlineData("an endless length", MqttReason.MalformedPacket)]
    [InlineData("a huge packet", MqttReason.PacketTooLarge)]
    [InlineData("a wildcard in a topic", MqttReason.MalformedPacket)]
    [InlineData("half a topic", MqttReason.MalformedPacket)]
    public async Task An_offence_ends_its_own_connection_with_the_reason(string offence, MqttReason reason)
    {
        await using var hub = await RunningHub.StartAsync(_folder);
        using var bystander = await WireClient.ConnectAsync(hub.Port, "bystander");
        await bystander.SubscribeAsync("a");
        using var offender = await WireClient.ConnectAsync(hub.Port, "offender");

        // What came before the offence in the same bytes still counts.
        await offender.SendAsync(
            (byte[])[.. offender.Bytes(WireClient.Publish("a", "before", 1)), .. BytesOf(offence, offender)]);

        Assert.Equal(1, (await offender.ReadAsync<MqttPacket.PubAck>()).PacketId);
        Assert.Equal(reason, (await offender.ReadAsync<MqttPacket.Disconnect>()).Reason);
        Assert.Null(await offender.ReadAsync());
        await bystander.SendAsync(new MqttPacket.PubAck((await bystander.ReadAsync<MqttPacket.Publish>()).PacketId));
        Assert.True(await bystander.IsSilentAsync());
        Assert.Equal(1, hub.Broker.Counters.Refused);
    }

    [Fact]
    public async Task Random_bytes_before_and_after_connecting_do_no_harm()
    {
        await using var hub = await RunningHub.StartAsync(_folder);
        using var bystander = await WireClient.ConnectAsync(hub.Port, "bystander");
        var random = new Random(5);
        for (var i = 0; i < 40; i++)
        {
            var noise = new byte[random.Next(1, 2000)];
            random.NextBytes(noise);
            using var client = i % 2 == 0
                ? await WireClient.OpenAsync(hub.Port, MqttVersion.V500)
                : await WireClient.ConnectAsync(hub.Port, $"noisy-{i}");
            await client.SendAsync(noise);
            client.Cut();
        }

        Assert.True(await bystander.IsSilentAsync());
        await RunningHub.EventuallyAsync(() => Task.FromResult(hub.Broker.ConnectionCount == 1));
    }

    [Fact]
    public async Task An_old_client_with_an_unknown_version_is_told_so_in_the_old_way()
    {
        await using var hub = await RunningHub.StartAsync(_folder);
        using var client = await WireClient.OpenAsync(hub.Port, MqttVersion.V311);

        await client.SendAsync(Convert.FromHexString("100C00044D5154540302003C0000"));

        var answer = await client.ReadAsync<MqttPacket.ConnAck>();
        Assert.Equal(MqttReason.UnsupportedProtocolVersion, answer.Reason);
    }

    [Fact]
    public async Task Connections_beyond_the_limit_are_closed()
    {
        await using var hub = await RunningHub.StartAsync(_folder, broker: new() { ConnectionsMax = 1 });
        using var first = await WireClient.ConnectAsync(hub.Port, "first");
        using var second = await WireClient.OpenAsync(hub.Port, MqttVersion.V500);

        Assert.Null(await second.ReadAsync());
        Assert.True(await first.IsSilentAsync());
    }

    private static byte[] BytesOf(string offence, WireClient client) => offence switch
    {
        "a second CONNECT" => client.Bytes(new MqttPacket.Connect(MqttVersion.V500, "offender")),
        "QoS 3" => [0x36, 0x06, 0x00, 0x01, (byte)'a', 0x00, 0x01, 0x00],
        "a topic alias beyond the limit" => client.Bytes(
            new MqttPacket.Publish("a", default) { Properties = new MqttProperties { TopicAlias = 11 } }),
        "a topic alias that stands for nothing" => client.Bytes(
            new MqttPacket.Publish("", default) { Properties = new MqttProperties { TopicAlias = 1 } }),
        "AUTH" => client.Bytes(new MqttPacket.Auth(MqttReason.Reauthenticate)),
        "CONNACK" => client.Bytes(new MqttPacket.ConnAck(false)),
        "type 0" => [0x00, 0x00],
        "an endless length" => [0x30, 0xFF, 0xFF, 0xFF, 0xFF, 0x01],
        "a huge packet" => [0x30, 0xFF, 0xFF, 0xFF, 0x7F],
        "a wildcard in a topic" => [0x30, 0x04, 0x00, 0x01, (byte)'#', 0x00],
        "half a topic" => [0x30, 0x03, 0x00, 0x09, (byte)'a'],
        _ => throw new ArgumentException(offence),
    };
}
