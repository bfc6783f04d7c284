using System.Security.Cryptography;
using Hub.Edge.Update;
using Hub.Testing;

namespace Hub.Proof.Tests.Guest;

/// <summary>
/// The guide of deploy/edge on a real kernel, a real ext4 and a running systemd, with all that the unit takes from it:
/// installed, started, updated with a kill in the middle, its clock set, its disk filled up, stopped.
/// </summary>
[Collection(nameof(GuestMachine))] // One after the other: each keeps a core busy.
public sealed class InstalledEdgeTests : IAsyncLifetime
{
    private const string Edge = "load-installed";
    private const string Unit = "buildinghub-edge";
    private const string Root = "/opt/buildinghub-edge";
    private const string Told = "/tmp/edge.log";

    /// <summary>The unit as it is shipped, but for what an emulated machine without a journal needs.</summary>
    private const string DropIn = $"""
        [Service]
        TimeoutStartSec=6min
        TimeoutStopSec=6min
        WatchdogSec=30min
        StandardOutput=append:{Told}
        StandardError=append:{Told}
        """;

    private const int Tries = 600;

    private static readonly TimeSpan TryEvery = TimeSpan.FromMilliseconds(500);

    private readonly TempFolder _folder = new();
    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private TestHub _hub = null!;
    private GuestMachine _guest = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        MakeDisk();
        _guest = await GuestMachine.BootAsync(_folder, _folder["disk"], withSystemd: true);
        _hub = await TestHub.StartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (_guest is not null)
        {
            await _guest.DisposeAsync();
            await _hub.DisposeAsync();
        }

        _key.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task Installed_updated_with_its_clock_set_and_its_disk_full_it_goes_on_and_tells()
    {
        await InstallAsync();
        await HardenedAsync();
        await HealthAsync();
        await UpdateAsync();
        await ClockAsync();
        await FullDiskAsync();
        await StopAsync();
    }

    /// <summary>Twice, for it may be repeated; then the edge reaches the hub and has proved its version.</summary>
    private async Task InstallAsync()
    {
        // The machine's own root is in memory: what outlives a start lies on the disk.
        await _guest.DoAsync("for at in opt var/lib; do mkdir -p /data/$at; mount --bind /data/$at /$at; done");
        // As the rule of Raspberry Pi OS does it.
        await _guest.DoAsync("chgrp gpio /dev/gpiochip0 && chmod 660 /dev/gpiochip0");
        await _guest.DoAsync("/data/kit/install.sh && /data/kit/install.sh");
        await _guest.WriteAsync("/etc/buildinghub/edge.yaml", $$"""
            edge: {{Edge}}
            hub: { host: 10.0.2.2, port: {{_hub.MqttPort}}, reconnectWait: 1s }
            intervals: { health: 5s, commit: 1s, contacts: 1m }
            kiosk: { enabled: false }
            lines:
              - { chip: plant-room, line: 0, kind: contact, device: load-gate, signal: door.open, bias: pull-down }
            """);
        await _guest.DoAsync($"mkdir -p /run/systemd/system/{Unit}.service.d");
        await _guest.WriteAsync($"/run/systemd/system/{Unit}.service.d/guest.conf", DropIn);
        await _guest.DoAsync($"systemctl daemon-reload && systemctl start {Unit}");
        await ProvedAsync("1.0.0");
    }

    /// <summary>What the unit takes from it is gone, and what it needs is there: its line is heard.</summary>
    private async Task HardenedAsync()
    {
        var status = await _guest.DoAsync($"cat /proc/$(systemctl show -P MainPID {Unit})/status");
        Assert.Matches("NoNewPrivs:\\s1\\n(.*\\n)*Seccomp:\\s2\\n", status);
        Assert.Matches("CapBnd:\\s0{16}\\n", status);
        Assert.DoesNotMatch("Uid:\\s0", status);
        var (_, said) = await _guest.RunAsync(AsOfTheUnit("head -c 1 /dev/vda"));
        Assert.Contains("Operation not permitted", said, StringComparison.Ordinal);
        await _guest.DoAsync(AsOfTheUnit("exec 4< /dev/gpiochip0"));
        await _guest.DoAsync("echo pull-up > /tmp/pins/sim_gpio0/pull");
        await ToldAsync("door.open", value => value == 1, device: "load-gate");
    }

    private static string AsOfTheUnit(string command) =>
        $"(echo 0 > /sys/fs/cgroup/system.slice/{Unit}.service/cgroup.procs; {command})";

    private async Task HealthAsync()
    {
        Assert.True(await ToldAsync("device.uptime", value => value > 0) > 0);
        await ToldAsync("device.memory.available", value => value is > 50 and < 512);
        await ToldAsync("device.disk.written", value => value > 0);
        await ToldAsync("device.restarts", value => value == 1);
        await ToldAsync("device.clock.synced", value => value == 0); // Nobody sets the guest's clock.
    }

