using Hub.Testing;
using Hub.Transport.Mqtt;

namespace Hub.Transport.Tests.Mqtt;

/// <summary>A quiet link is tried, and a dead one given up.</summary>
public sealed class ClientKeepAliveTests : ScriptedClient
{
    [Fact]
    public async Task Pings_a_quiet_link_and_gives_up_a_half_open_one()
    {
        Start(options => options with { KeepAlive = TimeSpan.FromSeconds(20) });
        var link = await Broker.AcceptAsync(Cancel);
        await AnswerPingAsync(link, TimeSpan.FromSeconds(20));

        // From here on the server says nothing more.
        var next = Broker.TakeLinkAsync(Cancel);
        await Time.AdvanceUntilAsync(next, Step);

        var end = Assert.Single(Ends);
        Assert.Equal((MqttDisconnectKind.Silent, MqttReason.KeepAliveTimeout), (end.Kind, end.Reason));
    }

    [Fact]
    public async Task A_server_that_answers_pings_is_kept_for_an_hour_at_its_own_keep_alive()
    {
        Start(options => options with { KeepAlive = TimeSpan.FromSeconds(20) });
        var link = await Broker.AcceptAsync(Cancel, properties: new MqttProperties { ServerKeepAlive = 60 });

        for (var until = Time.GetUtcNow().AddHours(1); Time.GetUtcNow() < until;)
        {
            await AnswerPingAsync(link, TimeSpan.FromSeconds(60));
        }

        Assert.Empty(Ends);
    }

    /// <summary>
    /// The client looks four times a keep-alive, and pings at the third look. Time stands still before and after that until
    /// it has read and answered what it was sent, however busy the machine is.
    /// </summary>
    private async Task AnswerPingAsync(ScriptedLink link, TimeSpan keepAlive)
    {
        await AssertSendsNothingMoreAsync(link);
        for (var look = 1; look <= 3; look++)
        {
            Time.Advance(keepAlive / 4);
        }

        await link.ReceiveAsync<MqttPacket.PingReq>(Cancel);
        await link.SendAsync(new MqttPacket.PingResp(), Cancel);
        await AssertSendsNothingMoreAsync(link);
    }
}
