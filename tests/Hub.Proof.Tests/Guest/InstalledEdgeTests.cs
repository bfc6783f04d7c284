using System.Security.Cryptography;
using Hub.Edge.Update;
using Hub.Testing;

namespace Hub.Proof.Tests.Guest;

/// <summary>
/// The guide of deploy/edge on a real kernel and a real ext4, as far as it goes without systemd: installed, started,
/// updated with a kill in the middle, its clock set, its disk filled up.
/// </summary>
[Collection(nameof(GuestMachine))] // One after the other: each keeps a core busy.
public sealed class InstalledEdgeTests : IAsyncLifetime
{
    private const string Edge = "load-installed";
    private const string Root = "/data/pi/opt/buildinghub-edge";
    private const string Gate = "/data/pi/usr/lib/buildinghub-edge/gate";
    private const string Folders = $"export BUILDINGHUB_ROOT={Root} BUILDINGHUB_DATA=/data/edge; ";
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
        _guest = await GuestMachine.BootAsync(_folder, _folder["disk"]);
        _hub = await TestHub.StartAsync();
        await _guest.WriteAsync("/tmp/edge.yaml", $$"""
            edge: {{Edge}}
            hub: { host: 10.0.2.2, port: {{_hub.MqttPort}}, reconnectWait: 1s }
            intervals: { health: 5s, commit: 1s }
            kiosk: { enabled: false }
            """);
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
        await HealthAsync();
        await UpdateAsync();
        await ClockAsync();
        await FullDiskAsync();
    }

    /// <summary>Twice, for it may be repeated; then the edge reaches the hub and has proved its version.</summary>
    private async Task InstallAsync()
    {
        await _guest.DoAsync("/data/kit/install.sh --destdir /data/pi && /data/kit/install.sh --destdir /data/pi");
        await StartAsync();
        await ProvedAsync("1.0.0");
    }

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
        const string Key = "/data/pi/etc/buildinghub/update.pub";
        const string Update = $"{Root}/current/edge update /data/1.1.0.update --key {Key} --root {Root}";

        // Killed when it has begun to unpack: nothing has changed, and it can be taken again; or it was quicker.
        await _guest.DoAsync(
            $"{Update} >/dev/null 2>&1 & pid=$!; for i in $(seq 6000); do [ -e {Root}/versions/.1.1.0.part ] && break; "
            + "usleep 10000; done; kill -9 $pid; sleep 1");
        if (await _guest.DoAsync($"readlink {Root}/current") == "versions/1.0.0")
        {
            Assert.Equal("1.1.0", await _guest.DoAsync(Update));
        }

        Assert.Equal("1.1.0 1.0.0 0", await _guest.DoAsync($"cat {Root}/pending"));

        await _guest.DoAsync(
            "kill $(cat /tmp/edge.pid); while kill -0 $(cat /tmp/edge.pid) 2>/dev/null; do sleep 1; done");
        await StartAsync();
        await ProvedAsync("1.1.0");
        await _guest.DoAsync(Folders + $"{Gate} start; [ ! -e {Root}/pending ]");
        Assert.Equal("versions/1.1.0", await _guest.DoAsync($"readlink {Root}/current"));
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

    private async Task StartAsync() => await _guest.DoAsync(
        Folders + $"{Gate} start && {{ {Root}/current/edge run --config /tmp/edge.yaml --data /data/edge "
        + "> /tmp/edge.log 2>&1 & echo $! > /tmp/edge.pid; }");

    private async Task ProvedAsync(string version)
    {
        for (var i = 0; i < Tries; i++)
        {
            if ((await _guest.RunAsync($"[ \"$(cat /data/edge/proved 2>/dev/null)\" = {version} ]")).ExitCode == 0)
            {
                return;
            }

            await Task.Delay(TryEvery, Cancel);
        }

        Assert.Fail(await _guest.DoAsync("cat /tmp/edge.log"));
    }

    private async Task<double> ToldAsync(string signal, Func<double, bool> isIt, bool isLast = false)
    {
        List<double> told = [];
        for (var i = 0; i < Tries; i++)
        {
            try
            {
                told = await _hub.ReadingsAsync(Edge, signal, Cancel);
            }
            catch (HttpRequestException e) when (e.StatusCode == System.Net.HttpStatusCode.NotFound)
            {
                // The hub doesn't know this signal of it yet.
            }

            if (isLast ? told.Count > 0 && isIt(told[^1]) : told.Any(isIt))
            {
                return told.First(isIt);
            }

            await Task.Delay(TryEvery, Cancel);
        }

        var log = await _guest.DoAsync("tail -20 /tmp/edge.log");
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
