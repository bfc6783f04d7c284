using System.Diagnostics;
using System.Net.Sockets;
using System.Text;
using Hub.Testing;

namespace Hub.Proof.Tests.Guest;

/// <summary>
/// A machine of its own in QEMU: Debian's kernel with sixteen simulated GPIO lines, the published edge, and a shell
/// that does what a test says. Its disk outlives it, so that its power can be cut; <c>make-guest.sh</c> makes it.
/// </summary>
internal sealed class GuestMachine : IAsyncDisposable
{
    /// <summary>Set by whoever has run make-guest.sh.</summary>
    private const string FolderVariable = "BUILDINGHUB_GUEST";

    private const string Mark = "@@";

    // Emulated, and beside other tests: what takes fifteen seconds alone may take minutes.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(6);

    private readonly Process _machine;
    private readonly Socket _shell;
    private readonly StringBuilder _said = new();
    private readonly byte[] _heard = new byte[4096];

    private GuestMachine(Process machine, Socket shell) => (_machine, _shell) = (machine, shell);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>Boots it; skips the test where there is none.</summary>
    /// <param name="folder">Where its disk is, and stays.</param>
    /// <param name="contents">A folder whose files a new disk has; null for an empty one.</param>
    /// <param name="withSystemd">systemd is its first process, as on a board; else the shell is all there is.</param>
    public static async Task<GuestMachine> BootAsync(
        TempFolder folder, string? contents = null, bool withSystemd = false)
    {
        var qemu = RealServer.Find("qemu-system-x86_64");
        var parts = RealServer.Need(Environment.GetEnvironmentVariable(FolderVariable), "A guest machine");
        var (disk, shellPath) = (folder["disk.img"], folder["shell"]);
        if (!File.Exists(disk))
        {
            await MakeDiskAsync(disk, contents);
        }

        File.Delete(shellPath);
        var machine = Process.Start(new ProcessStartInfo(qemu,
        [
            "-M", "q35,accel=tcg", "-cpu", "max", "-m", "512", "-nodefaults", "-no-user-config", "-display", "none",
            "-no-reboot", "-kernel", Path.Combine(parts, "vmlinuz"), "-initrd", Path.Combine(parts, "initramfs.gz"),
            "-append", $"console=ttyS0 quiet panic=-1 no_timer_check{(withSystemd ? " systemd" : "")}",
            "-serial", $"file:{folder["console.log"]}",
            "-device", "virtio-serial-pci", "-chardev", $"socket,id=shell,path={shellPath},server=on,wait=on",
            "-device", "virtserialport,chardev=shell", "-netdev", "user,id=net",
            "-device", "virtio-net-pci,netdev=net,romfile=", "-drive", $"if=virtio,format=raw,file={disk}",
        ]))!;
        var shell = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        var guest = new GuestMachine(machine, shell);
        await guest.ConnectAsync(shellPath);
        await guest.HearAsync($"{Mark}ready\n");
        return guest;
    }

    /// <summary>What the shell says to a command, and its exit code.</summary>
    public async Task<(int ExitCode, string Said)> RunAsync(string command)
    {
        await _shell.SendAsync(Encoding.UTF8.GetBytes($"{{ {command}\n}}; echo \"{Mark}$?{Mark}\"\n"), Cancel);
        var said = await HearAsync(Mark);
        var code = await HearAsync(Mark);
        await HearAsync("\n");
        return (int.Parse(code, System.Globalization.CultureInfo.InvariantCulture), said);
    }

    /// <summary>The same of a command that can't fail.</summary>
    public async Task<string> DoAsync(string command)
    {
        var (code, said) = await RunAsync(command);
        Assert.True(code == 0, $"{command}: {code}\n{said}");
        return said.Trim();
    }

    public Task WriteAsync(string path, string text) =>
        DoAsync($"echo {Convert.ToBase64String(Encoding.UTF8.GetBytes(text))} | base64 -d > {path}");

    /// <summary>As when somebody pulls the plug: what its kernel had not written is gone.</summary>
    public async Task CutPowerAsync()
    {
        if (!_machine.HasExited)
        {
            _machine.Kill();
        }

        await _machine.WaitForExitAsync(CancellationToken.None);
    }

    public async ValueTask DisposeAsync()
    {
        await CutPowerAsync();
        _shell.Dispose();
        _machine.Dispose();
    }

    private static async Task MakeDiskAsync(string path, string? contents)
    {
        await using (var file = File.Create(path))
        {
            file.SetLength(64 << 20);
        }

        string[] from = contents is null ? [] : ["-d", contents];
        using var format = Process.Start(RealServer.Find("mkfs.ext4"), [.. from, "-q", "-F", path]);
        await format.WaitForExitAsync(Cancel);
        Assert.Equal(0, format.ExitCode);
    }

    private async Task ConnectAsync(string path)
    {
        for (var patience = Stopwatch.StartNew(); ; await Task.Delay(50, Cancel))
        {
            try
            {
                await _shell.ConnectAsync(new UnixDomainSocketEndPoint(path), Cancel);
                return;
            }
            catch (SocketException) when (!_machine.HasExited && patience.Elapsed < Patience)
            {
                // QEMU makes it in a moment.
            }
        }
    }

    /// <summary>What comes before the mark; the mark is taken too.</summary>
    private async Task<string> HearAsync(string mark)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        patience.CancelAfter(Patience);
        int at;
        while ((at = _said.ToString().IndexOf(mark, StringComparison.Ordinal)) < 0)
        {
            var count = await _shell.ReceiveAsync(_heard, patience.Token);
            Assert.True(count > 0, $"The guest has gone. It had said: {_said}");
            _said.Append(Encoding.UTF8.GetString(_heard, 0, count));
        }

        var heard = _said.ToString(0, at);
        _said.Remove(0, at + mark.Length);
        return heard;
    }
}
