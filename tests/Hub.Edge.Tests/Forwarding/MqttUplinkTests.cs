using System.IO.Pipelines;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Hub.Edge.Forwarding;
using Hub.Edge.Setup;
using Hub.Transport.Mqtt;

namespace Hub.Edge.Tests.Forwarding;

public class MqttUplinkTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(null, null)]
    [InlineData("edge-b1", "secret")]
    public async Task It_signs_in_with_what_it_has_and_with_nothing_where_it_has_nothing(string? user, string? password)
    {
        using var hub = new TcpListener(IPAddress.Loopback, 0);
        hub.Start();
        using var stopping = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        var uplink = new MqttUplink(
            "edge-b1", new HubEndpoint { User = user, Password = password }, 16, TimeProvider.System,
            async cancel =>
            {
                var client = new TcpClient();
                await client.ConnectAsync((IPEndPoint)hub.LocalEndpoint, cancel);
                return client.GetStream();
            });
        var run = uplink.RunAsync(stopping.Token);

        using var edge = await hub.AcceptTcpClientAsync(Cancel);

        var connect = await ConnectAsync(PipeReader.Create(edge.GetStream()));

        Assert.Equal(user, connect.UserName);
        Assert.Equal(password, connect.Password is { } sent ? Encoding.UTF8.GetString(sent.Span) : null);
        await stopping.CancelAsync();
        await run;
    }

    private static async Task<MqttPacket.Connect> ConnectAsync(PipeReader wire)
    {
        while (true)
        {
            var read = await wire.ReadAsync(Cancel);
            var bytes = read.Buffer;
            if (MqttCodec.TryRead(ref bytes, MqttVersion.V500, 65_536, out var packet))
            {
                return Assert.IsType<MqttPacket.Connect>(packet);
            }

            wire.AdvanceTo(read.Buffer.Start, read.Buffer.End);
        }
    }
}
