using Hub.Testing;
using Hub.Transport.Mqtt;

namespace Hub.Gateway.Tests.Broker;

/// <summary>The first packet of a connection and its answer (3.1, 3.2).</summary>
public sealed class HandshakeTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("C000")] // PINGREQ
    [InlineData("300500016100 78")] // PUBLISH
    [InlineData("E000")] // DISCONNECT
    [InlineData("1000")] // CONNECT without a body
    [InlineData("100D 0004 4D515454 05 03 003C 00 0000")] // reserved flag
    [InlineData("100D 0004 4D515454 05 1E 003C 00 0000")] // will QoS 3
    [InlineData("1013 0004 4D515454 05 02 003C 06 21000A 21000A 0000")] // receive maximum twice
    [InlineData("100E 0004 4D515454 05 02 003C 00 0001 00")] // U+0000
    public async Task What_is_no_good_CONNECT_ends_the_connection_without_a_word(string bytes)
    {
        await using var hub = await RunningHub.StartAsync(_folder);
        using var client = await WireClient.OpenAsync(hub.Port, MqttVersion.V500);

        await client.SendAsync(Convert.FromHexString(bytes.Replace(" ", "", StringComparison.Ordinal)));

        Assert.Null(await client.ReadAsync());
    }

    [Fact]
    public async Task Whoever_comes_while_the_hub_stops_is_sent_away_and_not_waited_for()
    {
        await using var hub = await RunningHub.StartAsync(_folder);
        hub.Broker.EndAll();
        using var client = await WireClient.OpenAsync(hub.Port, MqttVersion.V500);

        Assert.Empty(await PipedClient.TalkAsync(
            hub, client.Bytes(new MqttPacket.Connect(MqttVersion.V500, "load-1"))));
        Assert.Null(await client.ReadAsync());
    }

    [Fact]
    public async Task Whoever_is_being_judged_when_the_hub_begins_to_stop_is_not_told_that_it_is_in()
    {
        var access = new ScriptedAccess();
        await using var hub = await RunningHub.StartAsync(_folder, access: access);
        using var client = await WireClient.OpenAsync(hub.Port, MqttVersion.V500);
        access.Judging = hub.Broker.EndAll;

        Assert.Empty(await PipedClient.TalkAsync(
            hub, client.Bytes(new MqttPacket.Connect(MqttVersion.V500, "one") { UserName = "one" })));
        Assert.Equal(0, hub.Broker.SessionCount);
    }

    [Fact]
    public async Task A_3_1_1_client_without_a_name_has_no_session_to_come_back_to()
    {
        await using var hub = await RunningHub.StartAsync(_folder);
        using var client = await WireClient.OpenAsync(hub.Port, MqttVersion.V311);

        await client.SendAsync(new MqttPacket.Connect(MqttVersion.V311, "") { CleanStart = false });

        Assert.Equal(MqttReason.ClientIdentifierNotValid, (await client.ReadAsync<MqttPacket.ConnAck>()).Reason);
        Assert.Null(await client.ReadAsync());
    }

    [Fact]
    public async Task An_authentication_method_is_refused_in_a_sentence_and_what_follows_is_not_looked_at()
    {
        await using var hub = await RunningHub.StartAsync(_folder);
        using var client = await WireClient.OpenAsync(hub.Port, MqttVersion.V500);

        await client.SendAsync(
            new MqttPacket.Connect(MqttVersion.V500, "one")
            {
                Properties = new MqttProperties { AuthenticationMethod = "SCRAM" },
            },
            WireClient.Publish("a", "kept", 0, retain: true));

        var answer = await client.ReadAsync<MqttPacket.ConnAck>();
        Assert.Equal(MqttReason.BadAuthenticationMethod, answer.Reason);
        Assert.EndsWith(".", answer.Properties.ReasonString);
        Assert.Null(await client.ReadAsync());
        Assert.Equal(0, hub.Broker.RetainedCount);
    }

    [Fact]
    public async Task A_clean_start_finds_nothing_and_leaves_nothing_and_the_other_finds_all()
    {
        await using var hub = await RunningHub.StartAsync(_folder);
        foreach (var (cleanStart, isPresent) in new[] { (false, false), (false, true), (true, false), (false, true) })
        {
            using var client = await WireClient.OpenAsync(hub.Port, MqttVersion.V500);
            await client.SendAsync(new MqttPacket.Connect(MqttVersion.V500, "one")
            {
                CleanStart = cleanStart,
                Properties = new MqttProperties { SessionExpiry = 60 },
            });

            Assert.Equal(isPresent, (await client.ReadAsync<MqttPacket.ConnAck>()).SessionPresent);
            await client.SendAsync(new MqttPacket.Disconnect());
            Assert.Null(await client.ReadAsync());
        }
    }

    [Fact]
    public async Task A_session_that_ends_with_its_connection_can_t_be_given_a_life_by_DISCONNECT()
    {
        await using var hub = await RunningHub.StartAsync(_folder);
        using var client = await WireClient.ConnectAsync(hub.Port, "one");

        await client.SendAsync(new MqttPacket.Disconnect { Properties = new MqttProperties { SessionExpiry = 5 } });

        Assert.Equal(MqttReason.ProtocolError, (await client.ReadAsync<MqttPacket.Disconnect>()).Reason);
    }

    [Fact]
    public async Task A_client_that_takes_two_bytes_at_most_gets_no_CONNACK()
    {
        await using var hub = await RunningHub.StartAsync(_folder);
        using var client = await WireClient.OpenAsync(hub.Port, MqttVersion.V500);

        await client.SendAsync(new MqttPacket.Connect(MqttVersion.V500, "one")
        {
            Properties = new MqttProperties { MaximumPacketSize = 2 },
        });

        Assert.IsNotType<MqttPacket.ConnAck>(await client.ReadAsync());
    }
}
