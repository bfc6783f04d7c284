using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using Hub.Testing;
using Hub.Transport.Mqtt;

namespace Hub.Gateway.Tests.Broker;

/// <summary>
/// Wire sequences of other people: a folder of JSON files as in eclipse/mosquitto's test/broker/data, named by
/// BUILDINGHUB_WIRE_SEQUENCES. Of a CONNACK with properties its type, flags and reason count: the rest is a server's own.
/// </summary>
public sealed class WireSequenceTests(ITestOutputHelper output)
{
    /// <summary>Of 1,483; README.md says which are missed, and why.</summary>
    private const int PassedMin = 1440;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Sequences_end_as_they_say()
    {
        var folder = Environment.GetEnvironmentVariable("BUILDINGHUB_WIRE_SEQUENCES");
        Assert.SkipWhen(folder is null, "BUILDINGHUB_WIRE_SEQUENCES names no folder of sequences.");
        var files = Directory.EnumerateFiles(folder, "*.json").Order(StringComparer.Ordinal);
        var results = await Task.WhenAll(files.Select(PlayFileAsync));

        foreach (var fault in results.SelectMany(result => result.Faults))
        {
            output.WriteLine(fault);
        }

        var all = results.Sum(result => result.All);
        var passed = all - results.Sum(result => result.Faults.Count);
        output.WriteLine($"{passed} of {all} sequences passed.");
        Assert.InRange(passed, PassedMin, all);
    }

    /// <summary>On a hub of its own: a sequence waits for its connection's end most of the time.</summary>
    private static async Task<(int All, List<string> Faults)> PlayFileAsync(string file)
    {
        using var folder = new TempFolder();
        await using var hub = await RunningHub.StartAsync(folder);
        using var json = JsonDocument.Parse(await File.ReadAllBytesAsync(file, Cancel));
        var (all, faults) = (0, new List<string>());
        foreach (var group in json.RootElement.EnumerateArray().Where(group => !Flag(group, "disable", false)))
        {
            foreach (var sequence in group.GetProperty("tests").EnumerateArray())
            {
                all++;
                var name = $"{Text(group, "group")} {Text(sequence, "name")}";
                if (await FaultOfAsync(hub.Port, name, sequence) is { } fault)
                {
                    faults.Add($"{Path.GetFileName(file)}: {name}: {fault}");
                }
            }
        }

        return (all, faults);
    }

    /// <summary>What didn't go as the sequence says; null if all did.</summary>
    private static async Task<string?> FaultOfAsync(int port, string name, JsonElement sequence)
    {
        using var socket = await OpenAsync(port);
        try
        {
            if (Flag(sequence, "connect", true))
            {
                var version = sequence.TryGetProperty("ver", out var ver) ? ver.GetInt32() : 4;
                await SendAsync(socket, Connect(name, (byte)version));
                Require(await ReadPacketAsync(socket) is [0x20, _, 0, 0, ..], "not connected");
            }

            foreach (var message in sequence.GetProperty("msgs").EnumerateArray())
            {
                await PlayAsync(socket, port, message);
            }

            if (Flag(sequence, "expect_disconnect", true))
            {
                Require((await ReadAsync(socket, 1)).Length == 0, "still connected");
                return null;
            }

            await SendAsync(socket, [0xC0, 0x00]);
            Require(await ReadAsync(socket, 2) is [0xD0, 0x00], "no PINGRESP");
            return null;
        }
        catch (Exception e) when (e is InvalidDataException or IOException or SocketException)
        {
            return e.Message;
        }
        catch (OperationCanceledException) when (!Cancel.IsCancellationRequested)
        {
            return "nothing comes";
        }
    }

    private static async Task PlayAsync(Socket socket, int port, JsonElement message)
    {
        var type = Text(message, "type");
        if (type == "publish")
        {
            await PublishAsync(port, message);
            return;
        }

        var bytes = Convert.FromHexString(Text(message, "payload").Replace(" ", "", StringComparison.Ordinal));
        if (type == "send")
        {
            await SendAsync(socket, bytes);
            return;
        }

        var isConnAck = bytes is [0x20, _, _, _, _, ..];
        var received = isConnAck ? await ReadPacketAsync(socket) : await ReadAsync(socket, bytes.Length);
        Require(
            isConnAck ? received is [0x20, _, var flags, var reason, ..] && flags == bytes[2] && reason == bytes[3]
                : received.AsSpan().SequenceEqual(bytes),
            $"{Convert.ToHexString(received)} instead of {Convert.ToHexString(bytes)}");
    }

    private static async Task PublishAsync(int port, JsonElement message)
    {
        using var helper = await WireClient.ConnectAsync(port, "helper", MqttVersion.V311);
        var (topic, payload, qos) = (Text(message, "topic"), Text(message, "payload"), message.GetProperty("qos").GetInt32());
        if (qos == 2)
        {
            await helper.PublishExactlyOnceAsync(topic, payload, 1);
            return;
        }

        await helper.PublishAsync(topic, payload, (ushort)qos);
        if (qos == 1)
        {
            await helper.ReadAsync<MqttPacket.PubAck>();
        }
    }

    private static byte[] Connect(string clientId, byte version)
    {
        byte[] name = version == 3 ? [0, 6, .. "MQIsdp"u8] : [0, 4, .. "MQTT"u8];
        byte[] properties = version == 5 ? [3, 0x21, 0, 20] : [];
        var id = Encoding.UTF8.GetBytes(clientId);
        byte[] body = [.. name, version, 0x02, 0, 60, .. properties, 0, (byte)id.Length, .. id];
        return body.Length < 0x80
            ? [0x10, (byte)body.Length, .. body]
            : [0x10, (byte)(body.Length | 0x80), (byte)(body.Length >> 7), .. body];
    }

    private static async Task<Socket> OpenAsync(int port)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(IPAddress.Loopback, port, Cancel);
        return socket;
    }

    private static async Task SendAsync(Socket socket, byte[] bytes) => await socket.SendAsync(bytes, Cancel);

    /// <summary>So many bytes, or fewer when the connection ends before.</summary>
    private static async Task<byte[]> ReadAsync(Socket socket, int count)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        patience.CancelAfter(Patience);
        var bytes = new byte[count];
        var length = 0;
        try
        {
            for (var read = -1; length < count && read != 0; length += read)
            {
                read = await socket.ReceiveAsync(bytes.AsMemory(length), patience.Token);
            }
        }
        catch (SocketException e) when (e.SocketErrorCode == SocketError.ConnectionReset)
        {
            // An end like any other.
        }

        return bytes[..length];
    }

    /// <summary>One packet of at most 127 bytes.</summary>
    private static async Task<byte[]> ReadPacketAsync(Socket socket)
    {
        var head = await ReadAsync(socket, 2);
        return head.Length < 2 ? head : [.. head, .. await ReadAsync(socket, head[1])];
    }

    private static void Require(bool holds, string fault)
    {
        if (!holds)
        {
            throw new InvalidDataException(fault);
        }
    }

    private static string Text(JsonElement from, string name) => from.GetProperty(name).GetString()!;

    private static bool Flag(JsonElement from, string name, bool otherwise) =>
        from.TryGetProperty(name, out var value) ? value.GetBoolean() : otherwise;
}
