using System.Net;
using System.Net.Sockets;

namespace Hub.Gateway.Broker;

/// <summary>How many connections each address has.</summary>
internal sealed class AddressCount(int connectionsMax)
{
    private const int SubnetBytes = 8;

    private readonly Lock _gate = new();
    private readonly Dictionary<IPAddress, int> _open = [];

    /// <summary>Counts one more; false if the address has all that it may.</summary>
    public bool TryAdd(IPAddress address)
    {
        lock (_gate)
        {
            var open = _open.GetValueOrDefault(Holder(address));
            if (open >= connectionsMax)
            {
                return false;
            }

            _open[Holder(address)] = open + 1;
            return true;
        }
    }

    public void Remove(IPAddress address)
    {
        lock (_gate)
        {
            var holder = Holder(address);
            if (--_open[holder] == 0)
            {
                _open.Remove(holder);
            }
        }
    }

    /// <summary>One machine has a whole /64 of IPv6 to itself (RFC 6177), so that its subnet counts as one.</summary>
    private static IPAddress Holder(IPAddress address)
    {
        if (address.IsIPv4MappedToIPv6 || address.AddressFamily != AddressFamily.InterNetworkV6)
        {
            return address.MapToIPv4();
        }

        var bytes = address.GetAddressBytes();
        bytes.AsSpan(SubnetBytes).Clear();
        return new IPAddress(bytes);
    }
}
