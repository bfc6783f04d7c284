using System.Buffers;
using System.IO.Pipelines;

namespace Hub.Transport.Mqtt;

/// <summary>CONNECT and its answer.</summary>
internal static class ClientHandshake
{
    /// <summary>Sends CONNECT and reads the CONNACK, whatever it says.</summary>
    public static async Task<MqttPacket.ConnAck> RunAsync(
        Stream stream, PipeReader reader, MqttClientOptions options, bool cleanStart, CancellationToken cancel)
    {
        var output = new ArrayBufferWriter<byte>();
        MqttCodec.Write(output, ToConnect(options, cleanStart), options.Version);
        await stream.WriteAsync(output.WrittenMemory, cancel);
        await stream.FlushAsync(cancel);
        while (true)
        {
            var result = await reader.ReadAsync(cancel);
            var buffer = result.Buffer;
            if (MqttCodec.TryRead(ref buffer, options.Version, options.PacketBytesMax, out var packet))
            {
                reader.AdvanceTo(buffer.Start);
                return packet as MqttPacket.ConnAck ?? throw new MqttProtocolException(
                    MqttReason.ProtocolError, $"The server answers CONNECT with {packet.GetType().Name}.");
            }

            reader.AdvanceTo(buffer.Start, buffer.End);
            if (result.IsCompleted)
            {
                throw new EndOfStreamException("The server closed the connection before its CONNACK.");
            }
        }
    }

    private static MqttPacket.Connect ToConnect(MqttClientOptions options, bool cleanStart) =>
        new(options.Version, options.ClientId)
        {
            CleanStart = cleanStart,
            KeepAlive = (ushort)Math.Min(Math.Ceiling(options.KeepAlive.TotalSeconds), ushort.MaxValue),
            Will = options.Will,
            UserName = options.UserName,
            Password = options.Password,
            Properties = options.Version == MqttVersion.V311
                ? MqttProperties.None
                : new MqttProperties
                {
                    SessionExpiry = (uint)Math.Min(options.SessionExpiry.TotalSeconds, uint.MaxValue),
                    ReceiveMaximum = (ushort)Math.Min(options.ReceiveMax, ushort.MaxValue),
                    MaximumPacketSize = (uint)options.PacketBytesMax,
                },
        };
}
