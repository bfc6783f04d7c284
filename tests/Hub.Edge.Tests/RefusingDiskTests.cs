using System.Collections.Concurrent;
using System.Net;
using Hub.Edge.Kiosk;
using Hub.Edge.Outbox;
using Hub.Edge.Pins;
using Hub.Edge.Sensing;
using Hub.Edge.Setup;
using Hub.Testing;
using static Hub.Edge.Tests.Eventually;

namespace Hub.Edge.Tests;

/// <summary>
/// The goal: a disk that takes nothing when the edge starts costs neither the edge nor a register. When it takes
/// something again, everything goes on from where the disk says it stood.
/// </summary>
public sealed class RefusingDiskTests : IDisposable
{
    private const int Meter = 1;

    private static readonly TimeSpan Half = TimeSpan.FromMilliseconds(30);

    private readonly SimulatedChip _chip = new("gpiochip0", 8, TimeProvider.System);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_was_counted_while_the_outbox_could_not_be_read_comes_on_top_of_what_it_says()
    {
        using var folder = new TempFolder();
        await CountAsync(folder.Path, 250);
        var (outbox, aside) = (folder["readings.db"], folder["aside.db"]);
        File.Move(outbox, aside);
        File.CreateSymbolicLink(outbox, folder.Path); // No database can be opened in the place of a folder.

        var told = new ConcurrentQueue<double>();
        await using (var edge = await StartAsync(folder.Path, told))
        {
            Assert.NotNull(edge.Fault);
            _chip.Pulses(Meter, 10, Half, Half);
            File.Move(aside, outbox, overwrite: true); // At once, or the edge begins a new one.
            await UntilAsync(() => !told.IsEmpty && edge.Fault is null);
        }

        Assert.Equal(0.26, told.First(), 6); // Nothing less was ever told.
        Assert.Equal(0.26, await CountAsync(folder.Path, 0), 6);
    }

    [Fact]
    public async Task An_edge_on_a_read_only_disk_starts_refuses_presses_and_takes_them_when_the_disk_does()
    {
        using var disk = new SmallDisk(32).OrSkip();
        await CountAsync(disk.Path, 100);
        Assert.True(disk.Remount(isReadOnly: true));

        var told = new ConcurrentQueue<double>();
        await using var edge = await StartAsync(disk.Path, told);
        Assert.NotNull(edge.Fault);
        edge.Report("lobby", EdgeSignals.Press, 1, TimeProvider.System.GetUtcNow());
        await UntilAsync(() => edge.KioskView.Face == KioskFace.Error);
        var refused = edge.Backlog;
        Assert.True(disk.Remount(isReadOnly: false));
        await UntilAsync(() => !told.IsEmpty && edge.Fault is null);
        edge.Report("lobby", EdgeSignals.Press, 1, TimeProvider.System.GetUtcNow());

        Assert.Equal(0, refused);
        Assert.Equal(0.1, told.First(), 6);
        Assert.True(edge.Backlog > 0);
    }

    [Fact]
    public async Task A_card_that_can_not_be_read_costs_neither_the_start_nor_the_next_press()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Its first page answers every read with an input/output error.");
        using var folder = new TempFolder();
        foreach (var file in new[] { "events.db", "kiosk.key", "kiosk.reboot" })
        {
            File.CreateSymbolicLink(folder[file], "/proc/self/mem");
        }

        await using var edge = await StartAsync(folder.Path, new ConcurrentQueue<double>(), hasScreen: true);
        Assert.NotNull(edge.Fault);
        edge.Report("lobby", EdgeSignals.Press, 1, TimeProvider.System.GetUtcNow());
        await UntilAsync(() => edge.KioskView.Face == KioskFace.Error);
        File.Delete(folder["events.db"]);
        await UntilAsync(() => edge.Fault is null);
        edge.Report("lobby", EdgeSignals.Press, 1, TimeProvider.System.GetUtcNow());

        await UntilAsync(() => edge.KioskView is { IsUndecided: false, Face: not KioskFace.Error });
        Assert.True(edge.Backlog > 0);
    }

    public void Dispose() => _chip.Dispose();

    /// <summary>A start and a stop, with so many pulses between: what the register shows then.</summary>
    private async Task<double> CountAsync(string folder, int pulses)
    {
        var told = new ConcurrentQueue<double>();
        await using var edge = await StartAsync(folder, told);
        Assert.Null(edge.Fault);
        _chip.Pulses(Meter, pulses, Half, Half);
        var before = told.Count;
        await UntilAsync(() => told.Count > before);
        return told.Last();
    }

    private async Task<EdgeHost> StartAsync(string folder, ConcurrentQueue<double> told, bool hasScreen = false)
    {
        var edge = new EdgeHost(
            new EdgeOptions
            {
                Edge = "e1",
                DataFolder = folder,
                IsClockTrusted = true,
                Kiosk = new KioskOptions
                {
                    IsEnabled = hasScreen,
                    Endpoint = new IPEndPoint(IPAddress.Loopback, 0),
                    Timings = new KioskTimings { UnsentAfter = TimeSpan.FromMilliseconds(200) },
                },
                Hub = new HubEndpoint { Host = "127.0.0.1", Port = FreePorts.Next() },
                Intervals = new EdgeIntervals
                {
                    Commit = TimeSpan.FromMilliseconds(20),
                    Registers = TimeSpan.FromMilliseconds(20),
                    Health = TimeSpan.FromHours(1),
                },
                Lines =
                [
                    new LineOptions
                    {
                        Line = Meter,
                        Kind = LineKind.Pulse,
                        Device = "b1",
                        Signal = "water.volume",
                        PulseWeight = 0.001,
                    },
                ],
            },
            openChip: _ => _chip);
        edge.Recorded += record =>
        {
            if (record.Signal == "water.volume")
            {
                told.Enqueue(record.Value);
            }
        };
        await edge.StartAsync(Cancel);
        return edge;
    }
}
