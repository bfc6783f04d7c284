using System.Threading.Channels;

namespace Hub.Transport.Mqtt;

/// <summary>
/// Inbound messages, from the inbox to their PUBACK.
/// <code>
///  inbox ─► handler ─► held: the packet id, and what its PUBACK waits for ─► PUBACK, in the order of arrival (4.6)
/// </code>
/// </summary>
internal sealed partial class ClientConnection
{
    private readonly Channel<(ushort PacketId, Task Done)> _held = Channel.CreateBounded<(ushort, Task)>(
        new BoundedChannelOptions(options.ReceiveMax) { SingleReader = true, SingleWriter = true });

    private async Task HandAsync(Func<MqttMessage, CancellationToken, ValueTask<Task>>? handler)
    {
        try
        {
            while (true)
            {
                var publish = await _inbound.Reader.ReadAsync(_abort.Token);
                var done = handler is null ? Task.CompletedTask : await handler(MessageOf(publish), _abort.Token);
                await _held.Writer.WriteAsync((publish.PacketId, done), _abort.Token);
            }
        }
        catch (OperationCanceledException) when (_abort.IsCancellationRequested)
        {
        }
    }

    // PUBACK when it is done: what the handler didn't finish comes again. QoS 0 has no packet id, and no answer.
    private async Task AcknowledgeAsync()
    {
        try
        {
            while (true)
            {
                var (packetId, done) = await _held.Reader.ReadAsync(_abort.Token);
                await done.WaitAsync(_abort.Token);
                if (packetId != 0)
                {
                    session.Send(new MqttPacket.PubAck(packetId));
                }
            }
        }
        catch (OperationCanceledException) when (_abort.IsCancellationRequested)
        {
        }
    }

    private static MqttMessage MessageOf(MqttPacket.Publish publish) => new(publish.Topic, publish.Payload)
    {
        QoS = publish.QoS,
        Retain = publish.Retain,
        Dup = publish.Dup,
        Properties = publish.Properties,
    };
}
