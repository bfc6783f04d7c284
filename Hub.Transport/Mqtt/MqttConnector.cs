using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;

namespace Hub.Transport.Mqtt;

/// <summary>Ways to a server.</summary>
public static class MqttConnector
{
    /// <summary>Plain TCP.</summary>
    /// <param name="resolve">Finds the host's addresses; null asks the operating system.</param>
    public static Func<CancellationToken, Task<Stream>> Tcp(string host, int port, ResolveHost? resolve = null) =>
        cancel => ConnectAsync(host, port, resolve, cancel);

    /// <summary>TLS; the server's certificate must be good for the host's name.</summary>
    /// <param name="host">The name that is called, and checked.</param>
    /// <param name="port">8883 by custom.</param>
    /// <param name="caFile">
    /// A PEM file with the only authorities to trust, for a site with its own; null trusts the operating system's.
    /// </param>
    /// <param name="clientCertificate">What the client shows, or null.</param>
    /// <param name="resolve">Finds the host's addresses; null asks the operating system.</param>
    public static Func<CancellationToken, Task<Stream>> Tls(
        string host, int port, string? caFile = null, X509Certificate2? clientCertificate = null,
        ResolveHost? resolve = null) =>
        async cancel =>
        {
            var tcp = await ConnectAsync(host, port, resolve, cancel);
            var tls = new SslStream(tcp, leaveInnerStreamOpen: false);
            try
            {
                await tls.AuthenticateAsClientAsync(ToOptions(host, caFile, clientCertificate), cancel);
                return tls;
            }
            catch
            {
                await tls.DisposeAsync();
                throw;
            }
        };

    private static async Task<Stream> ConnectAsync(
        string host, int port, ResolveHost? resolve, CancellationToken cancel)
    {
        // Of both families: it takes IPv6 and IPv4 addresses, one after the other.
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            var addresses = await (resolve ?? Dns.GetHostAddressesAsync)(host, cancel);
            await socket.ConnectAsync(addresses, port, cancel);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    // Read anew for each connection: a file that was replaced counts from the next one on.
    private static SslClientAuthenticationOptions ToOptions(
        string host, string? caFile, X509Certificate2? clientCertificate)
    {
        var tls = new SslClientAuthenticationOptions { TargetHost = host };
        if (clientCertificate is not null)
        {
            tls.ClientCertificates = [clientCertificate];
        }

        if (caFile is not null)
        {
            var policy = new X509ChainPolicy
            {
                TrustMode = X509ChainTrustMode.CustomRootTrust,
                // A site's own authority publishes no revocation lists.
                RevocationMode = X509RevocationMode.NoCheck,
            };
            policy.CustomTrustStore.ImportFromPemFile(caFile);
            tls.CertificateChainPolicy = policy;
        }

        return tls;
    }
}
