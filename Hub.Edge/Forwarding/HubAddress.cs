using System.Net;
using System.Net.Sockets;
using Hub.Edge.Files;
using Hub.Transport.Mqtt;

namespace Hub.Edge.Forwarding;

/// <summary>
/// The hub's addresses, remembered: where its name can't be resolved any more, the last ones that it had are tried. The
/// name is still what a certificate must be good for.
/// </summary>
/// <param name="file">Where they are kept over a restart.</param>
/// <param name="resolve">Asks the network; null for the operating system's way.</param>
public sealed class HubAddress(string file, ResolveHost? resolve = null)
{
    private readonly ResolveHost _resolve = resolve ?? Dns.GetHostAddressesAsync;

    /// <summary>The name could not be resolved, and why; the remembered addresses are tried.</summary>
    public event Action<string>? Remembered;

    /// <exception cref="SocketException">It can't be resolved, and nothing is remembered.</exception>
    public async Task<IPAddress[]> FindAsync(string host, CancellationToken cancel)
    {
        try
        {
            var found = await _resolve(host, cancel);
            Keep(host, found);
            return found;
        }
        catch (SocketException e) when (Kept(host) is { Length: > 0 } kept)
        {
            Remembered?.Invoke(e.Message);
            return kept;
        }
    }

    /// <summary>A line for the name, and one for each address.</summary>
    private void Keep(string host, IPAddress[] addresses)
    {
        var isNumber = IPAddress.TryParse(host, out _);
        if (isNumber || addresses.Length == 0 || Kept(host).SequenceEqual(addresses))
        {
            return;
        }

        try
        {
            DurableFile.Write(file, string.Join('\n', addresses.Select(one => one.ToString()).Prepend(host)));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // A disk that takes nothing must not keep the edge from the hub.
        }
    }

    private IPAddress[] Kept(string host)
    {
        try
        {
            var lines = File.Exists(file) ? File.ReadAllLines(file) : [];
            return lines is [var name, .. var kept] && name == host
                ? [.. kept.Where(line => IPAddress.TryParse(line, out _)).Select(IPAddress.Parse)]
                : [];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }
}
