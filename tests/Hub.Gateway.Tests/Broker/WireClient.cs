using System.Buffers;
using System.Net;
using System.Net.Sockets;
using Hub.Transport.Mqtt;

namespace Hub.Gateway.Tests.Broker;

/// <summary>A client that sends what a test says and gives back each packet that comes: no will of its own.</summary>
internal sealed class WireClient : IDisposable
{
    private readonly TcpClient _tcp = new();
    private readonly MqttVersion _version;
    private byte[] _received = [];

    private WireClient(MqttVersion version) => _version = version;

    /// <summary>For what holds in both.</summary>
    public static TheoryData<MqttVersion> Versions => [MqttVersion.V311, MqttVersion.V500];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static async Task<WireClient> OpenAsync(int port, MqttVersion version)
    {
        var client = new WireClient(version);
        await client._tcp.ConnectAsync(IPAddress.Loopback, port, Cancel);
        client._tcp.NoDelay = true;
        return client;
    }

    /// <summary>A session that outlives its connection by ten minutes, or goes on.</summary>
    public static MqttPacket.Connect Lasting(MqttPacket.Connect connect) => connect with
    {
        CleanStart = false,
        Properties = connect.Version == MqttVersion.V500
            ? new MqttProperties { SessionExpiry = 600 }
            : MqttProperties.None,
    };

    /// <summary>Connected, with the CONNACK read.</summary>
    public static async Task<WireClient> ConnectAsync(
        int port, string clientId, MqttVersion version = MqttVersion.V500,
        Func<MqttPacket.Connect, MqttPacket.Connect>? with = null)
    {
        var client = await OpenAsync(port, version);
        var connect = new MqttPacket.Connect(version, clientId);
        await client.SendAsync(with is null ? connect : with(connect));
        Assert.Equal(MqttReason.Success, (await client.ReadAsync<MqttPacket.ConnAck>()).Reason);
        return client;
    }

    public Task SendAsync(params MqttPacket[] packets) => SendAsync(Bytes(packets));

    public async Task SendAsync(ReadOnlyMemory<byte> bytes) => await _tcp.GetStream().WriteAsync(bytes, Cancel);

    public byte[] Bytes(params MqttPacket[] packets)
    {
        var output = new ArrayBufferWriter<byte>();
        foreach (var packet in packets)
        {
            MqttCodec.Write(output, packet, _version);
        }

        return output.WrittenSpan.ToArray();
    }

    /// <summary>Publishes at QoS 1 without waiting for its PUBACK.</summary>
    public Task PublishAsync(string topic, string payload, ushort packetId, bool retain = false) =>
        SendAsync(Publish(topic, payload, packetId, retain));

    public static MqttPacket.Publish Publish(string topic, string payload, ushort packetId, bool retain = false) =>
        new(topic, System.Text.Encoding.UTF8.GetBytes(payload))
        {
            QoS = packetId == 0 ? MqttQoS.AtMostOnce : MqttQoS.AtLeastOnce,
            PacketId = packetId,
            Retain = retain,
        };

    /// <summary>Publishes at QoS 2 and goes through all of its steps.</summary>
    public async Task PublishExactlyOnceAsync(string topic, string payload, ushort packetId)
    {
        await SendAsync(Publish(topic, payload, packetId) with { QoS = MqttQoS.ExactlyOnce });
        Assert.Equal(packetId, (await ReadAsync<MqttPacket.PubRec>()).PacketId);
        await SendAsync(new MqttPacket.PubRel(packetId));
        Assert.Equal(packetId, (await ReadAsync<MqttPacket.PubComp>()).PacketId);
    }

    public Task SubscribeAsync(string filter, MqttQoS qos = MqttQoS.AtLeastOnce) =>
        SubscribeAsync(new MqttSubscription(filter, qos));

    public async Task SubscribeAsync(MqttSubscription subscription, uint identifier = 0)
    {
        await SendAsync(new MqttPacket.Subscribe(9, [subscription])
        {
            Properties = identifier == 0
                ? MqttProperties.None
                : new MqttProperties { SubscriptionIdentifiers = [identifier] },
        });
        Assert.True((await ReadAsync<MqttPacket.SubAck>()).Reasons[0] < MqttReason.UnspecifiedError);
    }

    public async Task<T> ReadAsync<T>()
        where T : MqttPacket => Assert.IsType<T>(await ReadAsync());

    /// <summary>The next packet; null when the hub has closed the connection.</summary>
    public async Task<MqttPacket?> ReadAsync()
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        patience.CancelAfter(TimeSpan.FromSeconds(20));
        var buffer = new byte[64 * 1024];
        while (true)
        {
            var bytes = new ReadOnlySequence<byte>(_received);
            if (MqttCodec.TryRead(ref bytes, _version, int.MaxValue, out var packet))
            {
                _received = bytes.ToArray();
                return packet;
            }

            int count;
            try
            {
                count = await _tcp.GetStream().ReadAsync(buffer, patience.Token);
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

    /// <summary>True if nothing comes for a while, beyond what a PINGREQ brings: whatever was due would have come before.</summary>
    public async Task<bool> IsSilentAsync()
    {
        await SendAsync(new MqttPacket.PingReq());
        return await ReadAsync() is MqttPacket.PingResp;
    }

    /// <summary>Cuts the connection as a lost network does.</summary>
    public void Cut()
    {
        _tcp.Client.LingerState = new LingerOption(true, 0);
        _tcp.Dispose();
    }

    public void Dispose() => _tcp.Dispose();
}
