using Hub.Edge;
using Hub.Edge.Kiosk;
using Hub.Edge.Outbox;
using Hub.Edge.Setup;
using Hub.Testing;

namespace Hub.Proof.Tests.Edge;

/// <summary>
/// The goal: whatever the line between edge and hub does, everything recorded arrives, once, and in its order (G3). The
/// method: a whole edge, a real hub's program, and a proxy between them whose troubles are drawn from a seed.
/// </summary>
public sealed class BadLineTests : IDisposable
{
    private const string Meter = "load-meter";
    private const string Volume = "water.volume";
    private const string Lobby = "button-lobby";

    private static readonly int Troubles = Extent.Of("BUILDINGHUB_LINE_TROUBLES", 6);

    private readonly TempFolder _folder = new();
    private readonly Random _random = new(Extent.SeedFrom);
    private int _readings;
    private int _presses;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Behind_a_line_that_delays_hangs_refuses_and_breaks_everything_arrives_once()
    {
        await using var hub = await TestHub.StartAsync();
        await using var line = new FaultProxy(hub.MqttPort);
        await using var edge = new EdgeHost(new EdgeOptions
        {
            Edge = "load-line",
            DataFolder = _folder.Path,
            Hub = new HubEndpoint { Port = line.Port, ReconnectWaitMax = TimeSpan.FromMilliseconds(100) },
            Kiosk = new KioskOptions { Device = "none" },
            IsClockTrusted = true,
        });
        await edge.StartAsync(Cancel);
        for (var trouble = 0; trouble < Troubles; trouble++)
        {
            await WorkAsync(edge);
            Begin(line, trouble % 6);
            await WorkAsync(edge);
            await Task.Delay(_random.Next(20, 200), Cancel);
            End(line, isBroken: _random.Next(2) == 0);
        }

        await WorkAsync(edge);
        line.Latency = TimeSpan.Zero;
        await UntilAsync(() => Task.FromResult(edge.Backlog == 0));
        Assert.True(edge.Backlog == 0, $"{edge.Backlog} records still wait. {edge.Fault}");
        // Kept is one thing, and in the history, from which it is given out, another.
        await UntilAsync(async () => (await hub.ReadingsAsync(Meter, Volume, Cancel)).Count >= _readings);
        await UntilAsync(async () => (await hub.ReadingsAsync(Lobby, "button.press", Cancel)).Count >= _presses);
        var told = await hub.ReadingsAsync(Meter, Volume, Cancel);
        var sent = Enumerable.Range(1, _readings).Select(value => (double)value).ToList();
        var pressed = (await hub.ReadingsAsync(Lobby, "button.press", Cancel)).Count;
        var toll = Toll.Of(sent, sent, told)
            + new Toll(Math.Max(0, _presses - pressed), Math.Max(0, pressed - _presses));
        ProofTable.Write(
            "edge behind a bad line", toll, ("troubles", Troubles), ("connections", line.Connections),
            ("readings", _readings), ("presses", _presses));
        toll.RequireNone();
        Assert.Equal(told.Order(), told);
        await UntilAsync(async () => (await hub.OrdersAsync(Cancel)).Any(order => order.Repeats >= _presses - 1));
        Assert.Single(await hub.OrdersAsync(Cancel), order => order.Repeats == _presses - 1);
        await edge.StopAsync(Cancel);
    }

    private static async Task UntilAsync(Func<Task<bool>> holds)
    {
        for (var look = 0; look < 600 && !await holds(); look++)
        {
            await Task.Delay(100, Cancel);
        }
    }

    /// <summary>Some readings, each a millisecond after the one before, and now and then a press.</summary>
    private async Task WorkAsync(EdgeHost edge)
    {
        for (var i = _random.Next(50, 400); i > 0; i--)
        {
            edge.Report(Meter, Volume, ++_readings, TimeProvider.System.GetUtcNow());
            await Task.Delay(i % 16 == 0 ? 1 : 0, Cancel);
        }

        edge.CommitWaiting();
        edge.Report(Lobby, EdgeSignals.Press, 1, TimeProvider.System.GetUtcNow());
        _presses++;
    }

    private void Begin(FaultProxy line, int kind)
    {
        switch (kind)
        {
            case 0:
                line.Latency = TimeSpan.FromMilliseconds(_random.Next(1, 60));
                break;
            case 1:
                line.Hold(up: true, down: false);
                break;
            case 2:
                line.Hold(up: false, down: true);
                break;
            case 3:
                line.Hold(up: true, down: true);
                break;
            case 4:
                line.IsRefusing = true;
                line.Reset();
                break;
            default:
                line.Reset();
                break;
        }
    }

    /// <summary>What hung goes on, or is gone.</summary>
    private static void End(FaultProxy line, bool isBroken)
    {
        if (isBroken)
        {
            line.Reset();
        }

        line.IsRefusing = false;
        line.Release();
    }
}
