using System.Net;
using System.Security.Cryptography.X509Certificates;

namespace Hub.Gateway.Broker;

/// <summary>Where a connection comes from.</summary>
/// <param name="Address">Null where there is no network in between.</param>
/// <param name="Certificate">
/// What the client has shown in TLS, with proof that it has the key; nobody has judged it yet. Null for none.
/// </param>
public sealed record ClientOrigin(IPAddress? Address, X509Certificate2? Certificate)
{
    public bool IsLoopback => Address is { } address
        && IPAddress.IsLoopback(address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address);
}
