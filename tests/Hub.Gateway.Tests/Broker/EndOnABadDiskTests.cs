using Hub.Gateway.Tests.Journal;
using Hub.Testing;
using Hub.Transport.Log;
using Hub.Transport.Mqtt;

namespace Hub.Gateway.Tests.Broker;

public sealed class EndOnABadDiskTests : IDisposable
{
    private const int NoRoom = 13;

    private readonly TempFolder _folder = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_will_that_waits_for_a_disk_does_not_hold_up_the_end()
    {
        var disk = new ScriptedRowLog();
        await using var hub = await RunningHub.StartAsync(_folder, log: disk);
        // Its point has to be journalled first, and that waits for room.
        var client = await WireClient.ConnectAsync(hub.Port, "load-1", with: connect => connect with
        {
            Will = new MqttWill(
                "hub/1/load-1/readings", """[{"n":"water.volume","u":"m3","v":1}]"""u8.ToArray(), MqttQoS.AtLeastOnce),
        });
        while (disk.AppendBegun.Wait(0, Cancel))
        {
            // Of the start.
        }

        disk.FailWith = new LogFailedException("no room", NoRoom);
        client.Dispose();
        await disk.AppendBegun.WaitAsync(Cancel);
        Assert.Equal(1, hub.Broker.ConnectionCount);

        hub.Broker.EndAll();

        await RunningHub.EventuallyAsync(() => Task.FromResult(hub.Broker.ConnectionCount == 0));
    }
}
