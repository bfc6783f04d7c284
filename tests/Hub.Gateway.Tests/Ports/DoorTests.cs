using System.Net;
using System.Net.Sockets;
using System.Net.WebSockets;
using Hub.Gateway.Tests.Broker;
using Hub.Testing;
using Hub.Transport.Mqtt;

namespace Hub.Gateway.Tests.Ports;

/// <summary>WebSocket, and the load balancer's word, on the wire.</summary>
public sealed class DoorTests : IDisposable
{
    private const string Balanced = "0D0A0D0A000D0A515549540A2111000CC0000207CB007109AAAA22B3";
    private const string Health = "0D0A0D0A000D0A515549540A20000000";

    private readonly TempFolder _folder = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_WebSocket_client_talks_with_a_TCP_client_wherever_its_messages_end()
    {
        await using var hub = await RunningHub.StartAsync(_folder);
        using var tcp = await WireClient.ConnectAsync(hub.Port, "tcp");
        await tcp.SubscribeAsync("a");
        using var socket = await OpenAsync(hub);
        // Byte by byte, and then two packets at once.
        foreach (var one in StreamClient.Bytes(StreamClient.Connect("web")))
        {
            await socket.SendAsync(new[] { one }, WebSocketMessageType.Binary, true, Cancel);
        }

        await socket.SendAsync(
            (byte[])
            [
                .. StreamClient.Bytes(new MqttPacket.Subscribe(1, [new("b", MqttQoS.AtMostOnce)])),
                .. StreamClient.Bytes(WireClient.Publish("a", new string('x', 100_000), 0)),
            ],
            WebSocketMessageType.Binary, true, Cancel);

        Assert.Equal(100_000, (await tcp.ReadAsync<MqttPacket.Publish>()).Payload.Length);
        await tcp.PublishAsync("b", new string('y', 100_000), 0);
        await using var client = new StreamClient(WebSocketStream.Create(socket, WebSocketMessageType.Binary));
        Assert.IsType<MqttPacket.ConnAck>(await client.ReadAsync());
        Assert.IsType<MqttPacket.SubAck>(await client.ReadAsync());
        Assert.Equal(100_000, Assert.IsType<MqttPacket.Publish>(await client.ReadAsync()).Payload.Length);
    }

    [Fact]
    public async Task A_text_message_ends_the_connection_and_a_lost_one_is_no_harm()
    {
        await using var hub = await RunningHub.StartAsync(_folder);
        using var socket = await OpenAsync(hub);
        await socket.SendAsync(StreamClient.Bytes(StreamClient.Connect("web")), WebSocketMessageType.Binary, true, Cancel);
        await socket.SendAsync("words"u8.ToArray(), WebSocketMessageType.Text, true, Cancel);
        using var lost = await OpenAsync(hub);
        lost.Abort();

        await RunningHub.EventuallyAsync(() => Task.FromResult(hub.Broker.ConnectionCount == 0));
    }

    [Fact]
    public async Task A_page_from_elsewhere_and_a_client_of_another_protocol_are_refused()
    {
        await using var hub = await RunningHub.StartAsync(_folder);

        await Assert.ThrowsAsync<WebSocketException>(() => OpenAsync(hub, origin: "https://elsewhere.example"));
        await Assert.ThrowsAsync<WebSocketException>(() => OpenAsync(hub, protocol: "chat"));
        using var own = await OpenAsync(hub, origin: $"http://127.0.0.1:{hub.Addresses[0].Port}");
        Assert.Equal("mqtt", own.SubProtocol);
    }

    [Fact]
    public async Task Whom_a_proxy_on_this_machine_speaks_for_is_not_taken_for_one_of_its_own()
    {
        await using var hub = await RunningHub.StartAsync(_folder);
        using var socket = await OpenAsync(hub, forwardedFor: "203.0.113.9");
        await using var client = new StreamClient(WebSocketStream.Create(socket, WebSocketMessageType.Binary));

        Assert.Equal(MqttReason.NotAuthorized, await client.TryConnectAsync("web"));
    }

    [Theory]
    [InlineData(Balanced, MqttReason.NotAuthorized)] // From elsewhere: never anonymous.
    [InlineData(Health, MqttReason.Success)] // The balancer itself, on this machine.
    [InlineData("", null)] // No header at all.
    [InlineData("50524F585920", null)] // Version 1.
    public async Task What_the_load_balancer_says_counts_and_without_a_word_nobody_comes_in(
        string header, MqttReason? reason)
    {
        await using var hub = await StartBalancedAsync("127.0.0.1/32");
        await using var client = await TcpAsync(hub.Port, header);

        Assert.Equal(reason, await client.TryConnectAsync("balanced"));
    }

    [Fact]
    public async Task A_header_of_anybody_else_is_a_fault()
    {
        await using var hub = await StartBalancedAsync("10.0.0.0/8");
        await using var client = await TcpAsync(hub.Port, Balanced);

        Assert.Null(await client.TryConnectAsync("liar"));
    }

    [Fact]
    public async Task A_header_that_never_ends_is_waited_for_no_longer_than_seconds()
    {
        var time = new ManualTime();
        await using var hub = await StartBalancedAsync("127.0.0.1/32", time);
        await using var slow = await TcpAsync(hub.Port, Balanced[..20]);
        var end = slow.ReadAsync();

        await RunningHub.EventuallyAsync(() =>
        {
            time.Advance(TimeSpan.FromSeconds(5));
            return Task.FromResult(end.IsCompleted);
        });
        Assert.Null(await end);
    }

    private Task<RunningHub> StartBalancedAsync(string network, TimeProvider? time = null) => RunningHub.StartAsync(
        _folder, broker: new() { NetworkTime = time ?? TimeProvider.System }, with: options => options with { ProxiesFrom = [System.Net.IPNetwork.Parse(network)] });

    private static async Task<StreamClient> TcpAsync(int port, string header)
    {
        var tcp = new TcpClient();
        await tcp.ConnectAsync(IPAddress.Loopback, port, Cancel);
        await tcp.GetStream().WriteAsync(Convert.FromHexString(header), Cancel);
        return new StreamClient(tcp.GetStream());
    }

    private static async Task<ClientWebSocket> OpenAsync(
        RunningHub hub, string protocol = "mqtt", string? origin = null, string? forwardedFor = null)
    {
        var socket = new ClientWebSocket();
        socket.Options.AddSubProtocol(protocol);
        if (origin is not null)
        {
            socket.Options.SetRequestHeader("Origin", origin);
        }

        if (forwardedFor is not null)
        {
            socket.Options.SetRequestHeader("X-Forwarded-For", forwardedFor);
        }

        await socket.ConnectAsync(new Uri($"ws://127.0.0.1:{hub.Addresses[0].Port}/mqtt"), Cancel);
        return socket;
    }
}
