using System.Runtime.InteropServices;

namespace Hub.Edge;

/// <summary>Ctrl-C and systemd's SIGTERM end the edge in good order.</summary>
internal static class ConsoleSignals
{
    public static IDisposable On(CancellationTokenSource stop) =>
        new Registrations(
            PosixSignalRegistration.Create(PosixSignal.SIGINT, signal => Stop(signal, stop)),
            PosixSignalRegistration.Create(PosixSignal.SIGTERM, signal => Stop(signal, stop)));

    /// <summary>Waits for the signal, or for the end of the work; a fault of the work is thrown on.</summary>
    public static async Task WaitAsync(Task work, CancellationToken stop)
    {
        try
        {
            await work.WaitAsync(stop);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // Told to stop.
        }
    }

    private static void Stop(PosixSignalContext signal, CancellationTokenSource stop)
    {
        signal.Cancel = true;
        stop.Cancel();
    }

    private sealed class Registrations(PosixSignalRegistration first, PosixSignalRegistration second) : IDisposable
    {
        public void Dispose()
        {
            first.Dispose();
            second.Dispose();
        }
    }
}
