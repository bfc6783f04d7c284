using System.Runtime.InteropServices;

namespace Hub.Gateway.Cli;

/// <summary>
/// Ctrl-C and SIGTERM ask the program for an orderly end, however late they come: the parser's own handler falls over
/// one that comes while the program is ending anyway, and the exit code with it. So these are held as long as the
/// process.
/// </summary>
public static class EndSignals
{
    private const int OfSignal = 128; // A shell's own way to say it.
    private const int Interrupt = 2;
    private const int Terminate = 15;

    private static readonly CancellationTokenSource Asking = new();
    private static readonly List<PosixSignalRegistration> Registered = [];

    /// <summary>Of a command that was ended, and had nothing to say of it: 130 or 143.</summary>
    public static int ExitCode { get; private set; }

    /// <summary>From now on they don't end the process by themselves, but cancel this.</summary>
    public static CancellationToken Take()
    {
        Registered.Add(PosixSignalRegistration.Create(PosixSignal.SIGINT, signal => Ask(signal, Interrupt)));
        Registered.Add(PosixSignalRegistration.Create(PosixSignal.SIGTERM, signal => Ask(signal, Terminate)));
        return Asking.Token;
    }

    private static void Ask(PosixSignalContext signal, int number)
    {
        signal.Cancel = true;
        ExitCode = OfSignal + number;
        Asking.Cancel();
    }
}
