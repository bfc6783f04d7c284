using System.Collections.Concurrent;
using Hub.Edge.LocalMqtt;
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
        await UseAsync(hub, "1", Sensors(("28-0316a279", "riser"), ("28-gone", "tank")));
        await TimeUntilAsync(() => Of(TankOnline) is [0] && Of(Riser).Length > 0); // No reason to refuse it.

        var why = await RefusedAsync(hub, "2", Sensors(("28-0316a279", "riser"), ("28-new", "riser"))
            + ""","lines":[{"line":2,"kind":"contact","device":"b1","signal":"door.open"},{"line":2,"kind":"pump"}]""");
        Assert.Contains("sensors[1].signal", why, StringComparison.Ordinal);
        Assert.Contains("\\nconfig:", why, StringComparison.Ordinal); // Each on a line of its own.
        Assert.Contains("lines[1].kind", why, StringComparison.Ordinal);
        Assert.StartsWith("{\"id\":\"config:2\",", why, StringComparison.Ordinal); // Whose faults they are.
        why = await RefusedAsync(hub, "3", Sensors()
            + ""","lines":[{"line":99,"kind":"contact","device":"b1","signal":"door.open"}]""");
        Assert.Contains("0 to 31", why, StringComparison.Ordinal);
        Assert.Equal(("1", 2), (edge.Options.ConfigVersion, edge.Options.Sensors.Count));
        var before = Of(Riser).Length;
        _chip.Set(2, true);
        await TimeUntilAsync(() => Of(Riser).Length > before);
        Assert.Equal([0, 1], Of("b1/door.open").Distinct());
        Assert.Equal([0], Of(TankOnline));

        await UseAsync(hub, "4", Sensors(("28-0316a279", "riser")));
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

        await UseAsync(hub, "1", Sensors(("28-0316a279", "riser"))
            + ""","lines":[{"line":2,"kind":"contact","device":"b1","signal":"door.open"}]""");
        Assert.Equal([0], Of("b1/door.open"));

        await UseAsync(hub, "2",
            """ "lines":[{"line":2,"kind":"contact","device":"b1","signal":"door.open","activeLow":true}]""");
        Assert.Equal([0, 0], Of("b1/door.open"));
        await edge.StopAsync(Cancel);
    }

    [Fact]
    public async Task A_bus_or_broker_that_is_not_there_is_a_fault_of_its_device_and_no_reason_to_refuse()
    {
        await using var hub = await Mosquitto.StartAsync(Cancel);
        var edge = await StartAsync(hub);
        var nobody = FreePorts.Next();
        await UseAsync(hub, "1", $$"""
            "modbus":[{"host":"127.0.0.1","port":{{nobody}},"retries":0,
             "registers":[{"address":8,"type":"u16","device":"meter","signal":"electric.power"}]}],
            "localMqtt":{"host":"127.0.0.1","port":{{nobody}},"topics":["zigbee2mqtt/#"]}
            """);
        await TimeUntilAsync(() => Of("meter/device.online") is [0] && Of("local-mqtt/device.online") is [0]);

        await UseAsync(hub, "2", "\"modbus\":[],\"localMqtt\":{}");
        await UntilAsync(() => Of("meter/device.online") is [0, 1] && Of("local-mqtt/device.online") is [0, 1]);
        Assert.Null(edge.Fault);
        await edge.StopAsync(Cancel);
    }

    [Fact]
    public async Task One_that_can_not_be_kept_is_not_used()
    {
        await using var hub = await Mosquitto.StartAsync(Cancel);
        var edge = await StartAsync(hub);
        Directory.CreateDirectory(_folder["config.sent.next/full"]);
        await RefusedAsync(hub, "1", Sensors(("28-0316a279", "riser")) + ",\"lines\":[]");

        Assert.Equal(("file", 0, 1),
            (edge.Options.ConfigVersion, edge.Options.Sensors.Count, edge.Options.Lines.Count));
        _chip.Set(2, true);
        Assert.Equal(1, Of("b1/door.open")[^1]);
        await edge.StopAsync(Cancel);
    }

    [Fact]
    public async Task What_waits_of_a_broker_that_the_edge_no_longer_has_goes_to_the_hub()
    {
        using (var kept = new LocalOutbox(_folder["local.db"]))
        {
            var message = new KeptMessage(_time.GetUtcNow(), "t/1", "7"u8.ToArray(), IsRetained: false);
            kept.Append(new KeptRow(default, [message]), 1 << 20);
        }

        await using var hub = await Mosquitto.StartAsync(Cancel);
        var edge = await StartAsync(hub);
        await hub.UntilAsync(() => hub.Texts(Topics.Local("e1", "t/1")).Any(), Cancel);
        await edge.StopAsync(Cancel);
    }

    [Fact]
    public async Task A_door_that_should_move_now_and_then_is_a_fault_when_it_does_not_until_it_does()
    {
        const string Lobby =
            """ "lines":[{"line":9,"kind":"contact","device":"lobby","signal":"door.open","changes":"1m"}]""";
        await using var hub = await Mosquitto.StartAsync(Cancel);
        var edge = await StartAsync(hub);
        await UseAsync(hub, "1", Lobby);

        await TimeUntilAsync(() => Of("lobby/device.online") is [1, 0]);
        Assert.Equal("lobby/door.open: It has not changed for 1m: it is stuck, or its wire is cut.", edge.Fault);

        _chip.Set(9, true);
        await UntilAsync(() => Of("lobby/device.online") is [1, 0, 1]);
        Assert.Null(edge.Fault);
        await edge.StopAsync(Cancel);
    }

    [Fact]
    public async Task A_button_that_was_stuck_and_came_free_while_the_edge_was_down_is_told_as_free()
    {
        await using var hub = await Mosquitto.StartAsync(Cancel);
        var edge = await StartAsync(hub);
        await UseAsync(hub, "1", """ "lines":[{"line":9,"kind":"button","device":"lobby"}]""");
        _chip.Set(9, true);
        await TimeUntilAsync(() => Of("lobby/device.online") is [1, 0]);
        await edge.StopAsync(Cancel);
        Assert.Equal([1, 0], Of("lobby/device.online")); // That the edge stops frees nothing.

        _chip.Set(9, false);
        edge = await StartAsync(hub);
        Assert.Equal([1, 0, 1], Of("lobby/device.online"));
        await edge.StopAsync(Cancel);
    }

    public void Dispose()
    {
        _chip.Dispose();
        _sys.Dispose();
        _folder.Dispose();
    }

    /// <summary>Retained, so that the edge gets it when it has subscribed.</summary>
    private static Task SendAsync(Mosquitto hub, string version, string fields) =>
        hub.SendAsync(Topics.Config("e1"), $$"""{"version":"{{version}}",{{fields}}}""", true, Cancel);

    private string Sensors(params (string Name, string Device)[] sensors)
    {
        var all = sensors.Select(sensor =>
            $$"""
            {"path":"{{_sys[$"bus/w1/devices/{sensor.Name}/temperature"]}}","device":"{{sensor.Device}}",
             "signal":"climate.temperature"}
            """);
        return $"\"sensors\":[{string.Join(',', all)}]";
    }

    private double[] Of(string name) => [.. _told.Where(record => record.Name == name).Select(record => record.Value)];

    /// <summary>Sends one that comes into force.</summary>
    private static async Task UseAsync(Mosquitto hub, string version, string fields)
    {
        await SendAsync(hub, version, fields);
        await hub.UntilAsync(() => HubMessages.Status(hub)?.Config == version, Cancel);
    }

    /// <summary>Sends one that doesn't; answers why.</summary>
    private static async Task<string> RefusedAsync(Mosquitto hub, string version, string fields)
    {
        var before = Refusals(hub).Count();
        await SendAsync(hub, version, fields);
        await hub.UntilAsync(() => Refusals(hub).Count() > before, Cancel);
        return Refusals(hub).Last();
    }

    private static IEnumerable<string> Refusals(Mosquitto hub) =>
        hub.Texts(Topics.Ack("e1")).Where(text => text.Contains("\"ok\":false", StringComparison.Ordinal));

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
