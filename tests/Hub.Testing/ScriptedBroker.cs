using System.Threading.Channels;
using Hub.Transport.Mqtt;
using Xunit;

namespace Hub.Testing;

/// <summary>
/// The server's end of an MQTT client under test: in memory, speaking through the codec, doing what the test says and
/// nothing by itself.
/// </summary>
public sealed class ScriptedBroker(MqttVersion version)
{
    private readonly Channel<ScriptedLink> _links = Channel.CreateBounded<ScriptedLink>(64);

    /// <summary>Connections are refused while it is.</summary>
    public bool IsDown { get; set; }

    public int Attempts { get; private set; }

    /// <summary>Hand it to the client as its connector.</summary>
    public Task<Stream> ConnectAsync(CancellationToken cancel)
    {
        Attempts++;
        if (IsDown)
        {
            return Task.FromException<Stream>(new IOException("The broker is down."));
        }

        var link = new ScriptedLink(version);
        Assert.True(_links.Writer.TryWrite(link), "Nobody takes the client's connections.");
        return Task.FromResult(link.ClientEnd);
    }

    /// <summary>The next connection, before its CONNECT was read.</summary>
    public Task<ScriptedLink> TakeLinkAsync(CancellationToken cancel) => _links.Reader.ReadAsync(cancel).AsTask();

    /// <summary>The next connection, accepted.</summary>
    public async Task<ScriptedLink> AcceptAsync(
        CancellationToken cancel, bool sessionPresent = false, MqttProperties? properties = null)
    {
        var link = await TakeLinkAsync(cancel);
        await link.ReceiveAsync<MqttPacket.Connect>(cancel);
        var ack = new MqttPacket.ConnAck(sessionPresent) { Properties = properties ?? MqttProperties.None };
        await link.SendAsync(ack, cancel);
        return link;
    }
}
