using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text;
using Xunit;

namespace Hub.Testing;

/// <summary>The real program as a child process: what a script sees of it, and what a power cut does to it.</summary>
public sealed partial class HubProcess : IAsyncDisposable
{
    private const int SigTerm = 15;
    private static readonly TimeSpan PatienceMax = TimeSpan.FromSeconds(60);

    private readonly StringBuilder _talk = new();
    private readonly TaskCompletionSource<string> _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private HubProcess(Process process) => Process = process;

    public Process Process { get; }

    /// <summary>The line it printed when it was ready.</summary>
    public string ReadyLine => _ready.Task.Result;

    /// <summary>Its standard error so far.</summary>
    public string Talk
    {
        get
        {
            lock (_talk)
            {
                return _talk.ToString();
            }
        }
    }

    /// <summary>Starts a program of ours that lies beside the tests, and waits for its ready line.</summary>
    public static async Task<HubProcess> StartAsync(string program, params string[] arguments)
    {
        var hub = Launch(program, arguments);
        var first = await Task.WhenAny(hub._ready.Task, hub.Process.WaitForExitAsync(), Task.Delay(PatienceMax));
        if (first != hub._ready.Task)
        {
            var ended = hub.Process.HasExited ? $"ended with {hub.Process.ExitCode}" : "did not get ready";
            await hub.DisposeAsync();
            Assert.Fail($"{program} {string.Join(' ', arguments)} {ended}:\n{hub.Talk}");
        }

        return hub;
    }

    /// <summary>Runs a program of ours to its end: exit code, standard output, standard error.</summary>
    public static async Task<(int ExitCode, string Output, string Talk)> RunAsync(string program, params string[] arguments)
    {
        using var process = System.Diagnostics.Process.Start(Describe(program, arguments))!;
        using var patience = new CancellationTokenSource(PatienceMax);
        var output = process.StandardOutput.ReadToEndAsync(patience.Token);
        var talk = process.StandardError.ReadToEndAsync(patience.Token);
        await process.WaitForExitAsync(patience.Token);
        return (process.ExitCode, await output, await talk);
    }

    /// <summary>kill -9.</summary>
    public async Task KillAsync()
    {
        if (!Process.HasExited)
        {
            Process.Kill();
        }

        await Process.WaitForExitAsync();
    }

    /// <summary>SIGTERM, as systemd stops it; the exit code.</summary>
    public async Task<int> StopAsync()
    {
        Assert.Equal(0, Signal(Process.Id, SigTerm));
        using var patience = new CancellationTokenSource(PatienceMax);
        await Process.WaitForExitAsync(patience.Token);
        return Process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        Process.Dispose();
    }

    private static HubProcess Launch(string program, string[] arguments)
    {
        var hub = new HubProcess(new Process { StartInfo = Describe(program, arguments) });
        hub.Process.OutputDataReceived += (_, line) =>
        {
            if (line.Data is { } text && text.StartsWith("ready ", StringComparison.Ordinal))
            {
                hub._ready.TrySetResult(text);
            }
        };
        hub.Process.ErrorDataReceived += (_, line) =>
        {
            lock (hub._talk)
            {
                hub._talk.AppendLine(line.Data);
            }
        };
        hub.Process.Start();
        hub.Process.BeginOutputReadLine();
        hub.Process.BeginErrorReadLine();
        return hub;
    }

    private static ProcessStartInfo Describe(string program, string[] arguments) =>
        new("dotnet", [Path.Combine(AppContext.BaseDirectory, program + ".dll"), .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            // It lives for seconds: counting what to compile better only makes its start dearer.
            Environment = { ["DOTNET_TieredPGO"] = "0" },
        };

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Signal(int process, int signal);
}
