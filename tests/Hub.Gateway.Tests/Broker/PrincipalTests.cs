using Hub.Testing;
using Hub.Transport.Mqtt;

namespace Hub.Gateway.Tests.Broker;

/// <summary>What a principal may, and what becomes of its connections and sessions when it is over.</summary>
public sealed class PrincipalTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly ScriptedAccess _access = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task What_isn_t_its_own_is_answered_with_not_authorized_and_goes_nowhere()
    {
        await using var hub = await RunningHub.StartAsync(_folder, access: _access);
        using var bystander = await ConnectAsync(hub, "b", "b");
        await bystander.SubscribeAsync("b/#");
        using var client = await ConnectAsync(hub, "a", "a");

        await client.PublishAsync("b/x", "no", 1);
        Assert.Equal(MqttReason.NotAuthorized, (await client.ReadAsync<MqttPacket.PubAck>()).Reason);
        await client.SendAsync(new MqttPacket.Subscribe(
            2, [new("b/x", MqttQoS.AtMostOnce), new("$share/s/b/x", MqttQoS.AtMostOnce), new("a/#", MqttQoS.AtMostOnce)]));

        Assert.Equal(
            [MqttReason.NotAuthorized, MqttReason.NotAuthorized, MqttReason.Success],
            (await client.ReadAsync<MqttPacket.SubAck>()).Reasons);
        Assert.True(await bystander.IsSilentAsync());
    }

    [Fact]
    public async Task A_will_for_a_topic_that_isn_t_its_own_refuses_the_connect()
    {
        await using var hub = await RunningHub.StartAsync(_folder, access: _access);
        using var client = await WireClient.OpenAsync(hub.Port, MqttVersion.V500);

        await client.SendAsync(Connect("a", "a") with { Will = new MqttWill("b/x", default) });

        Assert.Equal(MqttReason.NotAuthorized, (await client.ReadAsync<MqttPacket.ConnAck>()).Reason);
        Assert.Null(await client.ReadAsync());
    }

    [Fact]
    public async Task A_client_id_is_taken_over_by_the_same_principal_alone_connected_or_away()
    {
        await using var hub = await RunningHub.StartAsync(_folder, access: _access);
        using var first = await ConnectAsync(hub, "a", "id");
        using var stranger = await WireClient.OpenAsync(hub.Port, MqttVersion.V500);
        await stranger.SendAsync(Connect("b", "id"));
        Assert.Equal(MqttReason.ClientIdentifierNotValid, (await stranger.ReadAsync<MqttPacket.ConnAck>()).Reason);
        Assert.True(await first.IsSilentAsync());

        using var same = await ConnectAsync(hub, "a", "id");
        Assert.Equal(MqttReason.SessionTakenOver, (await first.ReadAsync<MqttPacket.Disconnect>()).Reason);

        await same.SendAsync(new MqttPacket.Disconnect());
        await RunningHub.EventuallyAsync(() => Task.FromResult(hub.Broker.ConnectionCount == 0));
        using var again = await WireClient.OpenAsync(hub.Port, MqttVersion.V500);
        await again.SendAsync(Connect("b", "id"));
        Assert.Equal(MqttReason.ClientIdentifierNotValid, (await again.ReadAsync<MqttPacket.ConnAck>()).Reason);
    }

    [Fact]
    public async Task A_principal_that_is_over_is_cut_within_seconds_and_its_sessions_are_forgotten()
    {
        await using var hub = await RunningHub.StartAsync(_folder, access: _access);
        using var client = await ConnectAsync(hub, "a", "id");
        await client.SubscribeAsync("open");
        using var away = await ConnectAsync(hub, "a", "away");
        await away.SendAsync(new MqttPacket.Disconnect());
        using var bystander = await ConnectAsync(hub, "b", "b");

        _access.End("a");

        Assert.Equal(MqttReason.NotAuthorized, (await client.ReadAsync<MqttPacket.Disconnect>()).Reason);
        Assert.Null(await client.ReadAsync());
        Assert.True(await bystander.IsSilentAsync());
        await RunningHub.EventuallyAsync(() => Task.FromResult(hub.Broker.SessionCount == 1));
        using var next = await WireClient.OpenAsync(hub.Port, MqttVersion.V500);
        await next.SendAsync(Connect("a", "id"));
        Assert.False((await next.ReadAsync<MqttPacket.ConnAck>()).SessionPresent);
    }

    private static MqttPacket.Connect Connect(string user, string clientId) => new(MqttVersion.V500, clientId)
    {
        UserName = user,
        CleanStart = false,
        Properties = new MqttProperties { SessionExpiry = 600 },
    };

    private static Task<WireClient> ConnectAsync(RunningHub hub, string user, string clientId) =>
        WireClient.ConnectAsync(hub.Port, clientId, with: _ => Connect(user, clientId));
}
