using System.Globalization;
using Hub.Edge;
using Hub.Edge.Pins;
using Hub.Edge.Setup;

namespace Hub.Proof.Tests.Edge;

/// <summary>
/// A whole edge as a program of its own: what runs on a Raspberry Pi, but for the pins, where meters turn and doors move
/// by themselves. What they do is in its <see cref="TurnLedger"/>.
/// </summary>
internal static class MeteredEdge
{
    public const string Command = "metered-edge";

    private const int RoundsPerMove = 4;

    /// <summary>One more movement of a door within a minute would be held back as chatter.</summary>
    private const int MovesMax = 10;

    /// <summary>A pulse, and the pause after it: 30 ms at the least (IEC 62053-31), so sixteen a second.</summary>
    private static readonly TimeSpan Half = TimeSpan.FromMilliseconds(31);

    /// <summary>The pulse counts that a life begins with, as it says when it is ready.</summary>
    public static string ReadyLine(IEnumerable<long> counts) => $"ready {string.Join(' ', counts)}";

    /// <param name="words">The edge's name, its data folder, the hub's port, its ledger, and how many rounds are turned.</param>
    public static async Task<int> RunAsync(string[] words)
    {
        var cellar = new Cellar(words[0]);
        using var chip = new SimulatedChip("cellar", cellar.Meters.Count + cellar.Doors.Count, TimeProvider.System);
        var options = new EdgeOptions
        {
            Edge = words[0],
            DataFolder = words[1],
            Hub = new HubEndpoint
            {
                Host = "127.0.0.1",
                Port = int.Parse(words[2], CultureInfo.InvariantCulture),
                ReconnectWaitMax = TimeSpan.FromMilliseconds(200),
            },
            Lines = [.. cellar.Meters, .. cellar.Doors],
            Intervals = new EdgeIntervals
            {
                Commit = TimeSpan.FromMilliseconds(100),
                Registers = TimeSpan.FromMilliseconds(150),
                Health = TimeSpan.FromDays(1), // What it tells of itself is nobody's ledger's.
            },
            IsClockTrusted = true,
        };
        await using var host = new EdgeHost(options, openChip: _ => chip);
        var begins = BeginsAsync(host, cellar);
        await host.StartAsync(CancellationToken.None);
        await await Task.WhenAny(begins, host.Completion);
        using var ledger = new TurnLedger(words[3], cellar.Meters.Count);
        Console.WriteLine(ReadyLine(await begins));
        await TurnAsync(chip, cellar, ledger, int.Parse(words[4], CultureInfo.InvariantCulture));
        await host.Completion;
        return 0;
    }

    /// <summary>The counts that the edge first tells, before anything turns.</summary>
    private static Task<long[]> BeginsAsync(EdgeHost host, Cellar cellar)
    {
        var told = new Dictionary<string, double>();
        var all = new TaskCompletionSource<long[]>(TaskCreationOptions.RunContinuationsAsynchronously);
        host.Recorded += record =>
        {
            if (record.Signal == Cellar.Volume
                && told.TryAdd(record.Device, record.Value) && told.Count == cellar.Meters.Count)
            {
                all.SetResult([.. cellar.Meters.Select(meter => Cellar.CountOf(meter, told[meter.Device]))]);
            }
        };
        return all.Task;
    }

    private static async Task TurnAsync(SimulatedChip chip, Cellar cellar, TurnLedger ledger, int rounds)
    {
        for (var round = 1; round <= rounds; round++)
        {
            var turning = cellar.Meters.Where(meter => Cellar.Turns(meter, round)).Select(meter => meter.Line).ToList();
            turning.ForEach(line => chip.Set(line, true));
            await PassAsync(Half);
            ledger.Turn(turning);
            turning.ForEach(line => chip.Set(line, false));
            await PassAsync(Half);
            if (round % RoundsPerMove == 0 && ledger.Told <= MovesMax)
            {
                foreach (var door in cellar.Doors)
                {
                    chip.Set(door.Line, ledger.Told % 2 != 0);
                }

                ledger.Tell();
            }
        }
    }

    /// <summary>Not a moment less, as a timer may: the edge would take the pulse for a bounce.</summary>
    private static async Task PassAsync(TimeSpan span)
    {
        var from = TimeProvider.System.GetTimestamp();
        while (span - TimeProvider.System.GetElapsedTime(from) is var left && left > TimeSpan.Zero)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(Math.Ceiling(left.TotalMilliseconds)));
        }
    }
}
