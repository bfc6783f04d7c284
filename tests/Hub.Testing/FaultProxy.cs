using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Threading.Channels;

namespace Hub.Testing;

/// <summary>
/// A bad line between two programs: it is slow, hangs in one direction or both, refuses, or breaks.
/// <code>
///   client ══►  up: waits its latency, then until it isn't held ══► server
///          ◄══ down: the same                                   ◄══
/// </code>
/// TCP knows no loss inside a connection: what a line swallows is a connection that hangs until somebody ends it.
/// </summary>
public sealed class FaultProxy : IAsyncDisposable
{
    private const int BytesMax = 64 << 10;
    private const int PiecesMax = 1_024;

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentDictionary<TcpClient, byte> _open = new();
    private readonly int _target;
    private readonly Task _accepting;
    private TaskCompletionSource _released = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <param name="target">The server's port on loopback.</param>
    public FaultProxy(int target)
    {
        _target = target;
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>Each way.</summary>
    public TimeSpan Latency { get; set; }

    /// <summary>Connections are closed as soon as they are made.</summary>
    public bool IsRefusing { get; set; }

    /// <summary>Nothing gets to the server.</summary>
    public bool IsUpHeld { get; private set; }

    /// <summary>Nothing gets to the client.</summary>
    public bool IsDownHeld { get; private set; }

    /// <summary>Connections that were made through it.</summary>
    public int Connections { get; private set; }

    /// <summary>Lets nothing through in these directions until <see cref="Release"/>; nobody is told.</summary>
    public void Hold(bool up, bool down) => (IsUpHeld, IsDownHeld) = (up, down);

    /// <summary>What was held goes on, unless its connection has been ended meanwhile.</summary>
    public void Release()
    {
        Hold(up: false, down: false);
        Interlocked.Exchange(ref _released, new(TaskCreationOptions.RunContinuationsAsynchronously)).SetResult();
    }

    /// <summary>Ends every connection with a reset; what is on its way is gone.</summary>
    public void Reset()
    {
        foreach (var client in _open.Keys)
        {
            client.Client?.Close(0); // Without a farewell: a reset.
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        Reset();
        await _accepting;
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                _ = CarryAsync(await _listener.AcceptTcpClientAsync(_stop.Token));
            }
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException)
        {
            // It is over.
        }
    }

    private async Task CarryAsync(TcpClient client)
    {
        using var server = new TcpClient { NoDelay = true };
        using (client)
        {
            client.NoDelay = true;
            Connections++;
            _open[client] = 0;
            _open[server] = 0;
            try
            {
                if (IsRefusing)
                {
                    return;
                }

                await server.ConnectAsync(IPAddress.Loopback, _target, _stop.Token);
                using var ended = CancellationTokenSource.CreateLinkedTokenSource(_stop.Token);
                Task[] ways =
                [
                    PumpAsync(client, server, () => IsUpHeld, ended.Token),
                    PumpAsync(server, client, () => IsDownHeld, ended.Token),
                ];
                await Task.WhenAny(ways);
                await ended.CancelAsync();
                client.Close();
                server.Close();
                await Task.WhenAll(ways);
            }
            catch (Exception e) when (IsEnd(e))
            {
                // One of the two has gone, or was made to.
            }
            finally
            {
                _open.TryRemove(client, out _);
                _open.TryRemove(server, out _);
            }
        }
    }

    private async Task PumpAsync(TcpClient from, TcpClient to, Func<bool> isHeld, CancellationToken cancel)
    {
        var pieces = Channel.CreateBounded<(long At, byte[] Bytes)>(PiecesMax);
        var reading = ReadAsync(from.GetStream(), pieces.Writer, cancel);
        try
        {
            await foreach (var (at, bytes) in pieces.Reader.ReadAllAsync(cancel))
            {
                var left = Latency - TimeProvider.System.GetElapsedTime(at);
                if (left > TimeSpan.Zero)
                {
                    await Task.Delay(left, cancel);
                }

                while (Volatile.Read(ref _released) is var released && isHeld())
                {
                    await released.Task.WaitAsync(cancel);
                }

                await to.GetStream().WriteAsync(bytes, cancel);
            }
        }
        catch (Exception e) when (IsEnd(e))
        {
            // The other way is ended too.
        }

        from.Close();
        await reading;
    }

    private static async Task ReadAsync(
        NetworkStream from, ChannelWriter<(long At, byte[] Bytes)> pieces, CancellationToken cancel)
    {
        var buffer = new byte[BytesMax];
        try
        {
            while (await from.ReadAsync(buffer, cancel) is > 0 and var count)
            {
                await pieces.WriteAsync((TimeProvider.System.GetTimestamp(), buffer[..count]), cancel);
            }
        }
        catch (Exception e) when (IsEnd(e))
        {
            // What was read before it is still carried.
        }

        pieces.Complete();
    }

    private static bool IsEnd(Exception e) =>
        e is OperationCanceledException or IOException or SocketException or ObjectDisposedException
            or InvalidOperationException;
}
