using System.Text;
using Hub.Edge.Kiosk;
using Hub.Edge.Pins;
using Hub.Edge.Sensing;
using Hub.Edge.Setup;
using Hub.Testing;
using Hub.Transport.Messages;
using static Hub.Edge.Tests.Eventually;

namespace Hub.Edge.Tests;

/// <summary>A whole edge against a real Mosquitto.</summary>
public sealed class EdgeHostTests : IDisposable
{
    private static readonly DateTimeOffset At = new(2026, 1, 5, 8, 0, 0, TimeSpan.Zero);

    private readonly TempFolder _folder = new();
    private readonly SimulatedChip _chip = new("gpiochip0", 32, TimeProvider.System);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Cut_mended_and_restarted_in_the_middle_everything_is_there_once_by_its_numbers()
    {
        await using var hub = await Mosquitto.StartAsync(Cancel);
        var edge = await StartWithoutLinesAsync(hub);
        Report(edge, 0, 1_000);
        await hub.UntilAsync(() => HubMessages.Readings(hub).Count > 0, Cancel);
        edge.Cut();
        Report(edge, 1_000, 2_000);
        edge.Mend();
        Report(edge, 2_000, 2_500);
        await edge.StopAsync(Cancel);

        edge = await StartWithoutLinesAsync(hub);
        Report(edge, 2_500, 3_000);
        await hub.UntilAsync(() => HubMessages.Readings(hub).Count == 3_000, Cancel);
        await DrainedAsync(edge);
        await edge.StopAsync(Cancel);

        var readings = HubMessages.Readings(hub);
        Assert.Single(readings.Keys.Select(key => key.Epoch).Distinct());
        Assert.Equal(Enumerable.Range(1, 3_000).Select(n => (long)n),
            readings.Keys.Select(key => key.Sequence).Order());
        Assert.Equal(Enumerable.Range(0, 3_000).Select(n => (double)n),
            readings.OrderBy(r => r.Key.Sequence).Select(r => r.Value));
    }

    [Fact]
    public async Task After_an_hour_without_the_hub_the_press_comes_before_the_readings_that_waited_longer()
    {
        await using var hub = await Mosquitto.StartAsync(Cancel);
        var edge = await StartWithoutLinesAsync(hub);
        await hub.UntilAsync(() => hub.Texts(Topics.Status("e1")).Any(), Cancel);
        edge.Cut();
        await hub.UntilAsync(() =>
            hub.Texts(Topics.Status("e1")).Last().Contains("offline", StringComparison.Ordinal), Cancel);
        Report(edge, 0, 3_600);
        edge.CommitWaiting();
        edge.Report("b1-e9-lobby", "button.press", 1, At);

        edge.Mend();
        await hub.UntilAsync(() => HubMessages.Readings(hub).Count == 3_600, Cancel);
        await edge.StopAsync(Cancel);

        var order = hub.Messages.Select(message => message.Topic)
            .Where(topic => topic == Topics.Events("e1") || topic == Topics.Readings("e1"));
        Assert.Equal(Topics.Events("e1"), order.First());
    }

    [Fact]
    public async Task Its_status_is_retained_its_will_tells_a_cut_and_a_stop_says_goodbye()
    {
        await using var hub = await Mosquitto.StartAsync(Cancel);
        var edge = await StartAsync(hub);
        await hub.UntilAsync(() => HubMessages.Status(hub) is { State: EdgeState.Online }, Cancel);
        Assert.Equal("file", HubMessages.Status(hub)!.Config);
        Assert.NotNull(HubMessages.Status(hub)!.Epoch);

        edge.Cut();
        await hub.UntilAsync(() => HubMessages.Status(hub) is { State: EdgeState.Offline }, Cancel);
        edge.Mend();
        await hub.UntilAsync(() => HubMessages.Status(hub) is { State: EdgeState.Online }, Cancel);

        await edge.StopAsync(Cancel);
        await hub.UntilAsync(() => HubMessages.Status(hub) is { State: EdgeState.Offline }, Cancel);
    }

