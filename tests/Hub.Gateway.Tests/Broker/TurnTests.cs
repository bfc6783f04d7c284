using System.Buffers;
using Hub.Testing;
using Hub.Transport.Mqtt;

namespace Hub.Gateway.Tests.Broker;

public sealed class TurnTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    /// <summary>
    /// A packet in a segment of its own, after one that ended with its segment, once lay there unread until the next
    /// came: an edge's last message before the night was acknowledged in the morning.
    /// </summary>
    [Fact]
    public async Task Wherever_the_bytes_are_cut_every_whole_packet_is_taken()
    {
        await using var hub = await RunningHub.StartAsync(_folder);
        var output = new ArrayBufferWriter<byte>();
        MqttCodec.Write(output, new MqttPacket.Connect(MqttVersion.V311, "load-1"), MqttVersion.V311);
        var connected = output.WrittenCount;
        MqttCodec.Write(output, WireClient.Publish("a/b", "some words", 0), MqttVersion.V311);
        MqttCodec.Write(output, new MqttPacket.PingReq(), MqttVersion.V311);
        MqttCodec.Write(output, WireClient.Publish("a/c", new string('x', 200), 0), MqttVersion.V311);
        MqttCodec.Write(output, new MqttPacket.PingReq(), MqttVersion.V311);
        var said = output.WrittenSpan.ToArray();
        var whole = await PipedClient.TalkAsync(hub, said);
        Assert.Equal([0x20, 2, 0, 0, 0xD0, 0, 0xD0, 0], whole);

        for (var at = connected + 1; at < said.Length; at++)
        {
            for (var again = at + 1; again <= Math.Min(at + 3, said.Length); again++)
            {
                Assert.Equal(whole, await PipedClient.TalkAsync(hub, said[..at], said[at..again], said[again..]));
            }
        }
    }
}
