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

    /// <summary>What a hub says when it is ready, and an edge with a screen.</summary>
    private static readonly string[] ReadyWords = ["ready ", "Kiosk: "];

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

    public bool IsReady => _ready.Task.IsCompleted;

    /// <summary>Starts a program of ours that lies beside the tests, and waits for its ready line.</summary>
    public static async Task<HubProcess> StartAsync(string program, params string[] arguments)
    {
        var hub = await LaunchAsync([], program, arguments);
        if (!hub.IsReady)
        {
            var ended = hub.Process.HasExited ? $"ended with {hub.Process.ExitCode}" : "did not get ready";
            await hub.DisposeAsync();
            Assert.Fail($"{program} {string.Join(' ', arguments)} {ended}:\n{hub.Talk}");
        }

        return hub;
    }

    /// <summary>Starts it, and waits until it is ready, has ended, or has done neither for long.</summary>
    /// <param name="under">A program that starts it in its stead, such as strace -D, with its words.</param>
    public static async Task<HubProcess> LaunchAsync(string[] under, string program, params string[] arguments)
    {
        var hub = Launch(under, program, arguments);
        await Task.WhenAny(hub._ready.Task, hub.Process.WaitForExitAsync(), Task.Delay(PatienceMax));
        return hub;
    }

    /// <summary>Starts it, and waits for nothing.</summary>
    public static HubProcess Launch(string[] under, string program, params string[] arguments)
    {
        var hub = new HubProcess(new Process { StartInfo = Describe(under, program, arguments) });
        hub.Process.OutputDataReceived += (_, line) =>
        {
            if (line.Data is { } text && ReadyWords.Any(word => text.StartsWith(word, StringComparison.Ordinal)))
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

    /// <summary>Runs a program of ours to its end: exit code, standard output, standard error.</summary>
    public static async Task<(int ExitCode, string Output, string Talk)> RunAsync(string program, params string[] arguments)
    {
        using var process = System.Diagnostics.Process.Start(Describe([], program, arguments))!;
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

    /// <summary>SIGTERM to one that may have died meanwhile; killed if it doesn't end, and then without an exit code.</summary>
    public async Task<int?> EndAsync(TimeSpan patience)
    {
        if (!Process.HasExited)
        {
            _ = Signal(Process.Id, SigTerm);
        }

        using var waiting = new CancellationTokenSource(patience);
        try
        {
            await Process.WaitForExitAsync(waiting.Token);
            return Process.ExitCode;
        }
        catch (OperationCanceledException)
        {
            await KillAsync();
            return null;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        Process.Dispose();
    }

    private static ProcessStartInfo Describe(string[] under, string program, string[] arguments)
    {
        string[] words = [.. under, "dotnet", Path.Combine(AppContext.BaseDirectory, program + ".dll"), .. arguments];
        return new ProcessStartInfo(words[0], words[1..])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            // It lives for seconds: counting what to compile better only makes its start dearer.
            Environment = { ["DOTNET_TieredPGO"] = "0" },
        };
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Signal(int process, int signal);
}