    [Fact]
    public async Task A_press_on_the_wall_lights_the_lamp_reaches_the_hub_and_the_hubs_word_reaches_the_screen()
    {
        await using var hub = await Mosquitto.StartAsync(Cancel);
        var edge = await StartAsync(hub);
        Assert.True(_chip.IsActive(5)); // White: find me.
        await hub.UntilAsync(() => HubMessages.Status(hub) is { State: EdgeState.Online }, Cancel);

        _chip.Press(3);
        Assert.True(_chip.IsActive(4)); // Amber, before anything else.
        Assert.False(_chip.IsActive(5));
        const string Press = "\"lobby/button.press\"";
        await hub.UntilAsync(() =>
            hub.Texts(Topics.Events("e1")).Any(text => text.Contains(Press, StringComparison.Ordinal)), Cancel);
        Assert.Contains("\"id\":\"", hub.Texts(Topics.Events("e1")).Last(), StringComparison.Ordinal);

        var promise = DateTimeOffset.UnixEpoch.AddSeconds(TimeProvider.System.GetUtcNow().ToUnixTimeSeconds() + 300);
        await hub.SendAsync(Topics.Kiosk("e1", "b1-e2-lobby"), Encoding.UTF8.GetString(new KioskStateMessage(
            KioskState.Accepted, promise.AddMinutes(-5), promise, 0, "400-1", ["zh-Hans", "en"], "en",
            "3 栋").ToJson()), true, Cancel);
        await UntilAsync(() => edge.KioskView is { Face: KioskFace.Acknowledged, HasUnsent: false });

        Assert.Equal(promise, edge.KioskView.PromisedAt);
        await edge.StopAsync(Cancel);
    }

    [Fact]
    public async Task A_command_is_done_once_and_answered_each_time_and_an_expired_one_is_not_done()
    {
        await using var hub = await Mosquitto.StartAsync(Cancel);
        var edge = await StartAsync(hub);
        await UntilAsync(() => edge.IsConnected);
        const string Lamp = """{"id":"c1","do":"lamp","device":"lobby","colours":["amber"],"seconds":60}""";
        await SubscribedAsync(hub);

        await hub.SendAsync(Topics.Command("e1"), Lamp, false, Cancel);
        await UntilAsync(() => _chip.IsActive(4) && !_chip.IsActive(5));
        await hub.SendAsync(Topics.Command("e1"), Lamp, false, Cancel);
        await hub.SendAsync(Topics.Command("e1"), """{"id":"c2","do":"identify","expires":1}""", false, Cancel);
        await hub.UntilAsync(() =>
            hub.Texts(Topics.Ack("e1")).Any(text => text.Contains("c2", StringComparison.Ordinal)), Cancel);

        Assert.Equal(["""{"id":"c1","ok":true}""", """{"id":"c1","ok":true}""",
            """{"id":"c2","ok":false,"why":"expired"}"""],
            hub.Texts(Topics.Ack("e1")).Where(text => !text.Contains("ready", StringComparison.Ordinal)));
        await edge.StopAsync(Cancel);
    }

    [Fact]
    public async Task A_sent_configuration_is_used_told_back_and_kept_and_a_wrong_one_changes_nothing()
    {
        await using var hub = await Mosquitto.StartAsync(Cancel);
        var edge = await StartAsync(hub);
        await SubscribedAsync(hub);

        await hub.SendAsync(Topics.Config("e1"),
            """{"version":"7","lines":[{"line":99,"kind":"contact","device":"d","signal":"door.open"}]}""",
            false, Cancel);
        await hub.UntilAsync(() =>
            hub.Texts(Topics.Ack("e1")).Any(text => text.Contains("config:7", StringComparison.Ordinal)), Cancel);
        Assert.Contains("0 to 31", hub.Texts(Topics.Ack("e1")).Last(), StringComparison.Ordinal);
        Assert.Equal(("file", 5), (edge.Options.ConfigVersion, edge.Options.Lines.Count));

        await hub.SendAsync(Topics.Config("e1"),
            """{"version":"8","lines":[{"line":9,"kind":"contact","device":"d","signal":"door.open"}]}""",
            true, Cancel);
        await hub.UntilAsync(() => HubMessages.Status(hub)?.Config == "8", Cancel);
        _chip.Set(9, true);
        await hub.UntilAsync(() => hub.Texts(Topics.Events("e1")).Any(text =>
            text.Contains("d/door.open", StringComparison.Ordinal)), Cancel);
        await edge.StopAsync(Cancel);

        edge = await StartAsync(hub);
        Assert.Equal("8", edge.Options.ConfigVersion);
        await edge.StopAsync(Cancel);
    }

    [Fact]
    public async Task What_can_not_be_recorded_is_told_to_the_hub_past_the_outbox()
    {
        await using var hub = await Mosquitto.StartAsync(Cancel);
        var options = Options(hub, "e1", TimeSpan.FromHours(1));
        var edge = new EdgeHost(options with
        {
            Limits = new EdgeLimits { EventsBytesMax = 64 << 10 },
            Intervals = options.Intervals with { Health = TimeSpan.FromMilliseconds(100) },
        }, openChip: _ => _chip);
        await edge.StartAsync(Cancel);
        edge.Cut();
        for (var i = 0; i < 10_000 && edge.Fault is null; i++)
        {
            edge.Report("b2", "button.press", 1, At);
        }

        Assert.NotNull(edge.Fault);
        edge.Mend();
        await hub.UntilAsync(() => hub.Texts(Topics.Readings("e1")).Any(text =>
            text.Contains("\"n\":\"device.storage.full\"", StringComparison.Ordinal)
            && text.Contains("\"v\":1}", StringComparison.Ordinal)), Cancel);
        await edge.StopAsync(Cancel);
    }

