using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace Hub.Edge.Supervision;

/// <summary>
/// What systemd wants to hear of a service with <c>Type=notify</c>: datagrams of <c>NAME=value</c> lines to the socket
/// that the environment names (sd_notify(3), sd_watchdog_enabled(3)). Without one, nothing is told.
/// </summary>
public sealed class ServiceManager : IDisposable
{
    private readonly Socket? _socket;
    private readonly UnixDomainSocketEndPoint? _manager;

    /// <param name="socketPath">A path, or a name that begins with <c>@</c>; null where nobody listens.</param>
    /// <param name="watchdog">After so long without a sign of life the service is ended; null for never.</param>
    public ServiceManager(string? socketPath, TimeSpan? watchdog)
    {
        Watchdog = watchdog;
        if (socketPath is { Length: > 1 })
        {
            _manager = new UnixDomainSocketEndPoint(socketPath[0] == '@' ? '\0' + socketPath[1..] : socketPath);
            _socket = new Socket(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);
        }
    }

    /// <summary>A sign of life is due within this; null where nobody waits for one.</summary>
    public TimeSpan? Watchdog { get; }

    public static ServiceManager OfEnvironment()
    {
        var isForUs = Environment.GetEnvironmentVariable("WATCHDOG_PID") is not { Length: > 0 } process
            || process == Environment.ProcessId.ToString(CultureInfo.InvariantCulture);
        TimeSpan? watchdog = isForUs && long.TryParse(Environment.GetEnvironmentVariable("WATCHDOG_USEC"),
            NumberStyles.None, CultureInfo.InvariantCulture, out var microseconds)
            ? TimeSpan.FromMicroseconds(microseconds)
            : null;
        return new ServiceManager(Environment.GetEnvironmentVariable("NOTIFY_SOCKET"), watchdog);
    }

    public void Ready(string status) => Tell($"READY=1\nSTATUS={status}");

    public void Stopping() => Tell("STOPPING=1");

    /// <summary>
    /// Gives a sign of life at half of the time until one is due, for as long as no loop hangs. A hung one is told, and
    /// then the silence does the rest.
    /// </summary>
    /// <param name="stuck">Names a loop that hangs.</param>
    /// <param name="status">One sentence for <c>systemctl status</c>.</param>
    public async Task AttendAsync(
        Func<string?> stuck, Func<string> status, TimeProvider pace, CancellationToken stopping)
    {
        var every = Watchdog is { } due ? due / 2 : TimeSpan.FromSeconds(30);
        try
        {
            while (true)
            {
                Tell(stuck() is { } loop ? $"STATUS=The {loop} loop hangs." : $"WATCHDOG=1\nSTATUS={status()}");
                await Task.Delay(every, pace, stopping);
            }
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // Stopping.
        }
    }

    public void Dispose() => _socket?.Dispose();

    private void Tell(string message)
    {
        try
        {
            _socket?.SendTo(Encoding.UTF8.GetBytes(message), _manager!);
        }
        catch (SocketException)
        {
            // A manager that doesn't listen must not end what it manages; it will miss the sign of life.
        }
    }
}
