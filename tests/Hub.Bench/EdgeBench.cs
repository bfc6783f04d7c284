using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using Hub.Edge;
using Hub.Edge.Outbox;
using Hub.Edge.Pins;
using Hub.Edge.Sensing;
using Hub.Edge.Setup;
using Hub.Testing;
using Hub.Transport.Mqtt;

namespace Hub.Bench;

/// <summary>
/// <c>edge [SECONDS [PROGRAM]]</c>: a whole edge in this process and a hub's program in another. What drains through
/// one connection with 50 ms each way; from the kernel's stamp of a press to its bytes on the wire, beside bare commits
/// of the same disk; what eight meters at 16 pulses a second and 64 contacts cost; and what the edge's own program, or
/// the one that is named, has resident.
/// </summary>
internal static class EdgeBench
{
    private const int Backlog = 200_000;
    private const int Presses = 200;
    private const int Meters = 8;
    private const int Contacts = 64;
    private const int ButtonLine = 100;

    private static readonly TimeSpan EachWay = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(1) / 16;
    private static readonly TimeSpan HalfMin = TimeSpan.FromMilliseconds(28.5);

    public static async Task<int> RunAsync(string[] args)
    {
        CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
        var seconds = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 60;
        using var folder = new TempFolder();
        await File.WriteAllTextAsync(
            folder["site.yaml"], "commissioning:\n  - { device: \"*\", space: load-test, auto: true }\n");
        var (http, mqtt) = (FreePorts.Next(), FreePorts.Next());
        await using var hub = await HubProcess.StartAsync(
            "buildinghub", "hub", "run", "--data", folder["hub"], "--http", $"127.0.0.1:{http}", "--mqtt",
            $"127.0.0.1:{mqtt}", "--site", folder["site.yaml"], "--allow-anonymous-loopback");
        await StandAsync(folder["stand"], mqtt, seconds);
        await PressAsync(folder, mqtt);
        await DrainAsync(folder["drain"], mqtt, TimeSpan.Zero);
        await DrainAsync(folder["far"], mqtt, EachWay);
        await EdgeMemory.MeasureAsync(folder, mqtt, args.ElementAtOrDefault(1));
        return 0;
    }

    /// <summary>All that is asked of it at once, for so long; nothing else runs in this process.</summary>
    private static async Task StandAsync(string data, int mqtt, int seconds)
    {
        var chip = new SimulatedChip("gpiochip0", 128, TimeProvider.System);
        var own = await TurnAsync(new SimulatedChip("unwatched", 128, TimeProvider.System), Math.Min(seconds, 60));
        var lines = Enumerable.Range(0, Meters).Select(line => new LineOptions
        {
            Line = line,
            Kind = LineKind.Pulse,
            Device = $"meter-{line}",
            Signal = "water.volume",
            PulseWeight = 0.001,
        });
        var contacts = Enumerable.Range(Meters, Contacts).Select(line => new LineOptions
        {
            Line = line,
            Kind = LineKind.Contact,
            Device = $"door-{line}",
            Signal = "door.open",
        });
        await using var edge = new EdgeHost(
            Options("stand", data, mqtt) with { Lines = [.. lines, .. contacts] }, openChip: _ => chip);
        var told = new ConcurrentDictionary<string, double>();
        var doors = 0;
        edge.Recorded += record =>
        {
            told[record.Device] = record.Value;
            doors += record.Signal == "door.open" ? 1 : 0;
        };
        await edge.StartAsync(CancellationToken.None);
        await ConnectedAsync(edge);
        var before = BytesWritten();
        var turned = await TurnAsync(chip, seconds);
        var written = BytesWritten() - before;
        await Task.Delay(new EdgeIntervals().Registers + TimeSpan.FromSeconds(2));
        var counted = Enumerable.Range(0, Meters)
            .Sum(line => Math.Round(told.GetValueOrDefault($"meter-{line}") * 1000));
        Console.WriteLine(
            $"{Meters} meters at {turned.Pulses / turned.Took.TotalSeconds:F1} pulses a second and {Contacts} contacts "
            + $"for {turned.Took.TotalSeconds:F0} s:");
        Console.WriteLine(
            $"  {Meters * turned.Pulses,10:N0} pulses, {counted:N0} counted; {turned.Movements:N0} movements, "
            + $"{doors:N0} levels told");
        Console.WriteLine(
            $"  {turned.Cpu,10:F1} % of a core, of which {turned.Cpu - own.Cpu:F1} the edge's: the lines turning by themselves, "
            + $"with nobody watching, take {own.Cpu:F1}");
        Console.WriteLine(
            $"  {written / turned.Took.TotalHours / 1048576,10:F1} MiB an hour to the disk at the default intervals");
    }