    [Fact]
    public async Task A_register_never_goes_backwards_over_a_restart()
    {
        await using var hub = await Mosquitto.StartAsync(Cancel);
        var edge = await StartAsync(hub);
        _chip.Pulses(1, 250, TimeSpan.FromMilliseconds(30), TimeSpan.FromMilliseconds(30));
        await edge.StopAsync(Cancel);

        edge = await StartAsync(hub, TimeSpan.FromSeconds(1));
        _chip.Pulses(1, 10, TimeSpan.FromMilliseconds(30), TimeSpan.FromMilliseconds(30));
        await hub.UntilAsync(() => HubMessages.Registers(hub).Any(), Cancel);

        Assert.Equal(0.26, HubMessages.Registers(hub).First(), 6);
        await edge.StopAsync(Cancel);
    }

    [Fact]
    public async Task Several_edges_live_in_one_process_and_a_value_that_is_no_number_is_counted_and_not_taken()
    {
        await using var hub = await Mosquitto.StartAsync(Cancel);
        var first = await StartAsync(hub, edge: "e1");
        var second = await StartWithoutLinesAsync(hub, "e2");

        first.Report("m", "electric.power", 1, At);
        second.Report("m", "electric.power", 2, At);
        second.Report("m", "electric.power", double.NaN, At);
        Assert.Throws<ArgumentException>(() => second.Report("m", "a name", 1, At));
        await hub.UntilAsync(
            () => hub.Texts(Topics.Readings("e1")).Any() && hub.Texts(Topics.Readings("e2")).Any(), Cancel);

        Assert.Equal(1, second.Rejected);
        await first.StopAsync(Cancel);
        await second.StopAsync(Cancel);
    }

    public void Dispose()
    {
        _chip.Dispose();
        _folder.Dispose();
    }

    private static void Report(EdgeHost edge, int from, int to)
    {
        for (var i = from; i < to; i++)
        {
            edge.Report("m", "electric.power", i, At.AddSeconds(i));
        }
    }

    private static async Task DrainedAsync(EdgeHost edge) => await UntilAsync(() => edge.Backlog == 0);

    /// <summary>The edge has subscribed when it answers.</summary>
    private static async Task SubscribedAsync(Mosquitto hub)
    {
        for (var i = 0; !hub.Texts(Topics.Ack("e1")).Any(); i++)
        {
            await hub.SendAsync(Topics.Command("e1"), $$"""{"id":"ready{{i}}","do":"ping"}""", false, Cancel);
            await Task.Delay(50, Cancel);
        }
    }

    private Task<EdgeHost> StartAsync(Mosquitto hub, TimeSpan? registers = null, string edge = "e1") =>
        StartAsync(Options(hub, edge, registers ?? TimeSpan.FromHours(1)));

    /// <summary>It tells what it is given to report, and nothing else.</summary>
    private Task<EdgeHost> StartWithoutLinesAsync(Mosquitto hub, string edge = "e1") =>
        StartAsync(Options(hub, edge, TimeSpan.FromHours(1)) with { Lines = [] });

    private async Task<EdgeHost> StartAsync(EdgeOptions options)
    {
        var host = new EdgeHost(options, openChip: _ => _chip);
        await host.StartAsync(Cancel);
        return host;
    }

    private EdgeOptions Options(Mosquitto hub, string edge, TimeSpan registers) => new()
    {
        Edge = edge,
        DataFolder = _folder[edge],
        IsClockTrusted = true,
        Hub = new HubEndpoint
        {
            Host = "127.0.0.1",
            Port = hub.Port,
            ReconnectWaitMax = TimeSpan.FromMilliseconds(200)
        },
        Intervals = new EdgeIntervals
        {
            Commit = TimeSpan.FromMilliseconds(50),
            Registers = registers,
            Health = TimeSpan.FromHours(1)
        },
        Kiosk = new KioskOptions { Lobby = "b1-e2-lobby" },
        Lines =
        [
            Line(1, LineKind.Pulse, "b1", "water.volume") with { PulseWeight = 0.001 },
            Line(2, LineKind.Contact, "b1", "door.open"),
            Line(3, LineKind.Button, "lobby", "button.press"),
            Line(4, LineKind.Lamp, "lobby", "amber"),
            Line(5, LineKind.Lamp, "lobby", "white"),
        ],
    };

    private static LineOptions Line(int line, LineKind kind, string device, string signal) =>
        new() { Line = line, Kind = kind, Device = device, Signal = signal };
}
