using System.Net;
using System.Net.Sockets;

namespace Hub.Testing;

/// <summary>
/// Loopback ports that nobody listens on, for servers that must know theirs beforehand and for those that come back to it.
/// They lie below the ports that the system gives to outgoing connections, and each program that runs tests has a stretch
/// of its own, for as long as it holds the stretch's first port: two that run side by side never get the same one.
/// </summary>
public static class FreePorts
{
    private const int From = 12_000;
    private const int To = 32_000;
    private const int Stretch = 500;

    private static readonly Lock Gate = new();
    private static readonly TcpListener Held = HoldStretch();
    private static int Last = ((IPEndPoint)Held.LocalEndpoint).Port;

    /// <summary>A port that was not given to anybody else, until all others of the stretch were.</summary>
    public static int Next()
    {
        lock (Gate)
        {
            var first = ((IPEndPoint)Held.LocalEndpoint).Port;
            while (true)
            {
                Last = Last + 1 < first + Stretch ? Last + 1 : first + 1;
                if (TryListen(Last) is { } listener)
                {
                    listener.Dispose();
                    return Last;
                }
            }
        }
    }

    private static TcpListener HoldStretch()
    {
        for (var first = From; first < To; first += Stretch)
        {
            if (TryListen(first) is { } listener)
            {
                return listener;
            }
        }

        throw new InvalidOperationException($"All ports from {From} to {To} are held by programs that run tests.");
    }

    private static TcpListener? TryListen(int port)
    {
        var listener = new TcpListener(IPAddress.Loopback, port);
        try
        {
            listener.Start();
            return listener;
        }
        catch (SocketException e) when (e.SocketErrorCode == SocketError.AddressAlreadyInUse)
        {
            listener.Dispose();
            return null;
        }
    }
}
