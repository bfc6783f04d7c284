using System.Net;
using Microsoft.AspNetCore.Connections;

namespace Hub.Gateway.Ports;

/// <summary>
/// In front of everything else on a connection: what a load balancer says about its client is believed of the addresses
/// that the hub was told, and of no other. From those it must come, or the connection ends.
/// </summary>
internal sealed class ProxyDoor(
    IReadOnlyList<System.Net.IPNetwork> proxies, TimeProvider time, ILogger<ProxyDoor> logger)
{
    private static readonly TimeSpan HeaderTimeMax = TimeSpan.FromSeconds(5);

    public ConnectionDelegate Before(ConnectionDelegate next) => async connection =>
    {
        if (!IsProxy(connection.RemoteEndPoint) || await IsReadAsync(connection))
        {
            await next(connection);
        }
    };

    private bool IsProxy(EndPoint? remote) => remote is IPEndPoint { Address: var address }
        && proxies.Any(proxy => proxy.Contains(address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address));

    private async Task<bool> IsReadAsync(ConnectionContext connection)
    {
        using var patience = new CancellationTokenSource(HeaderTimeMax, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, connection.ConnectionClosed);
        try
        {
            var header = await ReadAsync(connection, both.Token);
            if (!header.IsLocal)
            {
                // A client without an address is a stranger: never one on this machine.
                connection.RemoteEndPoint = header.Source;
            }

            return true;
        }
        catch (Exception e) when (e is InvalidDataException or IOException or ConnectionResetException
            or OperationCanceledException)
        {
            PortMessages.NoProxyHeader(logger, connection.RemoteEndPoint, e.Message);
            return false;
        }
    }

    private static async Task<ProxyHeader> ReadAsync(ConnectionContext connection, CancellationToken cancel)
    {
        var input = connection.Transport.Input;
        while (true)
        {
            var read = await input.ReadAsync(cancel);
            var rest = read.Buffer;
            var isWhole = ProxyHeader.TryRead(ref rest, out var header);
            input.AdvanceTo(rest.Start, isWhole ? rest.Start : read.Buffer.End);
            if (isWhole)
            {
                return header;
            }

            if (read.IsCompleted)
            {
                throw new InvalidDataException("No PROXY header: the connection ended before it.");
            }
        }
    }
}
