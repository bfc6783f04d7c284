using System.Net.Sockets;
using System.Text;

namespace Hub.Bench;

/// <summary>The few packets of MQTT 3.1.1 that a load client needs around its load.</summary>
internal static class MqttWire
{
    /// <summary>CONNECT, clean, without keep-alive; comes back with the CONNACK read.</summary>
    public static async Task ConnectAsync(Socket socket, string id, CancellationToken cancel)
    {
        byte[] connect =
        [
            0x10, (byte)(12 + id.Length), 0, 4, .. "MQTT"u8, 4, 0b10, 0, 0, 0, (byte)id.Length, .. Encoding.ASCII.GetBytes(id),
        ];
        var answer = await AskAsync(socket, connect, 4, cancel);
        if (answer[0] != 0x20 || answer[3] != 0)
        {
            throw new InvalidOperationException($"{id} was refused with {answer[3]}.");
        }
    }

    /// <summary>SUBSCRIBE at QoS 0; comes back with the SUBACK read.</summary>
    public static async Task SubscribeAsync(Socket socket, string filter, CancellationToken cancel)
    {
        byte[] subscribe =
        [
            0x82, (byte)(5 + filter.Length), 0, 1, 0, (byte)filter.Length, .. Encoding.ASCII.GetBytes(filter), 0,
        ];
        var answer = await AskAsync(socket, subscribe, 5, cancel);
        if (answer[0] != 0x90 || answer[4] != 0)
        {
            throw new InvalidOperationException($"{filter} was refused with {answer[4]}.");
        }
    }

    /// <summary>A PUBLISH at QoS 0.</summary>
    public static byte[] Publish(string topic, ReadOnlySpan<byte> payload)
    {
        var remaining = 2 + topic.Length + payload.Length;
        return remaining < 128
            ? [0x30, (byte)remaining, 0, (byte)topic.Length, .. Encoding.ASCII.GetBytes(topic), .. payload]
            : throw new ArgumentException("Longer than one byte says.", nameof(payload));
    }

    private static async Task<byte[]> AskAsync(Socket socket, byte[] packet, int answerBytes, CancellationToken cancel)
    {
        await socket.SendAsync(packet, cancel);
        var answer = new byte[answerBytes];
        for (var length = 0; length < answerBytes;)
        {
            var more = await socket.ReceiveAsync(answer.AsMemory(length), cancel);
            length += more > 0 ? more : throw new IOException("The connection was closed before its answer.");
        }

        return answer;
    }
}
