using System.Collections.Concurrent;
using Hub.Edge.Outbox;
using Hub.Edge.Pins;
using Hub.Edge.Sensing;
using Hub.Edge.Setup;
using Hub.Edge.Tests.Sysfs;
using Hub.Testing;
using Hub.Transport.Messages;

namespace Hub.Edge.Tests;

/// <summary>
/// A whole edge that is configured by a hub (a real Mosquitto in its place), with its building under a hand-moved clock.
/// </summary>
public sealed class EdgeConfigTests : IDisposable
{
    private const string Riser = "riser/climate.temperature";
    private const string TankOnline = "tank/device.online";

    private readonly TempFolder _folder = new();
    private readonly SensorTree _sys = new();
    private readonly ManualTime _time = new();
    private readonly SimulatedChip _chip;
    private readonly ConcurrentQueue<EdgeRecord> _told = new();

    public EdgeConfigTests() => _chip = new SimulatedChip("gpiochip0", 32, _time);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Sensors_come_and_go_with_what_is_sent_and_what_is_wrong_leaves_all_as_it_was()
    {
        await using var hub = await Mosquitto.StartAsync(Cancel);
        var edge = await StartAsync(hub);
        await SendAsync(hub, "1", $"[{Sensor("28-0316a279", "riser")},{Sensor("28-gone", "tank")}]");
        await hub.UntilAsync(() => HubMessages.Status(hub)?.Config == "1", Cancel);
        await TimeUntilAsync(() => Of(TankOnline) is [0] && Of(Riser).Length > 0); // No reason to refuse it.

        await SendAsync(hub, "2", $"[{Sensor("28-0316a279", "riser")},{Sensor("28-new", "riser")}]",
            """[{"line":2,"kind":"contact","device":"b1","signal":"door.open"},{"line":2,"kind":"pump"}]""");
        await hub.UntilAsync(() => hub.Texts(Topics.Ack("e1")).Any(text =>
            text.Contains("sensors[1].signal", StringComparison.Ordinal)
            && text.Contains("lines[1].kind", StringComparison.Ordinal)), Cancel);
        await SendAsync(hub, "3", "[]", """[{"line":99,"kind":"contact","device":"b1","signal":"door.open"}]""");
        await hub.UntilAsync(() => hub.Texts(Topics.Ack("e1")).Any(text =>
            text.Contains("config:3", StringComparison.Ordinal)), Cancel);
        Assert.Equal(("1", 2), (edge.Options.ConfigVersion, edge.Options.Sensors.Count));
        var before = Of(Riser).Length;
        _chip.Set(2, true);
        await TimeUntilAsync(() => Of(Riser).Length > before);
        Assert.Equal([0, 1], Of("b1/door.open").Distinct());
        Assert.Equal([0], Of(TankOnline));

        await SendAsync(hub, "4", $"[{Sensor("28-0316a279", "riser")}]");
        await hub.UntilAsync(() => HubMessages.Status(hub)?.Config == "4", Cancel);
        await TimeUntilAsync(() => Of(TankOnline) is [0, 1]);
        Assert.Null(edge.Fault);
        await edge.StopAsync(Cancel);

        _told.Clear();
        edge = await StartAsync(hub);
        Assert.Equal(("4", 1), (edge.Options.ConfigVersion, edge.Options.Sensors.Count));
        await TimeUntilAsync(() => Of(Riser).Length > 0);
        await edge.StopAsync(Cancel);
    }

    [Fact]
    public async Task Lines_that_stay_the_same_are_not_let_go_for_another_sensor()
    {
        await using var hub = await Mosquitto.StartAsync(Cancel);
        var edge = await StartAsync(hub);
        Assert.Equal([0], Of("b1/door.open")); // A contact is told whenever its line is taken.

        await SendAsync(hub, "1", $"[{Sensor("28-0316a279", "riser")}]",
            """[{"line":2,"kind":"contact","device":"b1","signal":"door.open"}]""");
        await hub.UntilAsync(() => HubMessages.Status(hub)?.Config == "1", Cancel);
        Assert.Equal([0], Of("b1/door.open"));

        await SendAsync(hub, "2", "[]",
            """[{"line":2,"kind":"contact","device":"b1","signal":"door.open","activeLow":true}]""");
        await hub.UntilAsync(() => HubMessages.Status(hub)?.Config == "2", Cancel);
        Assert.Equal([0, 0], Of("b1/door.open"));
        await edge.StopAsync(Cancel);
    }

    [Fact]
    public async Task A_door_that_should_move_now_and_then_is_a_fault_when_it_does_not_until_it_does()
    {
        const string Lobby = """[{"line":9,"kind":"contact","device":"lobby","signal":"door.open","changes":"1m"}]""";
        await using var hub = await Mosquitto.StartAsync(Cancel);
        var edge = await StartAsync(hub);
        await SendAsync(hub, "1", "[]", Lobby);
        await hub.UntilAsync(() => HubMessages.Status(hub)?.Config == "1", Cancel);

        await TimeUntilAsync(() => Of("lobby/device.online") is [1, 0]);
        Assert.Equal("lobby/door.open: It has not changed for 1m: it is stuck, or its wire is cut.", edge.Fault);

        _chip.Set(9, true);
        await UntilAsync(() => Of("lobby/device.online") is [1, 0, 1]);
        Assert.Null(edge.Fault);
        await edge.StopAsync(Cancel);
    }

    public void Dispose()
    {
        _chip.Dispose();
        _sys.Dispose();
        _folder.Dispose();
    }

    /// <summary>Retained, so that the edge gets it when it has subscribed.</summary>
    private static Task SendAsync(Mosquitto hub, string version, string sensors, string? lines = null) => hub.SendAsync(
        Topics.Config("e1"),
        $$"""{"version":"{{version}}","sensors":{{sensors}}{{(lines is null ? "" : $",\"lines\":{lines}")}}}""",
        true, Cancel);

    private string Sensor(string name, string device) =>
        $$"""{"path":"{{_sys[$"bus/w1/devices/{name}/temperature"]}}","device":"{{device}}","signal":"climate.temperature"}""";

    private double[] Of(string name) => [.. _told.Where(record => record.Name == name).Select(record => record.Value)];

    private static async Task UntilAsync(Func<bool> holds)
    {
        while (!holds())
        {
            await Task.Delay(1, Cancel);
        }
    }

    private Task TimeUntilAsync(Func<bool> holds) =>
        _time.AdvanceUntilAsync(UntilAsync(holds), TimeSpan.FromSeconds(10));

    private async Task<EdgeHost> StartAsync(Mosquitto hub)
    {
        var edge = new EdgeHost(
            new EdgeOptions
            {
                Edge = "e1",
                DataFolder = _folder.Path,
                IsClockTrusted = true,
                Hub = new HubEndpoint
                {
                    Host = "127.0.0.1",
                    Port = hub.Port,
                    ReconnectWaitMax = TimeSpan.FromMilliseconds(200),
                },
                Intervals = new EdgeIntervals { Contacts = TimeSpan.FromDays(1), Health = TimeSpan.FromDays(1) },
                Lines = [new LineOptions { Line = 2, Kind = LineKind.Contact, Device = "b1", Signal = "door.open" }],
            }, _time, openChip: _ => _chip);
        edge.Recorded += _told.Enqueue;
        await edge.StartAsync(Cancel);
        return edge;
    }
}
