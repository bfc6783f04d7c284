using System.IO.Pipelines;
using Hub.Transport.Mqtt;
using Xunit;

namespace Hub.Testing;

/// <summary>One connection to a <see cref="ScriptedBroker"/>.</summary>
public sealed class ScriptedLink
{
    private const int PacketBytesMax = 16 * 1024 * 1024;

    private readonly MqttVersion _version;
    private readonly Pipe _up = new();
    private readonly Pipe _down = new();

    internal ScriptedLink(MqttVersion version)
    {
        _version = version;
        ClientEnd = new DuplexStream(_down.Reader.AsStream(), _up.Writer.AsStream());
    }

    internal Stream ClientEnd { get; }

    /// <summary>What the client sends next; fails the test if it is another packet.</summary>
    public async Task<T> ReceiveAsync<T>(CancellationToken cancel)
        where T : MqttPacket => Assert.IsType<T>(await ReceiveAsync(cancel));

    /// <summary>What the client sends next; null if it closed the connection.</summary>
    public async Task<MqttPacket?> ReceiveAsync(CancellationToken cancel)
    {
        while (true)
        {
            var result = await _up.Reader.ReadAsync(cancel);
            var buffer = result.Buffer;
            if (MqttCodec.TryRead(ref buffer, _version, PacketBytesMax, out var packet))
            {
                _up.Reader.AdvanceTo(buffer.Start);
                return packet;
            }

            _up.Reader.AdvanceTo(buffer.Start, buffer.End);
            if (result.IsCompleted)
            {
                return null;
            }
        }
    }

    public async Task SendAsync(MqttPacket packet, CancellationToken cancel)
    {
        MqttCodec.Write(_down.Writer, packet, _version);
        await _down.Writer.FlushAsync(cancel);
    }

    /// <summary>Bytes as they are, for a server that breaks the protocol.</summary>
    public async Task SendBytesAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancel) =>
        await _down.Writer.WriteAsync(bytes, cancel);

    /// <summary>The link breaks.</summary>
    public void Cut() => _down.Writer.Complete(new IOException("The link was cut."));

    /// <summary>The server closes it in good order.</summary>
    public void Close() => _down.Writer.Complete();
}
