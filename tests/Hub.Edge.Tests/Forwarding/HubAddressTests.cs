using System.Net;
using System.Net.Sockets;
using Hub.Edge.Forwarding;
using Hub.Testing;
using Hub.Transport.Mqtt;

namespace Hub.Edge.Tests.Forwarding;

public sealed class HubAddressTests : IDisposable
{
    private static readonly IPAddress[] Addresses = [IPAddress.IPv6Loopback, IPAddress.Parse("192.0.2.7")];

    private readonly TempFolder _folder = new();
    private IPAddress[]? _answer = Addresses;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Where_the_name_cannot_be_resolved_the_last_addresses_are_tried_also_after_a_restart()
    {
        Assert.Equal(Addresses, await New().FindAsync("hub.lan", Cancel));

        _answer = null;
        var told = new List<string>();
        var again = New();
        again.Remembered += told.Add;

        Assert.Equal(Addresses, await again.FindAsync("hub.lan", Cancel));
        Assert.Single(told);
        await Assert.ThrowsAsync<SocketException>(() => again.FindAsync("other.lan", Cancel));
    }

    [Fact]
    public async Task Without_anything_remembered_it_fails_and_a_damaged_file_is_nothing()
    {
        _answer = null;
        await Assert.ThrowsAsync<SocketException>(() => New().FindAsync("hub.lan", Cancel));

        File.WriteAllText(_folder["hub.address"], "hub.lan\nnonsense\n");
        await Assert.ThrowsAsync<SocketException>(() => New().FindAsync("hub.lan", Cancel));
    }

    [Fact]
    public async Task It_is_written_when_it_changes_and_never_for_a_number()
    {
        await New().FindAsync("192.0.2.7", Cancel);
        Assert.False(File.Exists(_folder["hub.address"]));

        await New().FindAsync("hub.lan", Cancel);
        File.SetLastWriteTimeUtc(_folder["hub.address"], DateTime.UnixEpoch);
        await New().FindAsync("hub.lan", Cancel);
        Assert.Equal(DateTime.UnixEpoch, File.GetLastWriteTimeUtc(_folder["hub.address"]));

        _answer = [IPAddress.Loopback];
        await New().FindAsync("hub.lan", Cancel);
        _answer = null;
        Assert.Equal([IPAddress.Loopback], await New().FindAsync("hub.lan", Cancel));
    }

    [Fact]
    public async Task A_hub_with_an_IPv6_address_is_reached_and_one_address_that_is_dead_is_passed_over()
    {
        using var hub = new TcpListener(IPAddress.IPv6Loopback, 0);
        hub.Start();
        var port = ((IPEndPoint)hub.LocalEndpoint).Port;
        // Nobody listens at that port of the IPv4 loopback, so the first of the two addresses refuses.
        _answer = [IPAddress.Parse("127.0.0.99"), IPAddress.IPv6Loopback];

        await using var byName = await MqttConnector.Tcp("hub.lan", port, New().FindAsync)(Cancel);
        await using var byNumber = await MqttConnector.Tcp("::1", port)(Cancel);

        Assert.True(byName.CanWrite && byNumber.CanWrite);
    }

    public void Dispose() => _folder.Dispose();

    private HubAddress New() => new(_folder["hub.address"],
        (_, _) => _answer is { } answer
            ? Task.FromResult(answer)
            : Task.FromException<IPAddress[]>(new SocketException((int)SocketError.HostNotFound)));
}
