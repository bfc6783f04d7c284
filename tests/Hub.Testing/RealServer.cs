using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Xunit;

namespace Hub.Testing;

/// <summary>
/// A real server from the operating system's packages, started by a test on a free loopback port and ended with it.
/// Where the program isn't installed the test is skipped, visibly; with BUILDINGHUB_REQUIRE_SERVERS=1 it fails instead.
/// </summary>
public sealed class RealServer : IAsyncDisposable
{
    private static readonly string[] Folders = ["/usr/sbin", "/usr/bin", "/usr/local/bin", "/usr/local/sbin", "/sbin"];

    private readonly Process _process;

    private RealServer(Process process, int port) => (_process, Port) = (process, port);

    public int Port { get; }

    public int ProcessId => _process.Id;

    /// <summary>The program's path; skips or fails the test where it is missing.</summary>
    public static string Find(string program) =>
        Need(Folders.Select(folder => Path.Combine(folder, program)).FirstOrDefault(File.Exists), program);

    /// <summary>Starts it and waits until the port answers.</summary>
    public static async Task<RealServer> StartAsync(
        string path, int port, IEnumerable<string> arguments, CancellationToken cancel, TimeSpan? within = null)
    {
        var process = Process.Start(new ProcessStartInfo(path, arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        process.OutputDataReceived += static (_, _) => { };
        process.ErrorDataReceived += static (_, _) => { };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        var server = new RealServer(process, port);
        var patience = Stopwatch.StartNew();
        while (!await AnswersAsync(port, cancel))
        {
            if (process.HasExited || patience.Elapsed > (within ?? TimeSpan.FromSeconds(30)))
            {
                await server.DisposeAsync();
                Assert.Fail($"{path} did not answer on port {port}.");
            }

            await Task.Delay(50, cancel);
        }

        return server;
    }

    /// <summary>kill -9, as a power cut would have it.</summary>
    public async Task KillAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
        }

        await _process.WaitForExitAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        _process.Dispose();
    }

    /// <summary>What a test needs; skips or fails it where that is missing.</summary>
    public static string Need(string? path, string what)
    {
        if (path is null && Environment.GetEnvironmentVariable("BUILDINGHUB_REQUIRE_SERVERS") == "1")
        {
            Assert.Fail($"{what} is required here, and not installed.");
        }

        Assert.SkipWhen(path is null, $"{what} is not installed.");
        return path!;
    }

    private static async Task<bool> AnswersAsync(int port, CancellationToken cancel)
    {
        using var client = new TcpClient();
        try
        {
            await client.ConnectAsync(IPAddress.Loopback, port, cancel);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
