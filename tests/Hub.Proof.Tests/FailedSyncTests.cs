using System.Diagnostics;
using System.Globalization;
using Hub.Testing;

namespace Hub.Proof.Tests;

/// <summary>
/// The goal: a failed fsync lets no acknowledgement out, and the hub ends with a failure instead of going on. The method:
/// strace makes every fsync and fdatasync of the real program fail from one moment on.
/// </summary>
public class FailedSyncTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task No_acknowledgement_leaves_when_the_disk_can_t_sync_and_the_hub_says_so_by_ending()
    {
        var strace = RealServer.Find("strace");
        await using var hub = await TestHub.StartAsync();
        await using var device = new LoadClient(hub.MqttPort, "load-1");
        device.Start();
        using (var warm = new CancellationTokenSource(TimeSpan.FromMilliseconds(500)))
        {
            await device.LoadAsync(warm.Token);
        }

        Assert.NotEmpty(device.Acknowledged);
        using var tracer = await BreakSyncAsync(strace, hub.Process.Process.Id);
        var tracerTalk = tracer.StandardError.ReadToEndAsync(Cancel);
        var before = device.Acknowledged.Count;
        using var until = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        var load = device.LoadAsync(until.Token);

        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        await hub.Process.Process.WaitForExitAsync(patience.Token);
        var during = device.Acknowledged.Count - before;
        var exitCode = hub.Process.Process.ExitCode;
        var talk = hub.Process.Talk;
        await tracer.WaitForExitAsync(Cancel);
        await tracerTalk;

        await hub.RestartAsync();
        await until.CancelAsync();
        await load;
        var toll = await device.HeldAgainstAsync(hub, Cancel) with { Undetected = during + (exitCode == 1 ? 0 : 1) };
        ProofTable.Write(
            "every sync of a running hub fails", toll, ("hub", 1), ("readings", device.Acknowledged.Count));
        Assert.True(during == 0 && exitCode == 1, $"{during} acknowledged, exit code {exitCode}:\n{talk}");
        toll.RequireNone();
    }

    /// <summary>Attaches to every thread; when strace has said so, each sync fails.</summary>
    private static async Task<Process> BreakSyncAsync(string strace, int process)
    {
        var tracer = Process.Start(new ProcessStartInfo(strace,
        [
            "-f", "-e", "trace=fsync,fdatasync", "-e", "inject=fsync,fdatasync:error=EIO", "-o", "/dev/null",
            "-p", process.ToString(CultureInfo.InvariantCulture),
        ])
        {
            RedirectStandardError = true,
        })!;
        while (await tracer.StandardError.ReadLineAsync(Cancel) is { } line)
        {
            if (line.Contains("attached", StringComparison.Ordinal))
            {
                break;
            }
        }

        Assert.False(tracer.HasExited, "strace could not attach.");
        return tracer;
    }
}
