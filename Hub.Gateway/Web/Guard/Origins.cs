using System.Net;

namespace Hub.Gateway.Web.Guard;

/// <summary>
/// Whether a request comes from where it claims to. Pure: header values in, a verdict out.
/// </summary>
public static class Origins
{
    /// <summary>
    /// A hub on loopback answers to loopback names only. Otherwise a page on the Internet whose name is made to
    /// resolve to
    /// 127.0.0.1 (DNS rebinding) would be read as the hub's own.
    /// </summary>
    public static bool IsHostAllowed(IPAddress listening, string host)
    {
        if (!IPAddress.IsLoopback(listening))
        {
            return true;
        }

        return host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
            || (IPAddress.TryParse(host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address));
    }

    /// <summary>
    /// A request that changes something must come from the hub's own pages (Fetch Metadata; Origin where a browser
    /// has
    /// none) or from a program that is no browser and sends neither. Programs still need a form token or an API's
    /// rules.
    /// </summary>
    public static bool IsChangeAllowed(string method, string scheme, string host, string? fetchSite, string? origin)
    {
        if (HttpMethods.IsGet(method) || HttpMethods.IsHead(method) || HttpMethods.IsOptions(method))
        {
            return true;
        }

        if (!string.IsNullOrEmpty(fetchSite))
        {
            return fetchSite is "same-origin" or "none";
        }

        return string.IsNullOrEmpty(origin)
            || string.Equals(origin, $"{scheme}://{host}", StringComparison.OrdinalIgnoreCase);
    }
}
