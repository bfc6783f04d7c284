using System.Globalization;
using Hub.Testing;

namespace Hub.Proof.Tests.Guest;

/// <summary>
/// The published edge on a real kernel's GPIO, from the pin to the hub's journal. The lines are simulated by the
/// kernel's own module; everything above them is what runs on a Raspberry Pi.
/// </summary>
[Collection(nameof(GuestMachine))] // One after the other: each keeps a core busy.
public sealed class RealPinsTests(ITestOutputHelper output) : IAsyncLifetime
{
    private const int PulseLines = 8;
    private const int FirstPulseLine = 4;
    private const int BouncingLine = 12;
    private const int StormyLine = 13;
    private const int FreeLine = 14;
    private const string Gate = """
        { "chip": "plant-room", "line": 14, "kind": "contact", "device": "load-gate", "signal": "door.open",
          "bias": "pull-down" }
        """;

    private const string GateLamp =
        """{ "chip": "plant-room", "line": 14, "kind": "lamp", "device": "load-gate", "colour": "red" }""";

    private const string Lamp = "/tmp/pins/sim_gpio2/value";
    private const string Start = "/edge/Hub.Edge";

    /// <summary>The kernel keeps so many events of one line; <c>LineRequest</c> asks for it.</summary>
    private const int KernelBuffer = 512;

    private const int Tries = 240;

    private static readonly TimeSpan TryEvery = TimeSpan.FromMilliseconds(500);

    private readonly TempFolder _folder = new();
    private TestHub _hub = null!;
    private GuestMachine _guest = null!;
    private int _version;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _guest = await GuestMachine.BootAsync(_folder);
        _hub = await TestHub.StartAsync();
        await _guest.WriteAsync("/tmp/edge.yaml", Config(_hub.MqttPort));
        await StartEdgeAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (_guest is not null)
        {
            await _guest.DisposeAsync();
            await _hub.DisposeAsync();
        }