    private async Task UpdateAsync()
    {
        const string Key = "/etc/buildinghub/update.pub";

        // Killed when it has begun to unpack: nothing has changed, and it can be taken again; or it was quicker.
        await _guest.DoAsync(
            $"{Root}/current/edge update /data/1.1.0.update --key {Key} --root {Root} >/dev/null 2>&1 & pid=$!; "
            + $"for i in $(seq 6000); do [ -e {Root}/versions/.1.1.0.part ] && break; usleep 10000; done; "
            + "kill -9 $pid; sleep 1");
        if (await _guest.DoAsync($"readlink {Root}/current") == "versions/1.0.0")
        {
            Assert.Contains(
                "It stays.",
                await _guest.DoAsync("BUILDINGHUB_PROVE_SECONDS=3000 buildinghub-edge-update /data/1.1.0.update"),
                StringComparison.Ordinal);
        }
        else
        {
            await _guest.DoAsync($"systemctl restart {Unit}");
            await ProvedAsync("1.1.0");
            await _guest.DoAsync("/usr/lib/buildinghub-edge/gate confirm");
        }

        Assert.Equal("versions/1.1.0", await _guest.DoAsync($"[ ! -e {Root}/pending ] && readlink {Root}/current"));
        await ToldAsync("device.restarts", value => value == 2);
    }

    /// <summary>An hour back and forth again; the other way round the hub would not believe what it is told.</summary>
    private async Task ClockAsync()
    {
        foreach (var seconds in new[] { -3_600, 3_600 })
        {
            await _guest.DoAsync($"date -s @$(($(date +%s) + {seconds}))");
            await ToldAsync("device.clock.step", value => Math.Abs(value - seconds) < 10);
        }
    }

    private async Task FullDiskAsync()
    {
        await _guest.RunAsync("for size in 64k 512; do dd if=/dev/zero of=/data/fill-$size bs=$size; done 2>/dev/null");
        await ToldAsync("device.storage.full", value => value == 1);
        await _guest.DoAsync("rm /data/fill-*; sync");
        await ToldAsync("device.storage.full", value => value == 0, isLast: true);
    }

    private async Task StopAsync()
    {
        await _guest.DoAsync($"systemctl stop {Unit}");
        Assert.Equal("success", await _guest.DoAsync($"systemctl show -P Result {Unit}"));
        Assert.Equal("0", await _guest.DoAsync($"systemctl show -P ExecMainStatus {Unit}"));
    }

    private async Task ProvedAsync(string version)
    {
        for (var i = 0; i < Tries; i++)
        {
            var (_, proved) = await _guest.RunAsync("cat /var/lib/buildinghub-edge/proved 2>/dev/null");
            if (proved.Trim() == version)
            {
                return;
            }

            await Task.Delay(TryEvery, Cancel);
        }

        Assert.Fail(await _guest.DoAsync($"cat {Told}"));
    }

    private async Task<double> ToldAsync(
        string signal, Func<double, bool> isIt, bool isLast = false, string device = Edge)
    {
        List<double> told = [];
        for (var i = 0; i < Tries; i++)
        {
            told = await _hub.ReadingsAsync(device, signal, Cancel);
            if (isLast ? told.Count > 0 && isIt(told[^1]) : told.Any(isIt))
            {
                return told.First(isIt);
            }

            await Task.Delay(TryEvery, Cancel);
        }

        var log = await _guest.DoAsync($"tail -20 {Told}");
        throw new InvalidOperationException($"{signal}: {string.Join(' ', told.TakeLast(20))}\n{log}");
    }

    /// <summary>The folder that a Pi is installed from, and a signed update.</summary>
    private void MakeDisk()
    {
        var kit = _folder["disk/kit"];
        var deploy = Path.Combine(Repository(), "deploy", "edge");
        foreach (var file in new[] { "units", "lib" }.SelectMany(part => Directory.GetFiles(Path.Combine(deploy, part)))
                     .Concat([Path.Combine(deploy, "install.sh"), Path.Combine(deploy, "edge.yaml")]))
        {
            var target = Path.Combine(kit, Path.GetRelativePath(deploy, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
            File.SetUnixFileMode(target, File.GetUnixFileMode(file));
        }

        MakeProgram(Path.Combine(kit, "edge"), "1.0.0");
        File.WriteAllText(Path.Combine(kit, "update.pub"), _key.ExportSubjectPublicKeyInfoPem());
        MakeProgram(_folder["published"], "1.1.0");
        using var update = File.Create(_folder["disk/1.1.0.update"]);
        UpdateFile.Write(_folder["published"], "1.1.0", new DateOnly(2026, 1, 5), _key, update);
    }

    /// <summary>The guest has the program once, in memory; a version starts a copy of it as its own.</summary>
    private static void MakeProgram(string folder, string version)
    {
        Directory.CreateDirectory(folder);
        var program = Path.Combine(folder, "edge");
        File.WriteAllText(program, """
            #!/bin/sh
            here=$(dirname "$(readlink -f "$0")")
            own=/tmp/$(cat "$here/VERSION")
            [ -d "$own" ] || { mkdir "$own" && cp /edge/* "$here/VERSION" "$own"; }
            exec "$own/Hub.Edge" "$@"
            """ + "\n");
        File.SetUnixFileMode(program, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        File.WriteAllText(Path.Combine(folder, "VERSION"), version + "\n");
        var ballast = new byte[8 << 20];
        new Random(3).NextBytes(ballast);
        File.WriteAllBytes(Path.Combine(folder, "ballast"), ballast);
    }

    private static string Repository()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder!.FullName, "BuildingHub.sln")))
        {
            folder = folder.Parent;
        }

        return folder.FullName;
    }
}
