using System.Diagnostics;
using Hub.Testing;

namespace Hub.Edge.Tests.Modbus;

/// <summary>The real server of <c>server.c</c>, compiled once; the test is skipped where libmodbus isn't.</summary>
internal sealed class ModbusServer : IAsyncDisposable
{
    private static readonly Lazy<Task<string>> Program = new(CompileAsync);

    private readonly Process _process;

    private ModbusServer(Process process, string place) => (_process, Place) = (process, place);

    /// <summary>The TCP port, or the terminal's path.</summary>
    public string Place { get; }

    public static async Task<ModbusServer> StartAsync(string kind, string place, CancellationToken cancel)
    {
        RealServer.Need(
            new[] { "/usr/include/modbus/modbus.h" }.FirstOrDefault(File.Exists), "libmodbus (libmodbus-dev)");
        var process = Process.Start(new ProcessStartInfo(await Program.Value, [kind, place])
        {
            RedirectStandardOutput = true,
        })!;
        var ready = await process.StandardOutput.ReadLineAsync(cancel);
        Assert.StartsWith("ready ", ready);
        return new ModbusServer(process, ready!["ready ".Length..]);
    }

    public async ValueTask DisposeAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    private static async Task<string> CompileAsync()
    {
        var folder = Path.Combine(AppContext.BaseDirectory, "Modbus");
        var program = Path.Combine(folder, "server");
        using var compiler = Process.Start(
            RealServer.Find("gcc"),
            ["-O1", "-I/usr/include/modbus", "-o", program, Path.Combine(folder, "server.c"), "-lmodbus"]);
        await compiler.WaitForExitAsync();
        Assert.Equal(0, compiler.ExitCode);
        return program;
    }
}