        _folder.Dispose();
    }

    [Fact]
    public async Task What_happens_at_the_pins_is_at_the_hub()
    {
        await DoorsAndPressesAsync();
        await PulsesAtSpeedAsync();
        await BouncesAsync();
        await LostEventsAsync();
        await RefusalsAsync();
        output.WriteLine(await _guest.DoAsync("grep -E 'VmRSS|RssAnon' /proc/$(cat /tmp/edge.pid)/status"));
        await PowerCutAsync();
    }

    private async Task DoorsAndPressesAsync()
    {
        await EventuallyAsync("load-door", "door.open", 0);
        await PullAsync(0, isUp: true);
        await EventuallyAsync("load-door", "door.open", 1);

        // With the hub away the lamp answers all the same, and the press comes later.
        await _hub.Process.DisposeAsync();
        Assert.NotEqual(0, (await _guest.RunAsync(LampWithin(20))).ExitCode);
        await _guest.DoAsync($"{Pull(1, isUp: false)}; usleep 200000; {Pull(1, isUp: true)}");
        await _guest.DoAsync(LampWithin(100));
        await PullAsync(0, isUp: false);
        await _hub.RestartAsync();
        await EventuallyAsync("load-door", "door.open", 0);
        for (var i = 0; i < Tries && (await _hub.OrdersAsync(Cancel)).Count == 0; i++)
        {
            await Task.Delay(TryEvery, Cancel);
        }

        Assert.Equal([1], await _hub.ReadingsAsync("button-lobby", "button.press", Cancel));
        Assert.Equal(0, Assert.Single(await _hub.OrdersAsync(Cancel)).Repeats);
    }

    /// <summary>
    /// Eight S0 meters at sixteen pulses a second: IEC 62053-31 allows 30 ms on and off at the least. Other lines come,
    /// change, can't be had and go all the while.
    /// </summary>
    private async Task PulsesAtSpeedAsync()
    {
        const int Pulses = 160;
        var lines = Enumerable.Range(FirstPulseLine, PulseLines).ToList();
        var turning = _guest.DoAsync(
            $"for i in $(seq {Pulses}); do {All(lines, isUp: false)}; usleep 31000; "
            + $"{All(lines, isUp: true)}; usleep 31000; done");
        do
        {
            await ConfigureAsync(Lines(), "in-force");
            await ConfigureAsync(Lines(Gate), "in-force");
            await ConfigureAsync(Lines(Gate.Replace("-down", "-up", StringComparison.Ordinal)), "in-force");
            await ConfigureAsync(Lines(Gate.Replace("14", "15", StringComparison.Ordinal)), "refused");
            await ConfigureAsync(Lines(GateLamp), "in-force");
        }
        while (!turning.IsCompleted);
        await turning;
        await ConfigureAsync(Lines(Gate), "in-force");
        await PullAsync(FreeLine, isUp: true);
        await EventuallyAsync("load-gate", "door.open", 1);
        foreach (var line in lines)
        {
            await EventuallyAsync($"load-meter-{line}", "water.volume", Pulses / 1000.0);
        }
    }

    private async Task BouncesAsync()
    {
        var bounce = string.Join("; ", Enumerable.Range(0, 9).Select(i => Pull(BouncingLine, isUp: i % 2 != 0)));
        await _guest.DoAsync($"{bounce}; usleep 100000; {Pull(BouncingLine, isUp: true)}; usleep 100000");
        await EventuallyAsync($"load-meter-{BouncingLine}", "water.volume", 0.001);
    }

    private async Task LostEventsAsync()
    {
        const int Edges = 3_000;
        await _guest.DoAsync("kill -STOP $(cat /tmp/edge.pid)");
        await _guest.DoAsync(
            $"for i in $(seq {Edges / 2}); do {Pull(StormyLine, isUp: false)}; {Pull(StormyLine, isUp: true)}; done");
        await _guest.DoAsync("kill -CONT $(cat /tmp/edge.pid)");
        await EventuallyAsync("load-guest", "device.events.lost", Edges - KernelBuffer);
    }

    private async Task RefusalsAsync()
    {
        Assert.Contains("line 15 is in use by 'fire-panel'", await RefusedAsync("line: 15"), StringComparison.Ordinal);
        Assert.Contains("has lines 0 to 15", await RefusedAsync("line: 17"), StringComparison.Ordinal);
        Assert.Contains("plant-room", await RefusedAsync("chip: pinctrl-rp1, line: 1"), StringComparison.Ordinal);
    }

    /// <summary>What a register has told is never taken back, and it counts on from there.</summary>
    private async Task PowerCutAsync()
    {
        await _guest.CutPowerAsync();
        await _guest.DisposeAsync();
        _guest = await GuestMachine.BootAsync(_folder);
        await _guest.WriteAsync("/tmp/edge.yaml", Config(_hub.MqttPort));
        await StartEdgeAsync();
        var line = FirstPulseLine;
        await _guest.DoAsync($"{Pull(line, isUp: false)}; usleep 100000; {Pull(line, isUp: true)}; usleep 100000");
        await EventuallyAsync($"load-meter-{line}", "water.volume", 0.161);
        foreach (var meter in Enumerable.Range(FirstPulseLine, PulseLines))
        {
            var told = await _hub.ReadingsAsync($"load-meter-{meter}", "water.volume", Cancel);
            Assert.Equal(told.Order(), told);
        }
    }

    /// <summary>Until it has its lines: what happens at them before, nobody has seen.</summary>
    private async Task StartEdgeAsync()
    {
        await _guest.DoAsync(
            $"{Start} run --config /tmp/edge.yaml --data /data > /tmp/edge.log 2>&1 & echo $! > /tmp/edge.pid");
        await _guest.DoAsync(
            "for i in $(seq 600); do grep -q 'runs towards' /tmp/edge.log && break; usleep 100000; done");
    }

    private async Task<string> RefusedAsync(string line)
    {
        await _guest.WriteAsync(
            "/tmp/other.yaml", $"edge: other\nlines:\n  - {{ {line}, kind: contact, device: x, signal: door.open }}\n");
        var (code, said) = await _guest.RunAsync($"{Start} run --config /tmp/other.yaml --data /tmp/other 2>&1");
        Assert.Equal(1, code);
        return said;
    }

    private async Task ConfigureAsync(string lines, string state)
    {
        const string Door = "/api/v1/devices/load-guest/config";
        using var config = new StringContent(
            $$"""{"version":"{{++_version}}","lines":{{lines}}}""", null, "application/json");
        using var answer = await _hub.Http.PutAsync($"{Door}?wait=10", config, Cancel);
        var said = await answer.EnsureSuccessStatusCode().Content.ReadAsStringAsync(Cancel);
        for (var i = 0; i < Tries && !said.Contains($"\"{state}\"", StringComparison.Ordinal); i++)
        {
            await Task.Delay(TryEvery, Cancel);
            said = await _hub.Http.GetStringAsync(Door, Cancel);
        }

        Assert.Contains($"\"{state}\"", said, StringComparison.Ordinal);
    }

    private Task PullAsync(int line, bool isUp) => _guest.DoAsync(Pull(line, isUp));

    private async Task EventuallyAsync(string device, string signal, double value)
    {
        List<double> told = [];
        for (var i = 0; i < Tries; i++)
        {
            told = await _hub.ReadingsAsync(device, signal, Cancel);
            if (told.Count > 0 && Math.Abs(told[^1] - value) < 1e-9)
            {
                return;
            }

            await Task.Delay(TryEvery, Cancel);
        }

        Assert.Fail(
            $"{device}/{signal} never became {value.ToString(CultureInfo.InvariantCulture)}: "
            + $"{string.Join(' ', told.TakeLast(20))}\n"
            + await _guest.DoAsync("head -20 /tmp/edge.log; tail -20 /tmp/edge.log"));
    }

    /// <summary>Looks so often, twenty times a second; fails if it was never lit.</summary>
    private static string LampWithin(int looks) =>
        $"for i in $(seq {looks}); do [ $(cat {Lamp}) = 1 ] && break; usleep 50000; done; [ $(cat {Lamp}) = 1 ]";

    private static string All(List<int> lines, bool isUp) => string.Join("; ", lines.Select(line => Pull(line, isUp)));

    private static string Pull(int line, bool isUp) =>
        $"echo pull-{(isUp ? "up" : "down")} > /tmp/pins/sim_gpio{line}/pull";

    private static string Config(int port) => $$"""
        edge: load-guest
        hub: { host: 10.0.2.2, port: {{port}}, reconnectWait: 1s }
        intervals: { registers: 1s, contacts: 1m, health: 5s, commit: 1s }
        kiosk: { enabled: false, device: button-lobby }
        lines: {{Lines()}}
        """;

    private static string Lines(params string[] more)
    {
        const string Chip = "\"chip\": \"plant-room\"";
        var pulses = Enumerable.Range(FirstPulseLine, PulseLines).Append(BouncingLine).Append(StormyLine).Select(line =>
            $$"""
            { {{Chip}}, "line": {{line}}, "kind": "pulse", "device": "load-meter-{{line}}", "signal": "water.volume",
              "weight": 0.001, "bias": "pull-up", "activeLow": true,
              "debounce": "{{(line == BouncingLine ? "20ms" : "0ms")}}" }
            """);
        return $$"""
            [ { {{Chip}}, "line": 0, "kind": "contact", "device": "load-door", "signal": "door.open",
                "bias": "pull-down" },
              { {{Chip}}, "line": 1, "kind": "button", "device": "button-lobby", "bias": "pull-up", "activeLow": true },
              { {{Chip}}, "line": 2, "kind": "lamp", "device": "button-lobby", "colour": "amber" },
              { {{Chip}}, "line": 3, "kind": "buzzer", "device": "button-lobby" },
              {{string.Join(",\n", pulses.Concat(more))}} ]
            """;
    }
}
