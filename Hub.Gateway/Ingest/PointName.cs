using System.Text;

namespace Hub.Gateway.Ingest;

/// <summary>A SenML name as device and signal of its edge.</summary>
internal readonly record struct PointName(string Device, string Signal)
{
    /// <summary>
    /// The last part is the signal, what stands before it the device; without a device it is the edge itself. The
    /// edge's own id in front says nothing and is dropped.
    /// </summary>
    public static PointName Of(string edge, ReadOnlySpan<byte> name)
    {
        var text = Encoding.UTF8.GetString(name);
        if (text.Length > edge.Length && text[edge.Length] == '/' && text.StartsWith(edge, StringComparison.Ordinal))
        {
            text = text[(edge.Length + 1)..];
        }

        var slash = text.LastIndexOf('/');
        var signal = text[(slash + 1)..];
        return new PointName(slash <= 0 ? edge : text[..slash], signal);
    }
}