    /// <summary>Turns the meters and moves the contacts, each once a minute; what that took in percent of a core.</summary>
    private static async Task<(int Pulses, int Movements, TimeSpan Took, double Cpu)> TurnAsync(
        SimulatedChip chip, int seconds)
    {
        var (cpu, began, pulses, moved) = (Environment.CpuUsage.TotalTime, Stopwatch.GetTimestamp(), 0, 0);
        while (Stopwatch.GetElapsedTime(began).TotalSeconds < seconds)
        {
            await SetAsync(chip, isActive: true, (pulses + 0.5) * Period, began);
            await SetAsync(chip, isActive: false, ++pulses * Period, began);
            var due = (int)(Stopwatch.GetElapsedTime(began).TotalSeconds * Contacts / 60);
            for (; moved < due; moved++)
            {
                chip.Set(Meters + (moved % Contacts), moved / Contacts % 2 == 0);
            }
        }

        var took = Stopwatch.GetElapsedTime(began);
        return (pulses, moved, took, 100 * (Environment.CpuUsage.TotalTime - cpu) / took);
    }

    /// <summary>
    /// Until it is due again; never shorter than a pulse is taken for one. A timer comes a millisecond or three late,
    /// so it is asked for less.
    /// </summary>
    private static async Task SetAsync(SimulatedChip chip, bool isActive, TimeSpan due, long began)
    {
        for (var line = 0; line < Meters; line++)
        {
            chip.Set(line, isActive);
        }

        var soonest = Stopwatch.GetElapsedTime(began) + HalfMin;
        due = due > soonest ? due : soonest;
        for (TimeSpan left; (left = due - Stopwatch.GetElapsedTime(began)) > TimeSpan.Zero;)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(Math.Max(1, Math.Floor(left.TotalMilliseconds - 2))));
        }
    }

    private static async Task PressAsync(TempFolder folder, int mqtt)
    {
        var chip = new SimulatedChip("gpiochip0", 128, TimeProvider.System);
        var sent = new ConcurrentQueue<long>();
        var button = new LineOptions
        {
            Line = ButtonLine,
            Kind = LineKind.Button,
            Device = "button",
            Signal = EdgeSignals.Press,
        };
        var tcp = MqttConnector.Tcp("127.0.0.1", mqtt);
        await using var edge = new EdgeHost(
            Options("press", folder["press"], mqtt) with { Lines = [button] }, openChip: _ => chip,
            connector: async cancel => new WireStream(await tcp(cancel), bytes =>
            {
                if (bytes.IndexOf("button.press"u8) >= 0)
                {
                    sent.Enqueue(Stopwatch.GetTimestamp());
                }
            }));
        await edge.StartAsync(CancellationToken.None);
        await ConnectedAsync(edge);
        var times = new List<double>();
        for (var i = 0; i < Presses; i++)
        {
            sent.Clear();
            var at = Stopwatch.GetTimestamp();
            chip.Press(ButtonLine);
            long wire;
            while (!sent.TryDequeue(out wire))
            {
                await Task.Delay(1);
            }

            times.Add(Stopwatch.GetElapsedTime(at, wire).TotalMilliseconds);
            await Task.Delay(200); // Beyond the button's own bounce.
        }

        Console.WriteLine($"{Presses} presses, p50 / p99, ms:");
        Print("from the kernel's stamp to the wire, the commit included", [.. times.Skip(Presses / 4)]);
        var bare = DiskCommits.Measure(folder["bare.db"], Presses);
        Print("one bare commit of this disk (SQLite, WAL, synchronous=FULL)", bare);
    }

    private static async Task DrainAsync(string data, int mqtt, TimeSpan latency)
    {
        await using var line = new FaultProxy(mqtt) { Latency = latency };
        await using var edge = new EdgeHost(Options(Path.GetFileName(data), data, line.Port));
        edge.Cut();
        await edge.StartAsync(CancellationToken.None);
        for (var i = 0; i < Backlog; i++)
        {
            edge.Report($"meter-{i % 100}", "water.volume", i, TimeProvider.System.GetUtcNow());
            if (i % 500 == 499)
            {
                edge.CommitWaiting();
            }
        }

        edge.Mend();
        await ConnectedAsync(edge);
        var (began, left) = (Stopwatch.GetTimestamp(), edge.Backlog);
        while (edge.Backlog > 0)
        {
            await Task.Delay(5);
        }

        var took = Stopwatch.GetElapsedTime(began);
        Console.WriteLine(
            $"a backlog of {left:N0} readings through one connection, {latency.TotalMilliseconds:F0} ms each way: "
            + $"{left / took.TotalSeconds:N0} a second");
    }

    private static EdgeOptions Options(string edge, string data, int port) => new()
    {
        Edge = edge,
        DataFolder = data,
        Hub = new HubEndpoint { Port = port, ReconnectWaitMax = TimeSpan.FromMilliseconds(50) },
    };

    private static async Task ConnectedAsync(EdgeHost edge)
    {
        while (!edge.IsConnected)
        {
            await Task.Delay(1);
        }
    }

    /// <summary>What this process has made the disk write.</summary>
    private static long BytesWritten() => long.Parse(
        File.ReadLines("/proc/self/io")
            .First(line => line.StartsWith("write_bytes", StringComparison.Ordinal)).Split(' ')[1],
        CultureInfo.InvariantCulture);

    private static void Print(string what, List<double> times)
    {
        times.Sort();
        Console.WriteLine($"  {times[times.Count / 2],8:F2} / {times[times.Count * 99 / 100],8:F2}   {what}");
    }
}
