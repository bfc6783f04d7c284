using System.Buffers;
using Hub.Transport.Mqtt;

namespace Hub.Gateway.Tests.Ports;

/// <summary>MQTT 5 packets over any stream.</summary>
internal sealed class StreamClient(Stream stream) : IAsyncDisposable
{
    private byte[] _received = [];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static MqttPacket.Connect Connect(string clientId, string? user = null, string? password = null) =>
        new(MqttVersion.V500, clientId)
        {
            UserName = user,
            Password = password is null ? null : (ReadOnlyMemory<byte>?)System.Text.Encoding.UTF8.GetBytes(password),
        };

    public static byte[] Bytes(MqttPacket packet)
    {
        var output = new ArrayBufferWriter<byte>();
        MqttCodec.Write(output, packet, MqttVersion.V500);
        return output.WrittenSpan.ToArray();
    }

    /// <summary>What the hub answers to a CONNECT; null if it closes instead.</summary>
    public async Task<MqttReason?> TryConnectAsync(string clientId, string? user = null, string? password = null) =>
        await AskAsync(Connect(clientId, user, password)) is MqttPacket.ConnAck { Reason: var reason } ? reason : null;

    public async Task<MqttPacket?> AskAsync(MqttPacket packet)
    {
        await stream.WriteAsync(Bytes(packet), Cancel);
        await stream.FlushAsync(Cancel);
        return await ReadAsync();
    }

    public async Task<MqttPacket?> ReadAsync()
    {
        var buffer = new byte[4096];
        while (true)
        {
            var bytes = new ReadOnlySequence<byte>(_received);
            if (MqttCodec.TryRead(ref bytes, MqttVersion.V500, int.MaxValue, out var packet))
            {
                _received = bytes.ToArray();
                return packet;
            }

            int count;
            try
            {
                count = await stream.ReadAsync(buffer, Cancel);
            }
            catch (IOException)
            {
                return null;
            }

            if (count == 0)
            {
                return null;
            }

            _received = [.. _received, .. buffer.AsSpan(0, count)];
        }
    }

    public ValueTask DisposeAsync() => stream.DisposeAsync();
}
